"""The lint rule that needs a calculation: the facts of a case must lead to its keyed diagnosis.

The calculation is passed in, because this layer does not know how to reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Protocol

from casekit.content.lint_rules import Fault, KeyedDraft, KeyRule
from casekit.domain.case import Case
from casekit.domain.vocabulary import OTHER, State


class Posttest(Protocol):
    """Probabilities of all conditions after some findings; `casekit.differential(...).posttest` is one."""

    def __call__(
        self,
        *,
        present: list[str],
        absent: list[str],
        setting: str,
        age: int,
        sex: str,
        duration_weeks: float,
    ) -> Mapping[str, float]:
        """Condition id, or `other`, to probability."""
        ...


def reach_rule(posttest: Posttest) -> KeyRule:
    """The rule that all discoverable facts together rank the keyed diagnosis, or its group, first."""

    def check(draft: KeyedDraft) -> Iterator[Fault]:
        board = board_probabilities(draft, posttest)
        first = max(board, key=lambda hypothesis: board[hypothesis])
        diagnosis = draft.key.diagnosis
        if first in {draft.on_board(each) for each in (diagnosis.lead, *diagnosis.acceptable)}:
            return
        lead = draft.on_board(diagnosis.lead)
        message = (
            f"with every fact open the calculation ranks {first} first ({board[first]:.0%}), "
            f"{lead} has {board.get(lead, 0):.0%}."
        )
        hint = "Change the facts until the story leads to the key."
        yield Fault(path=("diagnosis", "lead"), in_key=True, message=message, hint=hint)

    return KeyRule(id="lead-reachable", meaning="The facts lead to the keyed diagnosis.", check=check)


def board_probabilities(draft: KeyedDraft, posttest: Posttest) -> dict[str, float]:
    """Probability of each hypothesis after every fact; a group on the board stands for its members."""
    present, absent = settled(draft.case)
    case = draft.case
    chances = posttest(
        present=present, absent=absent, setting=str(case.setting), age=case.patient.age,
        sex=str(case.patient.sex), duration_weeks=case.duration_weeks,
    )  # fmt: skip
    board: dict[str, float] = {}
    for condition, chance in chances.items():
        name = condition if condition == OTHER else draft.on_board(condition)
        board[name] = board.get(name, 0.0) + chance
    return board


def settled(case: Case) -> tuple[list[str], list[str]]:
    """Findings that all facts together establish: those present and those absent, in order of the facts."""
    states = {finding: state for fact in case.facts for finding, state in fact.findings.items()
              if state is not State.NOT_ASSESSED}  # fmt: skip
    present = [finding for finding, state in states.items() if state is State.PRESENT]
    return present, [finding for finding in states if states[finding] is State.ABSENT]

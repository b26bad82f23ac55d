"""What a differential gives back: probabilities, ranking, red flags, and every step on demand.

It prints as a clinician would read it. Steps and walks are worked out only when asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from casekit.domain.diagnosis import DiagnosisEvidence
from casekit.domain.priors import PriorMultiplier
from casekit.domain.vocabulary import State, Urgency
from casekit.reasoning.account import Ledgers
from casekit.reasoning.alerts import FiredAlert, highest_urgency
from casekit.reasoning.reading import Reading
from casekit.reasoning.steps import Status, Step, WalkPoint, steps, walk

APPROXIMATION = (
    "Each ratio compares a condition with not-that-condition in its own study. Multiplying them for many "
    "conditions and normalising is a teaching approximation."
)
_SHOWN = 6


class TableRow(NamedTuple):
    """One hypothesis of a differential, probabilities 0 to 1."""

    condition: str
    name: str
    pretest: float
    posttest: float


@dataclass(frozen=True, kw_only=True, eq=False)
class Differential:
    """Probabilities before and after the findings, over every condition and `other`; both sum to 1.

    `alerts` are the red flags that fired, the most urgent first: rules beside the probabilities.
    `multipliers` made the pretest from the table of the setting; `floors` are the defining floors that
    acted. `steps` tells what each finding did.
    """

    pretest: Mapping[str, float]
    posttest: Mapping[str, float]
    alerts: tuple[FiredAlert, ...]
    present: tuple[str, ...]
    absent: tuple[str, ...]
    multipliers: tuple[PriorMultiplier, ...]
    reading: Reading
    floors: Mapping[str, float]
    known: tuple[tuple[str, State], ...] = field(repr=False)
    evidence: DiagnosisEvidence = field(repr=False)
    books: Ledgers = field(repr=False)

    @cached_property
    def ranked(self) -> tuple[str, ...]:
        """Hypothesis ids, the most probable first; ties in the order of the evidence."""
        return tuple(sorted(self.posttest, key=lambda name: -self.posttest[name]))

    @property
    def urgency(self) -> Urgency:
        """The highest urgency of the fired alerts; `routine` if none fired, which is not reassurance."""
        return highest_urgency(self.alerts)

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """What each finding said about each condition and what was made of it, finding by finding."""
        return steps(self.evidence, self.books, self.known, self._trail, self.posttest, self.floors)

    @cached_property
    def silent(self) -> tuple[str, ...]:
        """Known findings that moved no probability by themselves."""
        moving = {step.finding for step in self.steps if step.status.moves}
        return tuple(finding for finding, _ in self.known if finding not in moving)

    @cached_property
    def _trail(self) -> list[dict[str, float]]:
        return walk(self.pretest, self.books, self.known)

    def steps_for(self, condition: str) -> tuple[Step, ...]:
        """The steps that concern one condition."""
        return tuple(step for step in self.steps if step.condition == condition)

    def walk(self, condition: str) -> tuple[WalkPoint, ...]:
        """The probability of one condition after each finding in turn, and after the floor if one acted.

        Starts after the first finding (the value before it is `pretest`) and ends at `posttest`.
        """
        mine = {step.finding: step for step in reversed(self.steps_for(condition))}
        points = [
            WalkPoint(finding=name, state=state, probability=after[condition], step=mine.get(name))
            for (name, state), after in zip(self.known, self._trail, strict=True)
        ]
        return (*points, *self._floor_point(condition))

    def _floor_point(self, condition: str) -> tuple[WalkPoint, ...]:
        raised = [step for step in self.steps if step.status is Status.RAISED]
        if not raised:
            return ()
        own = [step for step in raised if step.condition == condition]
        cause = (own or raised)[0]
        after = self.posttest[condition]
        own_step = own[0] if own else None
        return (WalkPoint(finding=cause.finding, state=cause.state, probability=after, step=own_step),)

    def table(self) -> tuple[TableRow, ...]:
        """Plain rows (id, name, pretest, posttest), the most probable first."""
        names = self.evidence.names
        return tuple(TableRow(c, names[c], self.pretest[c], self.posttest[c]) for c in self.ranked)

    def __str__(self) -> str:
        title = f"Differential, {self.reading.setting.replace('_', ' ')}"
        lines = [f"{title}: {len(self.present)} present, {len(self.absent)} absent"]
        lines += [f"  {alert}" for alert in self.alerts]
        lines += [
            f"  {row.posttest:6.1%}  {row.name} (before: {row.pretest:.1%})" for row in self.table()[:_SHOWN]
        ]
        rest = sum(row.posttest for row in self.table()[_SHOWN:])
        lines += [f"  {rest:6.1%}  everything else", f"  {APPROXIMATION}"]
        return "\n".join(lines)

    def __repr__(self) -> str:
        first = self.ranked[0]
        return (
            f"<Differential {self.reading.setting}: {first} {self.posttest[first]:.1%}, "
            f"{len(self.alerts)} red flags, {len(self.known)} findings>"
        )

"""What one finding, present or absent, says about one condition: a ratio, where it comes from, what held it.

A measured row wins; otherwise the graded opinion, if switched on. Then the cap, then the floor of the
rule-out limits. Dependence between findings is not settled here. Sources: `conventions`, `relation_rules` and
`rule_out_rule` of the diagnostic evidence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from math import inf, log

from casekit.domain.conditions import Grade, Relation
from casekit.domain.diagnosis import DiagnosisEvidence
from casekit.domain.likelihoods import LikelihoodRow, RuleOutLimit
from casekit.domain.sources import SourceList
from casekit.domain.vocabulary import State
from casekit.reasoning.reading import Reading
from casekit.reasoning.row_selection import RowChoice, choose_row

LOWEST_RATIO = 0.05
HIGHEST_RATIO = 20.0
"""Single ratios are kept within these two for teaching; the raw value is shown beside."""


class Kind(StrEnum):
    """Where a ratio comes from: a study, a graded opinion, or the rule of defining findings (opinion)."""

    MEASURED = "measured"
    OPINION = "opinion"
    RULE = "rule"


@dataclass(frozen=True, kw_only=True, eq=False)
class Weight:
    """What a finding in one state says about a condition.

    `ratio` multiplies the odds, after cap and floor. `raw` is the published or graded ratio; None if there is
    none, and then `reason` says why. `size` is the absolute logarithm of `ratio`, by which dependent findings
    are ranked; `accuracy` adds it up over both states, by which tests are ranked. `otherwise` holds instead
    unless one of `needs` is present. `note` says why a measured row of the pair is not used.
    """

    finding: str
    condition: str
    state: State
    ratio: float = 1.0
    raw: float | None = None
    kind: Kind = Kind.MEASURED
    row: LikelihoodRow | None = None
    relation: Relation | None = None
    grade: Grade | None = None
    limit: RuleOutLimit | None = None
    reason: str = ""
    warning: str = ""
    note: str = ""
    size: float = 0.0
    accuracy: float = 0.0
    needs: frozenset[str] = frozenset()
    otherwise: Weight | None = None

    @property
    def present(self) -> bool:
        """True if the finding is present."""
        return self.state is State.PRESENT

    @property
    def defining(self) -> bool:
        """True if the finding, being present, defines the condition."""
        return self.grade is Grade.DEFINING

    def given(self, present: Mapping[str, object] | frozenset[str]) -> Weight:
        """This weight, or the weaker one that holds when none of the findings it needs is present."""
        if self.otherwise is not None and self.needs.isdisjoint(present):
            return self.otherwise
        return self


def size_of(ratio: float) -> float:
    """How far a ratio moves the odds, either way: the absolute logarithm; 0 moves them without limit."""
    return abs(log(ratio)) if ratio > 0 else inf


def capped(ratio: float) -> float:
    """The ratio kept within 0.05 to 20."""
    return min(HIGHEST_RATIO, max(LOWEST_RATIO, ratio))


Weights = Mapping[tuple[str, State], tuple[Weight, ...]]
"""(finding id, state) to what it says, one weight a condition."""


@lru_cache(maxsize=64)
def weights_for(evidence: DiagnosisEvidence, reading: Reading, sources: SourceList | None = None) -> Weights:
    """What every finding says in either state under this reading. Prepared once and remembered."""
    table: dict[tuple[str, State], list[Weight]] = {}
    for finding in evidence.findings:
        for condition in evidence.hypotheses:
            for weight in _weights_of_pair(evidence, finding.id, condition, reading, sources):
                table.setdefault((finding.id, weight.state), []).append(weight)
    return {key: tuple(weights) for key, weights in table.items()}


def _weights_of_pair(
    evidence: DiagnosisEvidence, finding: str, condition: str, reading: Reading, sources: SourceList | None
) -> Iterator[Weight]:
    relation = evidence.relation(finding, condition) if reading.opinion else None
    if relation is None and not evidence.rows(finding, condition):
        return
    choice = choose_row(evidence, finding, condition, reading, sources)
    accuracy = sum(
        size_of(capped(raw))
        for state in (State.PRESENT, State.ABSENT)
        if (raw := _raw(choice, relation, state)) is not None
    )
    for state in (State.PRESENT, State.ABSENT):
        weight = _weight(evidence, choice, relation, (finding, condition, state), reading, accuracy)
        if weight is not None:
            yield weight


def _raw(choice: RowChoice, relation: Relation | None, state: State) -> float | None:
    if choice.row is not None:
        return choice.row.ratio(state)
    grade = _grade(relation, state)
    return None if grade is None else grade.ratio


def _grade(relation: Relation | None, state: State) -> Grade | None:
    if relation is None:
        return None
    return relation.grade if state is State.PRESENT else relation.absent_grade


def _weight(
    evidence: DiagnosisEvidence,
    choice: RowChoice,
    relation: Relation | None,
    place: tuple[str, str, State],
    reading: Reading,
    accuracy: float,
) -> Weight | None:
    finding, condition, state = place
    raw = _raw(choice, relation, state)
    if choice.row is not None:
        if raw is None:
            reason = f"The study gives no ratio for the finding {state}; the odds stay."
            return Weight(finding=finding, condition=condition, state=state, row=choice.row, reason=reason)
        return _held(evidence, reading, place, raw, accuracy, choice=choice, relation=None, grade=None)
    grade = _grade(relation, state)
    if grade is None or raw is None:
        if relation is not None:
            return None
        return Weight(finding=finding, condition=condition, state=state, reason=choice.reason)
    return _held(evidence, reading, place, raw, accuracy, choice=choice, relation=relation, grade=grade)


def _held(
    evidence: DiagnosisEvidence,
    reading: Reading,
    place: tuple[str, str, State],
    raw: float,
    accuracy: float,
    *,
    choice: RowChoice,
    relation: Relation | None,
    grade: Grade | None,
) -> Weight:
    """A weight after cap and floor. A defining finding is exempt from the cap and may need company."""
    finding, condition, state = place
    ratio = capped(raw) if reading.cap and grade is not Grade.DEFINING else raw
    limit = _limit(evidence, reading, finding, condition) if state is State.ABSENT else None
    if limit is not None and ratio < limit.lr_neg_floor:
        ratio = limit.lr_neg_floor
    else:
        limit = None
    needs = frozenset(relation.requires_any) if relation and grade is Grade.DEFINING else frozenset()
    weaker = None
    if needs:
        weak = Grade.FOR
        weaker = _held(
            evidence, reading, place, weak.ratio, accuracy, choice=choice, relation=relation, grade=weak
        )
    kind = Kind.RULE if grade is Grade.DEFINING else Kind.OPINION
    return Weight(
        finding=finding, condition=condition, state=state, ratio=ratio, raw=raw,
        kind=kind if relation else Kind.MEASURED, row=choice.row, relation=relation, grade=grade, limit=limit,
        reason=relation.reason if relation else "", warning=choice.warning, note=choice.reason,
        size=size_of(ratio), accuracy=accuracy, needs=needs, otherwise=weaker,
    )  # fmt: skip


def _limit(
    evidence: DiagnosisEvidence, reading: Reading, finding: str, condition: str
) -> RuleOutLimit | None:
    """The highest floor in force for the absence of this finding."""
    limits = [
        limit
        for limit in evidence.rule_out_limits
        if limit.condition == condition and finding in limit.findings and limit.id in reading.limits
    ]
    return max(limits, key=lambda limit: limit.lr_neg_floor, default=None)

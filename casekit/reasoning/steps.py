"""What every finding did to every condition it speaks about: the explanation of a differential, line by line.

Nothing is decided here; the ledgers of `account` are told in order. A walk gives the probability after each
finding, so that the last bar of a waterfall is the posttest probability.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from casekit.domain.diagnosis import DiagnosisEvidence
from casekit.domain.vocabulary import State, Verification
from casekit.reasoning.account import Ledgers, assumes_independence, normalised
from casekit.reasoning.weights import Kind, Weight

DEFINING_REASON = "A defining finding is present: the posttest probability has a floor."
ABSENT_REASON = "Absence does not count beside a present finding of the same group."


class Status(StrEnum):
    """What became of a ratio."""

    COUNTED = "counted"
    CAPPED = "capped"
    FLOORED = "floored"
    ALREADY_COUNTED = "already_counted"
    IGNORED = "ignored"
    RAISED = "raised"

    @property
    def moves(self) -> bool:
        """True if the ratio, or the floor, enters the result."""
        return self not in (Status.ALREADY_COUNTED, Status.IGNORED)


@dataclass(frozen=True, kw_only=True)
class Step:
    """What one finding says about one condition, and what was made of it.

    `ratio` is the one that would multiply the odds (after cap and floor), None if there is none; `raw_ratio`
    the published or graded one, `interval` its published 95 % interval. `by` names the finding already
    counted, or the rule-out limit that held the ratio. `probability` is the condition's after this finding.
    """

    finding: str
    state: State
    condition: str
    ratio: float | None
    raw_ratio: float | None
    interval: tuple[float, float] | None
    kind: Kind
    status: Status
    probability: float
    by: str = ""
    reason: str = ""
    grade: str = ""
    row: str = ""
    source: str = ""
    verification: Verification | None = None
    population: str = ""
    setting: str = ""
    caveat: str = ""
    warning: str = ""


@dataclass(frozen=True, kw_only=True)
class WalkPoint:
    """The probability of one condition after one finding; `step` is what the finding said of it, if anything.

    Without a step the condition moved because others did.
    """

    finding: str
    state: State
    probability: float
    step: Step | None


Probabilities = Mapping[str, float]


def walk(
    pretest: Probabilities, books: Ledgers, known: Iterable[tuple[str, State]]
) -> list[dict[str, float]]:
    """Probabilities of every hypothesis after each finding in turn, before the defining floor."""
    weights = dict(pretest)
    trail: list[dict[str, float]] = []
    for finding, _ in known:
        for condition, ledger in books.items():
            if ledger.counts(finding):
                weights[condition] *= ledger.weights[finding].ratio
        trail.append(normalised(weights))
    return trail


def steps(
    evidence: DiagnosisEvidence,
    books: Ledgers,
    known: tuple[tuple[str, State], ...],
    trail: list[dict[str, float]],
    posttest: Probabilities,
    floors: Mapping[str, float],
) -> tuple[Step, ...]:
    """One step for each finding and condition that has something to say, in the order of the findings."""
    related = assumes_independence(books, evidence)
    told = [
        _step(books, weight, after[condition], related.get((condition, finding), ""))
        for (finding, _), after in zip(known, trail, strict=True)
        for condition in evidence.hypotheses
        if condition in books and (weight := books[condition].weights.get(finding)) is not None
    ]
    before = trail[-1] if trail else posttest
    raised = [_raised(books, name, posttest[name]) for name in floors if posttest[name] > before[name]]
    return (*told, *raised)


def _step(books: Ledgers, weight: Weight, probability: float, related: str) -> Step:
    status, by, reason = _fate(books, weight)
    row, relation = weight.row, weight.relation
    verification = relation.verification if relation else None
    if row is not None:
        verification = row.ratio_verification(weight.state)
    warnings = [weight.warning, f"Multiplied as if independent: {related}" if related else ""]
    return Step(
        finding=weight.finding, state=weight.state, condition=weight.condition,
        ratio=None if weight.raw is None else weight.ratio, raw_ratio=weight.raw,
        interval=row.interval(weight.state) if row else None, kind=weight.kind, status=status,
        probability=probability, by=by, reason=reason, grade=weight.grade or "", row=row.id if row else "",
        source=row.source if row else "", verification=verification,
        population=row.population if row else "", setting=row.setting if row else "",
        caveat=row.caveat if row else weight.note, warning=" ".join(filter(None, warnings)),
    )  # fmt: skip


def _fate(books: Ledgers, weight: Weight) -> tuple[Status, str, str]:
    """What became of a weight, by which finding or limit, and the reason in words."""
    ledger = books[weight.condition]
    lost = ledger.displaced.get(weight.finding)
    if weight.raw is None:
        return Status.IGNORED, "", weight.reason
    if weight.finding in ledger.ignored:
        return Status.IGNORED, "", ledger.ignored[weight.finding]
    if lost is not None and lost.ignored:
        return Status.IGNORED, lost.by, f"{ABSENT_REASON} {lost.group.reason}"
    if lost is not None:
        return Status.ALREADY_COUNTED, lost.by, lost.group.reason
    if weight.limit is not None:
        return Status.FLOORED, weight.limit.id, weight.limit.rule
    return (Status.CAPPED if weight.ratio != weight.raw else Status.COUNTED), "", weight.reason


def _raised(books: Ledgers, condition: str, probability: float) -> Step:
    weight = next(weight for weight in books[condition].weights.values() if weight.defining)
    relation = weight.relation
    return Step(
        finding=weight.finding, state=weight.state, condition=condition, ratio=None, raw_ratio=None,
        interval=None, kind=Kind.RULE, status=Status.RAISED, probability=probability,
        reason=f"{DEFINING_REASON} {relation.reason if relation else ''}".strip(), grade=weight.grade or "",
        verification=relation.verification if relation else None,
    )  # fmt: skip

"""The calculation of one differential: weights collected, special rules, dependence settled, one product.

Kept apart from the result, which explains it. Order within a condition: row or grade, cap, floor, age and
chronicity rules, dependence, product; then normalise over all, then the defining floor.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import fsum, prod

from casekit.domain.diagnosis import DiagnosisEvidence
from casekit.domain.findings import Handling
from casekit.domain.priors import PriorMultiplier
from casekit.domain.vocabulary import State
from casekit.errors import InputError
from casekit.reasoning.dependence import Displaced, groups_for, settle
from casekit.reasoning.weights import Weight, Weights

AGE_GROUP = "dep_age"
"""The dependence group whose findings are thresholds of one number, the age."""
CHRONIC_CONDITION = "axial_spondyloarthritis"
CHRONIC_FINDING = "onset_before_45_over_3_months"
"""The prior multiplier for chronicity and this finding say the same of this condition; the larger is used."""

_SAME_AGE = "The prior already contains the age band of this patient; one age effect a condition."
_SAME_DURATION = "The prior already contains the duration; the larger of the two is used."


@dataclass(frozen=True, kw_only=True, eq=False)
class Ledger:
    """One condition: what every known finding says, what was set aside by rule, what by dependence."""

    weights: Mapping[str, Weight]
    ignored: Mapping[str, str] = field(default_factory=dict)
    displaced: Mapping[str, Displaced] = field(default_factory=dict)

    def counts(self, finding: str) -> bool:
        """True if the ratio of this finding enters the product."""
        return finding in self.weights and finding not in self.ignored and finding not in self.displaced

    def ratio(self) -> float:
        """The product of everything that counts, multiplied in the order of the ids."""
        return prod(self.weights[name].ratio for name in sorted(self.weights) if self.counts(name))


Ledgers = dict[str, Ledger]


def collect(weights: Weights, present: Iterable[str], absent: Iterable[str]) -> dict[str, dict[str, Weight]]:
    """Hypothesis id to what each known finding says about it, by finding id."""
    seen = tuple(present)
    found = frozenset(seen)
    states = [(name, State.PRESENT) for name in seen] + [(name, State.ABSENT) for name in absent]
    table: dict[str, dict[str, Weight]] = {}
    for key in states:
        for weight in weights.get(key, ()):
            holding = weight.given(found) if weight.otherwise else weight
            table.setdefault(weight.condition, {})[weight.finding] = holding
    return table


def keep_books(
    evidence: DiagnosisEvidence,
    collected: Mapping[str, Mapping[str, Weight]],
    present: frozenset[str],
    multipliers: Iterable[PriorMultiplier],
) -> Ledgers:
    """One ledger a condition that any finding speaks about, in the order of the evidence."""
    used = {(row.condition, row.attribute): row.multiplier for row in multipliers}
    groups = groups_for(evidence)
    ages = _age_findings(evidence)
    books: Ledgers = {}
    for condition in evidence.hypotheses:
        weights = collected.get(condition)
        if weights is None:
            continue
        ignored: dict[str, str] = {}
        if (condition, "age_band") in used:
            ignored = {name: _SAME_AGE for name in ages if name in weights}
        if condition == CHRONIC_CONDITION and CHRONIC_FINDING in weights:
            chronic = used.get((condition, "chronicity"))
            if chronic is not None and chronic >= weights[CHRONIC_FINDING].ratio:
                ignored[CHRONIC_FINDING] = _SAME_DURATION
        open_ones = {name: weight for name, weight in weights.items() if name not in ignored}
        displaced = settle(groups[condition], open_ones, present)
        books[condition] = Ledger(weights=weights, ignored=ignored, displaced=displaced)
    return books


def _age_findings(evidence: DiagnosisEvidence) -> tuple[str, ...]:
    return next((group.findings for group in evidence.dependence_groups if group.id == AGE_GROUP), ())


def multipliers_in_use(
    books: Ledgers, multipliers: tuple[PriorMultiplier, ...]
) -> tuple[PriorMultiplier, ...]:
    """The prior multipliers without the one that a counted finding replaces."""
    ledger = books.get(CHRONIC_CONDITION)
    if ledger is None or not ledger.counts(CHRONIC_FINDING):
        return multipliers
    return tuple(
        row for row in multipliers if (row.condition, row.attribute) != (CHRONIC_CONDITION, "chronicity")
    )


def posttest(pretest: Mapping[str, float], books: Ledgers) -> dict[str, float]:
    """Probabilities after the product of each ledger, before the defining floor.

    Raises InputError if nothing is left possible.
    """
    ratios = {name: ledger.ratio() for name, ledger in books.items()}
    return normalised({name: value * ratios.get(name, 1.0) for name, value in pretest.items()})


def normalised(weights: Mapping[str, float]) -> dict[str, float]:
    """Weights divided by their sum. Raises InputError if the sum is 0."""
    total = fsum(weights.values())
    if total <= 0:
        raise InputError(
            "Nothing is left possible: every hypothesis has weight 0. Change the priors or keep the cap."
        )
    return {name: value / total for name, value in weights.items()}


def floors(books: Ledgers) -> dict[str, float]:
    """Condition id to the floor that its present defining findings set."""
    found: dict[str, float] = {}
    for name, ledger in books.items():
        for weight in ledger.weights.values():
            if weight.defining and weight.relation and weight.relation.posterior_floor:
                found[name] = max(found.get(name, 0.0), weight.relation.posterior_floor)
    return found


def assumes_independence(books: Ledgers, evidence: DiagnosisEvidence) -> dict[tuple[str, str], str]:
    """(condition, finding) of counted findings that their source multiplies although they are related."""
    warned: dict[tuple[str, str], str] = {}
    for condition, groups in groups_for(evidence).items():
        ledger = books.get(condition)
        for group in groups if ledger else ():
            if ledger is None or group.rule.handling is not Handling.MULTIPLY_WITH_WARNING:
                continue
            counted = [name for name in group.members if ledger.counts(name)]
            if len(counted) > 1:
                warned.update({(condition, name): group.rule.reason for name in counted})
    return warned

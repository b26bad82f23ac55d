"""How much a question or test may be expected to teach, from the measured rows of this encounter.

Only measured accuracy is used: an opinion has no frequency. A condition without a row has the finding as
often as people without the measured condition: 1 - specificity, the mean over the rows that speak. The
formula itself, in bits, is in `scoring/belief`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import fsum

from casekit.domain.diagnosis import DiagnosisEvidence
from casekit.domain.likelihoods import LikelihoodRow
from casekit.domain.sources import SourceList
from casekit.reasoning.reading import Reading
from casekit.reasoning.row_selection import choose_row
from casekit.reasoning.scoring.belief import information_gain, rank_by_gain

SHORTEST_MINUTES = 1.0
"""A finding is never reckoned to take less time than this."""


@dataclass(frozen=True, kw_only=True)
class InformationGain:
    """What a finding may be expected to teach. `bits` is never negative; `share_present` is P(present)."""

    finding: str
    bits: float
    share_present: float
    minutes: float = SHORTEST_MINUTES

    @property
    def bits_per_minute(self) -> float:
        """Expected bits for each minute spent, at least one minute."""
        return self.bits / max(self.minutes, SHORTEST_MINUTES)


def frequencies(
    evidence: DiagnosisEvidence, finding: str, reading: Reading, sources: SourceList | None = None
) -> dict[str, float]:
    """Probability of the finding in each hypothesis, 0 to 1; empty if nothing was measured."""
    known: dict[str, tuple[float, float]] = {}
    for condition in evidence.hypotheses:
        row = choose_row(evidence, finding, condition, reading, sources).row
        accuracy = _accuracy(row) if row else None
        if accuracy:
            known[condition] = accuracy
    if not known:
        return {}
    background = fsum(false_positive for _, false_positive in known.values()) / len(known)
    return {name: known[name][0] if name in known else background for name in evidence.hypotheses}


def _accuracy(row: LikelihoodRow) -> tuple[float, float] | None:
    """(sensitivity, 1 - specificity) of a row, from its ratios if it does not print them."""
    if row.sensitivity is not None and row.specificity is not None:
        return row.sensitivity, 1 - row.specificity
    if row.lr_pos is None or row.lr_neg is None or row.lr_pos == row.lr_neg:
        return None
    false_positive = (1 - row.lr_neg) / (row.lr_pos - row.lr_neg)
    sensitivity = row.lr_pos * false_positive
    return (sensitivity, false_positive) if 0 <= sensitivity <= 1 and 0 <= false_positive <= 1 else None


def rank_by_information(
    evidence: DiagnosisEvidence,
    probabilities: Mapping[str, float],
    findings: Iterable[str],
    reading: Reading,
    minutes: Mapping[str, float] | None = None,
    sources: SourceList | None = None,
) -> tuple[InformationGain, ...]:
    """Findings with measured accuracy, the most bits per minute first; ties by id.

    `probabilities` over every hypothesis, as they are now; `minutes` by finding id, at least one each.
    Findings without a measured row are left out: nothing is known of how often they occur.
    """
    spent = minutes or {}
    gains: dict[str, InformationGain] = {}
    for finding in findings:
        if given := frequencies(evidence, finding, reading, sources):
            gains[finding] = InformationGain(
                finding=finding,
                bits=information_gain(probabilities, given),
                share_present=fsum(p * given[name] for name, p in probabilities.items()),
                minutes=max(spent.get(finding, SHORTEST_MINUTES), SHORTEST_MINUTES),
            )
    order = rank_by_gain({name: gain.bits for name, gain in gains.items()}, spent, least=SHORTEST_MINUTES)
    return tuple(gains[name] for name in order)

"""How the evidence is read in one encounter: where, among whom, what is known, and which switches are set.

Everything here is hashable, so that the weights of all findings are prepared once per reading.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from casekit.domain.diagnosis import DiagnosisEvidence
from casekit.domain.likelihoods import RuleOutLimit

DAYS_A_WEEK = 7


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One way to read the evidence.

    `population`: a selected population this patient belongs to. `contexts`: what has been established, such
    as `after_cauda_equina_excluded`. `limits`: ids of the rule-out limits in force. `cap`: single ratios are
    kept within 0.05 to 20. `opinion`: graded opinions move the odds.
    """

    setting: str
    population: str | None = None
    contexts: frozenset[str] = frozenset()
    limits: frozenset[str] = frozenset()
    cap: bool = True
    opinion: bool = True


def limits_in_force(
    evidence: DiagnosisEvidence, duration_weeks: float | None, lifted: Iterable[str] = ()
) -> frozenset[str]:
    """Ids of the rule-out limits that hold at this time since onset.

    `within_days` decides alone when given; an unknown duration, or an `applies_when` that nobody has
    answered, keeps the limit. `lifted` names limits whose `applies_when` is known not to hold.
    """
    not_applying = set(lifted)

    def holds(limit: RuleOutLimit) -> bool:
        if limit.within_days is not None:
            return duration_weeks is None or duration_weeks * DAYS_A_WEEK <= limit.within_days
        return limit.id not in not_applying

    return frozenset(limit.id for limit in evidence.rule_out_limits if holds(limit))

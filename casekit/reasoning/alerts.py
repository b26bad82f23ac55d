"""Red flags as rules: what fires on the findings that are present, and how soon somebody must act.

Nothing absent, no probability and no later result enters here. Source: `alert_rule_format` of the evidence.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from casekit.domain.diagnosis import DiagnosisEvidence
from casekit.domain.findings import AlertRule
from casekit.domain.vocabulary import Urgency, Verification


@dataclass(frozen=True, kw_only=True)
class FiredAlert:
    """One red-flag rule that has fired, with the present findings that fired it."""

    rule: AlertRule
    findings: tuple[str, ...]

    @property
    def id(self) -> str:
        """Id of the rule."""
        return self.rule.id

    @property
    def name(self) -> str:
        """The rule in a few words."""
        return self.rule.name

    @property
    def urgency(self) -> Urgency:
        """How soon somebody must act."""
        return self.rule.urgency

    @property
    def conditions(self) -> tuple[str, ...]:
        """What must not be missed."""
        return self.rule.conditions

    @property
    def action(self) -> str:
        """What to do."""
        return self.rule.action

    @property
    def teaching_point(self) -> str:
        """The one thing to remember."""
        return self.rule.teaching_point

    @property
    def source(self) -> str:
        """Source id of the rule."""
        return self.rule.source

    @property
    def verification(self) -> Verification:
        """How the rule was checked against its source."""
        return self.rule.verification

    def __str__(self) -> str:
        return f"{self.urgency.upper()}: {self.name} ({', '.join(self.findings)}). {self.action}"


@lru_cache(maxsize=8)
def _parts(
    evidence: DiagnosisEvidence,
) -> tuple[tuple[AlertRule, frozenset[str], frozenset[str], frozenset[str]], ...]:
    return tuple(
        (rule, frozenset(rule.all), frozenset(rule.any), frozenset(rule.and_any))
        for rule in evidence.alert_rules
    )


def fired_alerts(evidence: DiagnosisEvidence, present: Iterable[str]) -> tuple[FiredAlert, ...]:
    """Every rule that the present findings fire, the most urgent first, then in file order."""
    found = frozenset(present)
    fired = [
        FiredAlert(
            rule=rule,
            findings=tuple(f for f in dict.fromkeys((*rule.all, *rule.any, *rule.and_any)) if f in found),
        )
        for rule, needed, some, also in _parts(evidence)
        if needed <= found and len(some & found) >= _fewest(rule) and (not also or also & found)
    ]
    return tuple(sorted(fired, key=lambda alert: alert.urgency.rank))


def _fewest(rule: AlertRule) -> int:
    """How many of `any` must be present; at least one if the list is given."""
    return max(rule.min_any, 1) if rule.any else 0


def highest_urgency(alerts: Iterable[FiredAlert]) -> Urgency:
    """The most urgent of the fired alerts; `routine` if none fired, which is not reassurance."""
    return min((alert.urgency for alert in alerts), key=lambda urgency: urgency.rank, default=Urgency.ROUTINE)

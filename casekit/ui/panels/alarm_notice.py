"""Which alarm rules have fired: a rule says how soon to act, whatever the percentage."""

from __future__ import annotations

from collections.abc import Sequence

import htpy as h

from casekit.domain.sources import SourceList
from casekit.reasoning.alerts import FiredAlert
from casekit.reasoning.differential_result import Differential
from casekit.ui.markup import source_chip
from casekit.ui.panels.figures import URGENCY_WORDS, share

_SHOWN = 3
"""Actions shown at once; the rest, never more urgent, are in a fold."""


def alarm_notice(result: Differential, sources: SourceList) -> h.Element:
    """The fired rules with urgency, action and source; or that none has fired, which is no reassurance."""
    title = h.strong["An alarm is a rule, not a percentage."]
    if not result.alerts:
        silence = " No rule has fired on what you know so far. What you have not asked fires nothing."
        return h.div(".ck-notice.ck-edge")[h.p[title, silence]]
    actions = [_action(result, alerts, sources) for alerts in _by_action(result.alerts)]
    rest = actions[_SHOWN:]
    return h.div(".ck-notice.ck-caution")[
        h.div[
            h.p[title, f" {_headline(result)}"],
            h.ul(".ck-alarms")[actions[:_SHOWN]],
            h.details(data_keep="alarms")[
                h.summary[f"{len(rest)} more, not more urgent"], h.ul(".ck-alarms")[rest]
            ]
            if rest
            else None,
        ]
    ]


def _headline(result: Differential) -> str:
    count = len(result.alerts)
    first = result.alerts[0].conditions[0]
    fired = "One rule has fired" if count == 1 else f"{count} rules have fired"
    stands = f"{result.evidence.names[first]} stands at {share(result.posttest[first])} %"
    return f"{fired}. {stands}; the rule holds all the same."


def _by_action(alerts: Sequence[FiredAlert]) -> list[list[FiredAlert]]:
    """Rules that ask for the same thing together, the most urgent first."""
    together: dict[tuple[str, str], list[FiredAlert]] = {}
    for alert in alerts:
        together.setdefault((alert.urgency, alert.action), []).append(alert)
    return list(together.values())


def _action(result: Differential, alerts: Sequence[FiredAlert], sources: SourceList) -> h.Element:
    first = alerts[0]
    return h.li[
        h.p[h.strong[f"{URGENCY_WORDS[first.urgency]}. "], first.action],
        h.ul(".ck-note")[[_rule(result, alert, sources) for alert in alerts]],
    ]


def _rule(result: Differential, alert: FiredAlert, sources: SourceList) -> h.Element:
    found = "; ".join(result.evidence.finding(name).label for name in alert.findings)
    chip = source_chip(sources.get(alert.source), alert.verification)
    return h.li[f"{alert.name}. Fired by: {found}. {alert.teaching_point} ", chip]

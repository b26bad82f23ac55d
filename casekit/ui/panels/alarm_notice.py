"""Which alarm rules have fired: a rule says how soon to act, whatever the percentage."""

from __future__ import annotations

import htpy as h

from casekit.domain.sources import SourceList
from casekit.reasoning.alerts import FiredAlert
from casekit.reasoning.differential_result import Differential
from casekit.ui.markup import percent, source_chip
from casekit.ui.panels.figures import URGENCY_WORDS


def alarm_notice(result: Differential, sources: SourceList) -> h.Element:
    """The fired rules with urgency, action and source; or that none has fired, which is no reassurance."""
    title = h.strong["An alarm is a rule, not a percentage."]
    if not result.alerts:
        return h.div(".ck-notice.ck-edge")[
            h.p[title, " No rule has fired on what you know so far. What you have not asked or examined fires nothing."]
        ]
    return h.div(".ck-notice.ck-caution")[
        h.div[h.p[title, f" {_fired(len(result.alerts))}"], h.ul(".ck-alarms")[[_alarm(a, result, sources) for a in result.alerts]]]
    ]


def _fired(count: int) -> str:
    return "One has fired." if count == 1 else f"{count} have fired."


def _alarm(alert: FiredAlert, result: Differential, sources: SourceList) -> h.Element:
    labels = "; ".join(result.evidence.finding(name).label for name in alert.findings)
    stands = ", ".join(
        f"{result.evidence.names[name]} stands at {percent(result.posttest[name])}" for name in alert.conditions
    )
    return h.li[
        h.p[h.strong[f"{URGENCY_WORDS[alert.urgency]}: {alert.name}."], f" Fired by: {labels}."],
        h.p[alert.action],
        h.p(".ck-note")[f"{stands}; the rule holds all the same. {alert.teaching_point} ", source_chip(sources.get(alert.source), alert.verification)],
    ]  # fmt: skip

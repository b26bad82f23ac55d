"""The cards of the catalogue: every case with how far this learner's visit is."""

from __future__ import annotations

import os
from collections.abc import Sequence

from casekit.api import load_case_and_key, load_evidence
from casekit.content.library import CaseSummary, list_cases
from casekit.domain.case import FactKind
from casekit.encounter.events import EventKind
from casekit.encounter.score import score_visit
from casekit.encounter.state import Step, fold
from casekit.encounter.store import visit_events
from casekit.errors import CasekitError
from casekit.ui.catalogue import Card

_WHERE = {
    Step.DOOR: "the door note", Step.HISTORY: "the history", Step.EXAMINATION: "the examination",
    Step.TESTS: "tests", Step.DIAGNOSIS: "the diagnosis", Step.GOALS: "goals", Step.PLAN: "the plan",
    Step.FORECAST: "the forecast", Step.FOLLOW_UP: "follow-up", Step.DEBRIEF: "the debrief",
}  # fmt: skip


def case_cards(learner: str) -> Sequence[Card]:
    """One card a case, by level; a case that cannot be read says why on its card."""
    return [_card(summary, learner) for summary in list_cases()]


def _card(summary: CaseSummary, learner: str) -> Card:
    progress, going = _progress(summary, learner) if not summary.trouble else ("", False)
    name, _, rest = summary.patient.partition(", ")
    return Card(
        id=summary.id, title=summary.title, quote=summary.quote, patient=rest or name, setting=summary.setting,
        level=summary.level, minutes=summary.minutes, trouble=summary.trouble, progress=progress, going=going,
    )  # fmt: skip


def _progress(summary: CaseSummary, learner: str) -> tuple[str, bool]:
    events = visit_events(summary.id, learner, int(os.environ.get("CASEKIT_SEED", "0")))
    deeds = [event for event in events if event.kind not in (EventKind.OPENED, EventKind.DRAFTED)]
    if not deeds:
        return "Not started", False
    try:
        case, key = load_case_and_key(summary.id)
    except CasekitError:
        return "Cannot be opened: see casekit check", False
    state = fold(events, tuple(fact.id for fact in case.facts if fact.kind is FactKind.DOOR))
    if state.content_hash != case.content_hash:
        return "Made with an earlier text of the case", False
    if not state.closed:
        return f"▸ Resume at {_WHERE[state.step]}", True
    score = score_visit(state, case, key, load_evidence())
    return f"✓ Finished · {score.total:.0f} of 100", False

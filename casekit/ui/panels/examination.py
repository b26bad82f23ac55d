"""The examination: choose a manoeuvre, read what is found."""

from __future__ import annotations

import htpy as h

from casekit.domain.case import FactKind
from casekit.encounter.state import Step
from casekit.ui.markup import commit_bar
from casekit.ui.panels import inquiry
from casekit.ui.screen import Act, Choice, Message, RefusedMessageError, Screen

STEP = Step.EXAMINATION


def render(screen: Screen) -> h.Node:
    """Manoeuvres by group with their findings, and the way on."""
    patient = screen.visit.case.patient
    return [
        h.h2(".ck-screen-title", tabindex="-1")[f"Examine {patient.name}"],
        h.p(".ck-lead")["Choose what would change your mind. "
            "What you do not examine stays unknown; it is never counted as normal."],
        h.div(".ck-main")[inquiry.groups(screen, FactKind.EXAMINATION, "examine")],
        commit_bar(
            "Estimate and close the examination", "estimate", "Closing the examination is final. You can still read it."
        ) if screen.live else None,
    ]  # fmt: skip


def handle(screen: Screen, message: Message) -> Act | Choice:
    """Examine one thing, or go to the estimate."""
    if message.act == "examine":
        fact = message.data.get("fact", "")
        reply = next((f.reply for f in screen.visit.case.facts if f.id == fact), "")
        return Act("examine", (fact,), said=reply)
    if message.act == "estimate":
        return Choice({"mode": "estimate"})
    raise RefusedMessageError(f'The examination does not know "{message.act}".')

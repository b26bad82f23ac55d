"""The history: ask, hear the answer in the patient's words, mind the time, keep notes."""

from __future__ import annotations

import htpy as h

from casekit.domain.case import FactKind
from casekit.encounter.state import Step
from casekit.ui.markup import commit_bar
from casekit.ui.panels import inquiry
from casekit.ui.screen import Act, Choice, Message, MessageKind, RefusedMessageError, Screen

STEP = Step.HISTORY


def render(screen: Screen) -> h.Node:
    """Questions by group, the time that is left, notes, and the way on."""
    visit = screen.visit
    patient = visit.case.patient
    return [
        h.h2(".ck-screen-title", tabindex="-1")[f"Ask {patient.name}"],
        h.p(".ck-lead")["Choose what to ask. Each question costs time; you will not have time for all of them."],
        h.div(".ck-columns")[
            h.div(".ck-main")[inquiry.groups(screen, FactKind.HISTORY, "ask")],
            _side(screen),
        ],
        commit_bar("Estimate and close the history", "estimate", "Closing the history is final. You can still read it.")
        if screen.live else None,
    ]  # fmt: skip


def handle(screen: Screen, message: Message) -> Act | Choice:
    """Ask one question, go to the estimate, or keep the notes."""
    if message.kind is MessageKind.DRAFT:
        return Act("draft", ("notes", {"text": message.text("notes")[:4000]}))
    if message.act == "ask":
        fact = message.data.get("fact", "")
        left = screen.visit.minutes_left
        return Act(
            "ask",
            (fact,),
            said=f"{screen.visit.case.fact(fact).reply if _known(screen, fact) else ''} {left:g} minutes left",
        )
    if message.act == "estimate":
        return Choice({"mode": "estimate"})
    raise RefusedMessageError(f'The history does not know "{message.act}".')


def _known(screen: Screen, fact_id: str) -> bool:
    return any(fact.id == fact_id for fact in screen.visit.case.facts)


def _side(screen: Screen) -> h.Element:
    visit = screen.visit
    total, left = visit.case.history_minutes, visit.minutes_left
    asked = [fact for fact in visit.facts(FactKind.HISTORY) if visit.is_open(fact.id)]
    notes = str(screen.draft("notes").get("text", ""))
    return h.aside(".ck-side.ck-box", aria_label=f"Your time with {visit.case.patient.objective}")[
        h.h3[f"Your time with {visit.case.patient.objective}"],
        h.p[h.span(".ck-figure-number")[f"{left:g}"], f" of {total:g} minutes left"],
        h.progress(value=f"{left:g}", max=f"{total:g}", aria_label=f"{left:g} of {total:g} minutes left"),
        h.dl(".ck-pairs")[
            h.dt["Questions asked"],
            h.dd[str(len(asked))],
            h.dt["Minutes used"],
            h.dd[f"{visit.minutes_used:g}"],
        ],
        h.p(".ck-note")["What mattered is shown at the end. Until then every question looks the same."],
        h.label(".ck-field")[h.span["Notes"], h.textarea(name="notes", rows="3", data_draft="notes")[notes]],
    ]

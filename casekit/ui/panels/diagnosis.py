"""The diagnosis: one sentence about the patient, then what it is and how soon somebody must act."""

from __future__ import annotations

import htpy as h

from casekit.domain.vocabulary import OTHER, Urgency
from casekit.encounter.events import EventKind
from casekit.encounter.hypotheses import GROUP, members
from casekit.encounter.state import Step
from casekit.errors import InputError
from casekit.ui.markup import button, commit_bar, empty
from casekit.ui.panels.figures import URGENCY_WORDS, in_sentence, own_percent, time_of
from casekit.ui.screen import Act, Choice, Message, MessageKind, RefusedMessageError, Screen

STEP = Step.DIAGNOSIS
PANEL = "diagnosis"
LONGEST_SUMMARY = 600
LONGEST_REASON = 1000
_FIELDS = {"summary": LONGEST_SUMMARY, "lead": 80, "urgency": 20, "reason": LONGEST_REASON}


def render(screen: Screen) -> h.Node:
    """The form; once committed, what was said."""
    state = screen.visit.state
    body: h.Node
    if state.diagnosis is not None:
        body = _said(screen)
    elif screen.live:
        body = _form(screen)
    else:
        body = empty("No diagnosis was committed.", "The visit was closed before.")
    return [h.h2(".ck-screen-title", tabindex="-1")["What is it, and how soon must somebody act?"], body]


def handle(screen: Screen, message: Message) -> Act | Choice:
    """Keep what is typed, keep the summary, or commit the diagnosis."""
    if message.kind is MessageKind.DRAFT:
        return Act(
            "draft", (PANEL, {name: message.text(name)[:longest] for name, longest in _FIELDS.items()})
        )
    if message.act == "represent":
        return Act("represent", (message.text("summary"),), said="Summary kept.")
    if message.act == "commit_diagnosis":
        return _commit(screen, message)
    raise RefusedMessageError(f'The diagnosis does not know "{message.act}".')


def _commit(screen: Screen, message: Message) -> Act:
    lead, urgency = message.text("lead"), message.text("urgency")
    missing = ["the diagnosis"] if not lead else []
    missing += ["how soon somebody must act"] if not urgency else []
    if missing:
        raise InputError(f"Choose {' and '.join(missing)}, then commit.")
    options = {"urgency": urgency, "reason": message.text("reason")[:LONGEST_REASON]}
    name = screen.visit.evidence.diagnosis.names.get(lead, lead)
    return Act("commit_diagnosis", (lead,), options, said=f"Committed: {name}.")


def _form(screen: Screen) -> h.Node:
    kept = screen.visit.state.summary
    why_not = "" if kept else "Keep the one-line summary first: the diagnosis should follow from it."
    return [
        h.p(".ck-lead")[_lead(screen)],
        _summary(screen, kept),
        h.div(".ck-diagnosis")[_condition(screen), _urgency(screen)],
        h.label(".ck-field")[
            h.span(".ck-label")["Why? What decided it, and what speaks against it."],
            h.textarea(name="reason", rows="3", maxlength=str(LONGEST_REASON), data_draft="reason")[
                _typed(screen, "reason")
            ],
        ],
        commit_bar(
            "Commit the diagnosis",
            "commit_diagnosis",
            "This answer counts and cannot be changed. Goals and plan come next.",
            why_not=why_not,
        ),
    ]


def _lead(screen: Screen) -> str:
    estimates = screen.visit.state.estimates
    if not estimates:
        return "Say it in one sentence, then decide."
    shares = estimates[-1].probabilities
    first = max(shares, key=lambda name: shares[name])
    name = in_sentence(screen.visit.hypothesis_name(first))
    return (
        f"Your last estimate: {own_percent(shares[first])} % for {name}. Say it in one sentence, then decide."
    )


def _summary(screen: Screen, kept: str) -> h.Element:
    at = time_of(screen.visit, EventKind.REPRESENTED)
    written = _typed(screen, "summary") or kept
    return h.section(".ck-summary")[
        h.label(".ck-field")[
            h.span(".ck-label")["Summary in one line"],
            h.span[
                "Who, since when, what, which signs. Use the opposites that decide: acute or chronic, leg or "
                "back, one root or several, worse sitting or worse walking, stable or growing."
            ],
            h.textarea(name="summary", rows="3", maxlength=str(LONGEST_SUMMARY), data_draft="summary")[
                written
            ],
        ],
        h.div(".ck-buttons")[
            button("Keep the new summary" if kept else "Keep the summary", "represent"),
            h.span(".ck-note")[_kept_note(kept, at, written)],
        ],
    ]


def _kept_note(kept: str, at: str, written: str) -> str:
    if not kept:
        return "It can be rewritten until you commit."
    return f"✓ Kept, {at}." if kept == written.strip() else f"✓ Kept, {at}: “{kept}”"


def _condition(screen: Screen) -> h.Element:
    names = screen.visit.evidence.diagnosis.names
    ranked = _ranked(screen)
    rest = sorted(
        (name for name in names if name not in ranked and name != OTHER), key=lambda name: names[name].lower()
    )
    chosen = _typed(screen, "lead")

    def options(ids: list[str]) -> list[h.Element]:
        return [h.option(value=name, selected=name == chosen)[names[name]] for name in ids]

    return h.label(".ck-field")[
        h.span(".ck-label")["What is it most likely?"],
        h.select(name="lead", data_draft="lead")[
            h.option(value="", selected=not chosen)["Choose…"],
            h.optgroup(label="Your estimate, highest first")[options(ranked)] if ranked else None,
            h.optgroup(label="All others")[options(rest)],
        ],
    ]


def _ranked(screen: Screen) -> list[str]:
    """Conditions of the last estimate with a share, the highest first; a group is opened into its members."""
    estimates = screen.visit.state.estimates
    shares = estimates[-1].probabilities if estimates else {}
    inside = members(screen.visit.evidence.diagnosis)
    order = sorted(
        (name for name, p in shares.items() if p > 0 and name != OTHER), key=lambda name: -shares[name]
    )
    return [condition for name in order for condition in (inside if name == GROUP else (name,))]


def _urgency(screen: Screen) -> h.Element:
    chosen = _typed(screen, "urgency")
    return h.fieldset(".ck-urgency")[
        h.legend["How soon must somebody act?"],
        [
            h.label(".ck-tick")[
                h.input(
                    type="radio",
                    name="urgency",
                    value=str(level),
                    checked=str(level) == chosen,
                    data_draft="urgency",
                ),
                h.span[URGENCY_WORDS[level]],
            ]
            for level in Urgency
        ],
    ]


def _typed(screen: Screen, name: str) -> str:
    return str(screen.draft(PANEL).get(name, ""))


def _said(screen: Screen) -> h.Node:
    state = screen.visit.state
    diagnosis = state.diagnosis
    if diagnosis is None:
        return None
    at = time_of(screen.visit, EventKind.DIAGNOSED)
    return [
        h.p(".ck-lead")[f"Committed{f', {at}' if at else ''}. The answers are now text."],
        h.dl(".ck-pairs.ck-said")[
            h.dt["Summary"],
            h.dd[state.summary],
            h.dt["Diagnosis"],
            h.dd[h.strong[screen.visit.hypothesis_name(diagnosis.lead)]],
            h.dt["Act"],
            h.dd[URGENCY_WORDS[diagnosis.urgency]],
            h.dt["Why"],
            h.dd[diagnosis.reason or "No reason was given."],
        ],
    ]

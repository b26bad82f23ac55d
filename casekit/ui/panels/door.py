"""The door note: the patient's first words, the card, where she starts, where it hurts."""

from __future__ import annotations

import htpy as h

from casekit.domain.case import Measure
from casekit.encounter.state import Step
from casekit.ui.body_chart import body_chart, swatch
from casekit.ui.markup import commit_bar, markdown, short_name, spoken
from casekit.ui.screen import Choice, Message, RefusedMessageError, Screen

STEP = Step.DOOR
SETTINGS = {
    "primary_care": "Seen in primary care",
    "emergency": "Seen in the emergency department",
    "spine_clinic": "Seen in the spine clinic",
}


def render(screen: Screen) -> h.Node:
    """Everything one knows before the first question."""
    case = screen.visit.case
    patient = case.patient
    return [
        h.div(".ck-door")[
            h.div[
                h.h2(".ck-screen-title", tabindex="-1")[patient.name],
                h.blockquote(".ck-voice.ck-large")[markdown(case.presentation)],
                h.p(".ck-note")[f"{SETTINGS[case.setting]}, first visit for this problem"],
            ],
            _card(screen),
        ],
        h.h3[f"Where {patient.pronoun} starts" if patient.pronoun != "they" else "Where they start"],
        h.div(".ck-measures")[[_measure(screen, measure) for measure in case.measures]],
        h.h3["Where it hurts"],
        h.div(".ck-body-row")[body_chart(case.body_chart, patient.name), _areas(screen)],
        commit_bar(
            "Make the first estimate", "estimate",
            [h.strong[f"Before you ask {patient.objective} anything:"], " what might this be? "
             "Your first estimate counts. Three more follow as you learn more."],
        ) if screen.live else None,
    ]  # fmt: skip


def handle(screen: Screen, message: Message) -> Choice:  # noqa: ARG001 (every panel has this signature)
    """Go to the first estimate."""
    if message.act == "estimate":
        return Choice({"mode": "estimate"})
    raise RefusedMessageError(f'The door note does not know "{message.act}".')


def _card(screen: Screen) -> h.Element:
    patient = screen.visit.case.patient
    rows: list[tuple[str, h.Node]] = [("Age", str(patient.age)), ("Work", patient.occupation)]
    rows += [
        (name, text) for name, text in (("Home", patient.home), ("Medicines", patient.medicines)) if text
    ]
    rows += [
        (name, spoken(text))
        for name, text in (
            ("Expects", patient.expects),
            ("Worries", patient.worries),
            ("Believes", patient.beliefs),
        )
        if text
    ]
    return h.div(".ck-box.ck-card")[
        h.h3["What the card says"],
        h.dl(".ck-pairs")[[[h.dt[name], h.dd[value]] for name, value in rows]],
    ]


def _measure(screen: Screen, measure: Measure) -> h.Element:
    instrument = screen.visit.evidence.outcome.instruments[measure.instrument]
    low, high = instrument.limits
    place = 100 * (measure.score - low) / (high - low)
    better = "Higher is better" if instrument.higher_is_better else "Lower is better"
    return h.div(".ck-measure")[
        h.p(".ck-measure-head")[
            h.span[measure.about], h.span[f"{short_name(measure.instrument)} {measure.version}".strip()]
        ],
        h.p[h.span(".ck-figure-number")[f"{measure.score:g}"], f" of {high:g}"],
        h.div(".ck-scale", aria_hidden="true")[h.i(style=f"left:{place:.1f}%")],
        h.p(".ck-scale-ends", aria_hidden="true")[h.span[f"{low:g}"], h.span[f"{high:g}"]],
        h.p(".ck-note")[f"{measure.recall.capitalize()}. {better}." if measure.recall else f"{better}."],
    ]


def _areas(screen: Screen) -> h.Element:
    case = screen.visit.case
    return h.table(".ck-areas")[
        h.thead[
            h.tr[
                h.th(scope="col")["No."],
                h.th(scope="col")["Area"],
                h.th(scope="col")["What the patient feels"],
            ]
        ],
        h.tbody[
            [
                h.tr[h.td[str(number)], h.th(scope="row")[swatch(area.quality), area.label], h.td[area.feels]]
                for number, area in enumerate(case.body_chart, 1)
            ]
        ],
    ]

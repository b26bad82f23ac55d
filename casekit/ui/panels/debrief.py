"""The debrief: what it was, the one finding that should have moved the learner, the score, what happened and
what would have happened, and where every number comes from. It opens when the visit is closed.
"""

from __future__ import annotations

import htpy as h

from casekit.domain.sources import Source
from casekit.encounter.debrief import DebriefView, debrief
from casekit.encounter.score import PartScore
from casekit.encounter.state import Step
from casekit.encounter.visit import Visit
from casekit.ui.markup import button, commit_bar, empty, markdown, verification_mark
from casekit.ui.panels.debrief_charts import differential_figure, outcome_figures
from casekit.ui.panels.debrief_compare import comparison, plan_review
from casekit.ui.panels.debrief_forecast import forecast_review
from casekit.ui.panels.debrief_turning import turning_box
from casekit.ui.panels.figures import URGENCY_WORDS
from casekit.ui.panels.scale import scales
from casekit.ui.screen import Act, Download, Message, RefusedMessageError, Screen

STEP = Step.DEBRIEF


def render(screen: Screen) -> h.Node:
    """Everything that was kept shut until now."""
    visit = screen.visit
    if not visit.state.closed:
        return [
            h.h2(".ck-screen-title", tabindex="-1")["Debrief"],
            empty("The visit is still open.", "The debrief opens when you close it."),
        ]
    view = debrief(visit)
    return h.div(".ck-debrief")[
        h.h2(".ck-screen-title", tabindex="-1")[view.key.debrief.headline],
        _what_it_was(visit, view),
        turning_box(visit, view),
        _score(view),
        h.div(".ck-pair")[differential_figure(visit, view), outcome_figures(visit, view)],
        forecast_review(visit, view),
        comparison(visit, view),
        plan_review(visit, view),
        _lesson(view),
        _sources(view),
        commit_bar(
            "Start again",
            "start_again",
            "A new visit with the same patient. This one is put aside and kept.",
            second=button("Save report", "save_report"),
        ),
    ]


def handle(screen: Screen, message: Message) -> Act | Download:
    """Begin the case anew, or save the debrief as a page."""
    if message.act == "save_report":
        name = f"casekit-{screen.visit.case.id}.html"
        return Download(name, str(render(screen)), said=f"The report is saved as {name}.")
    if message.act == "start_again":
        fresh = {"step": "", "mode": "", "resumed": "seen"}
        return Act("start_again", choices=fresh, said="A new visit has begun.")
    raise RefusedMessageError(f'The debrief does not know "{message.act}".')


def _what_it_was(visit: Visit, view: DebriefView) -> h.Node:
    key, given = view.key.diagnosis, visit.state.diagnosis
    name = visit.evidence.diagnosis.names[key.lead]
    if given is None:
        yours = "You committed no diagnosis."
    else:
        stated = visit.evidence.diagnosis.names[given.lead]
        same = "the same" if given.lead == key.lead else stated
        yours = f"You said: {same}, {URGENCY_WORDS[given.urgency].lower()}."
    return [
        h.p(".ck-lead")[
            h.strong[f"It was: {name}."],
            f" How soon to act: {URGENCY_WORDS[key.urgency].lower()}. {yours} ",
            _a_year_on(visit, view),
        ],
        h.p(".ck-summary")[key.summary] if key.summary else None,
    ]


def _a_year_on(visit: Visit, view: DebriefView) -> str:
    """The first measure at the last week, under the learner's plan and the expert's."""
    first = next(iter(scales(visit)), None)
    if first is None:
        return ""
    week = visit.case.forecast_weeks[-1]
    own, expert = (first.show(outcomes[first.id][week]) for outcomes in (view.outcomes, view.expert_outcomes))
    what = f"{first.about} ({first.name})"
    other = "the same" if own == expert else expert
    start = f"from {first.baseline:g} at the start"
    return f"At {week} weeks: {what} {own}, {start}; under the expert’s plan {other}."


def _score(view: DebriefView) -> h.Element:
    return h.section(".ck-score")[
        h.div(".ck-score-head")[
            h.h3["Score"],
            h.p[h.span(".ck-figure-number")[f"{view.score.total:.0f}"], h.span(".ck-note")[" of 100"]],
        ],
        h.ul(".ck-score-parts")[[_part(part) for part in view.score.parts]],
    ]


def _part(part: PartScore) -> h.Element:
    points = "–" if part.score is None else f"{part.score:.0f}"
    bar = h.span if part.score is None else _bar(part.label, points)
    why = f"Not part of this case. {part.why}" if part.score is None else part.why
    return h.li[
        h.span(".ck-part-name")[part.label],
        " ",
        bar,
        h.span(".ck-part-points")[points],
        " ",
        h.span(".ck-part-why")[why],
    ]


def _bar(label: str, points: str) -> h.Element:
    return h.progress(value=points, max="100", aria_label=f"{label}: {points} of 100")


def _lesson(view: DebriefView) -> h.Element:
    lesson = view.key.debrief
    return h.section(".ck-lesson")[
        h.h3["What this case teaches"],
        h.div(".ck-prose")[markdown(lesson.text)],
        [h.h4["To take along"], h.ul[[h.li[pearl] for pearl in lesson.pearls]]] if lesson.pearls else None,
    ]


def _sources(view: DebriefView) -> h.Element:
    return h.section(".ck-source-list")[
        h.h3["Sources"],
        h.ul[[h.li[_citation(source), " ", verification_mark(level)] for source, level in view.sources]],
    ]


def _citation(source: Source) -> h.Element:
    if not source.url:
        return h.span(".ck-citation")[source.citation]
    return h.a(".ck-citation", href=source.url, target="_blank", rel="noopener noreferrer")[source.citation]

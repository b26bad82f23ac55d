"""The one finding that should have moved the learner: what was found, its ratio, how far each side moved."""

from __future__ import annotations

import htpy as h

from casekit.domain.case import FactKind
from casekit.domain.vocabulary import State, Verification
from casekit.encounter.debrief import DebriefView, Turning
from casekit.encounter.visit import Visit
from casekit.reasoning.scoring.belief import posttest_probability
from casekit.reasoning.steps import Status, Step
from casekit.ui.markup import percent, source_chip, spoken
from casekit.ui.panels.figures import own_percent, ratio_text

NOT_OPENED = {FactKind.HISTORY: "You did not ask this.", FactKind.EXAMINATION: "You did not examine this."}


def turning_box(visit: Visit, view: DebriefView) -> h.Element:
    """The finding with its ratio and source, beside both probabilities before and after it."""
    turning = view.turning
    fact = turning.fact
    return h.section(".ck-turning")[
        h.div[
            h.h3(".ck-turning-title")["The one finding that should have moved you"],
            spoken(fact.reply)
            if fact.kind is FactKind.HISTORY
            else h.p[h.strong[f"{fact.ask}. "], fact.reply],
            None if turning.opened else h.p[h.strong[NOT_OPENED.get(fact.kind, "You did not order this.")]],
            _ratio(visit, turning) if turning.step else None,
        ],
        _before_after(visit, turning),
    ]


def _ratio(visit: Visit, turning: Turning) -> h.Node:
    step = turning.step
    if step is None or step.ratio is None:
        return None
    finding = visit.evidence.diagnosis.finding(step.finding).label
    absent = ", absent" if step.state is State.ABSENT else ""
    interval = f" ({ratio_text(step.interval[0])} to {ratio_text(step.interval[1])})" if step.interval else ""
    return h.p(".ck-note")[
        f"{finding}{absent}: × {ratio_text(step.raw_ratio or step.ratio)}{interval}.{_held(step)} ",
        _alone(turning, step.ratio) if step.status.moves else None,
        source_chip(visit.evidence.sources.get(step.source), str(step.verification or Verification.RECALLED)),
    ]


def _held(step: Step) -> str:
    """What was made of the ratio, where it is not simply counted."""
    if step.status in (Status.CAPPED, Status.FLOORED):
        return f" Counted as × {ratio_text(step.ratio or 1)}."
    if step.status is Status.ALREADY_COUNTED:
        return " Not counted again beside a finding of the same kind."
    return "" if step.interval else " No interval was published."


def _alone(turning: Turning, ratio: float) -> str:
    before = turning.you_before
    if before is None or not 0 < before < 1:
        return ""
    after = percent(posttest_probability(before, ratio))
    return f"From your own {own_percent(before)} % this alone leads to {after}. "


def _before_after(visit: Visit, turning: Turning) -> h.Element:
    rows = (
        ("ck-you", "●", "You", turning.you_before, turning.you_after),
        ("ck-model", "□", "Calculated", turning.calculated_before, turning.calculated_after),
    )
    return h.table(".ck-before-after")[
        h.caption[visit.hypothesis_name(turning.hypothesis)],
        h.thead[
            h.tr[
                h.th(scope="col")[h.span(".ck-hidden")["Who"]],
                [h.th(scope="col")[name] for name in ("Before", "After")],
            ]
        ],
        h.tbody[
            [
                h.tr[
                    h.th(f".{css}", scope="row")[h.span(aria_hidden="true")[glyph], f" {word}"],
                    h.td[_percent(before)],
                    h.td[h.strong[_percent(after)]],
                ]
                for css, glyph, word, before, after in rows
            ]
        ],
    ]


def _percent(probability: float | None) -> str:
    return "–" if probability is None else percent(probability)

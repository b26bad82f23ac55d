"""The debrief: shut until closing, then headline, turning finding, score, figures, comparison, sources."""

from __future__ import annotations

from collections.abc import Callable

import htpy as h
import pytest

from casekit.domain.case import Case
from casekit.domain.key import Key
from casekit.encounter.debrief import debrief as view_of
from casekit.encounter.state import Step
from casekit.encounter.visit import Visit
from casekit.ui.outline import outline
from casekit.ui.panels import debrief
from casekit.ui.screen import Message, MessageKind, RefusedMessageError, Screen

VisitAt = Callable[..., Visit]
Loaded = tuple[Case, Key]


def markup_of(visit: Visit) -> str:
    return str(h.section[debrief.render(Screen(visit=visit, step=Step.DEBRIEF))])


@pytest.mark.parametrize("step", ["door", "plan", "follow_up"])
def test_nothing_of_the_key_is_shown_before_closing(visit_at: VisitAt, loaded: Loaded, step: str) -> None:
    markup = markup_of(visit_at(step))
    assert loaded[1].debrief.headline not in markup
    assert loaded[1].diagnosis.summary not in markup
    assert "still open" in markup


def test_the_expert_reads_full_marks_and_the_figures_have_tables(visit_at: VisitAt, loaded: Loaded) -> None:
    visit = visit_at()
    text, view = outline(markup_of(visit)), view_of(visit)
    assert f"## {loaded[1].debrief.headline}" in text
    assert "It was: Lumbar disc herniation with radiculopathy." in text
    assert "You said: the same, no hurry." in text
    for part in view.score.parts:
        assert part.why in text
    # one differential, one course a measure, one fan a measure, all ranges
    assert markup_of(visit).count("<figure") == text.count("[fold] Show as table") == 1 + 2 + 2 + 1
    assert "Both (20)" in text


def test_every_week_is_told_with_range_outcome_and_both_errors(visit_at: VisitAt) -> None:
    visit = visit_at(decoy=True)
    text, happened = outline(markup_of(visit)), view_of(visit).outcomes["odi"][52]
    # the careless forecast is 0 without a range: its error is two thirds of 1.5 times the distance
    assert f"52 | {happened:g} | 0 to 0 | ◇ outside, above | {happened:.1f} | " in text
    assert "0 of 8 inside your ranges" in text


def test_a_finding_that_was_not_opened_is_said_to_be_so(visit_at: VisitAt) -> None:
    text = outline(markup_of(visit_at(decoy=True)))
    assert "You did not examine this." in text
    assert "● You | 100 % | –" in text


def test_the_turning_finding_shows_ratio_source_and_where_it_leads(visit_at: VisitAt) -> None:
    visit = visit_at()
    step = view_of(visit).turning.step
    assert step is not None
    assert step.ratio is not None
    odds = 0.77 / 0.23 * step.ratio
    text = outline(markup_of(visit))
    assert f"× {step.ratio:.3g}. No interval was published." in text
    assert f"From your own 77 % this alone leads to {100 * odds / (1 + odds):.0f} %." in text
    assert "= derived" in text


def test_a_harmful_entry_stands_first_with_its_reason(visit_at: VisitAt, loaded: Loaded) -> None:
    text = outline(markup_of(visit_at(decoy=True)))
    review = text[text.index("Your plan, knowing everything") :]
    assert review.index("Contraindicated") < review.index("Not recommended")
    assert loaded[1].plan.contraindicated["nsaid_oral"] in review


def test_a_visit_closed_at_the_door_has_a_debrief_too(visit_at: VisitAt) -> None:
    visit = visit_at("door")
    visit.close()
    text = outline(markup_of(visit))
    assert "You committed no diagnosis." in text
    assert "You planned nothing." in text
    assert "not answered" in text


def test_the_same_visit_gives_the_same_page(visit_at: VisitAt) -> None:
    assert markup_of(visit_at()) == markup_of(visit_at())


def test_a_new_visit_can_be_started(visit_at: VisitAt) -> None:
    screen = Screen(visit=visit_at(), step=Step.DEBRIEF)
    act = debrief.handle(screen, Message(kind=MessageKind.ACT, panel="debrief", act="start_again"))
    assert act.name == "start_again"
    assert act.choices["step"] == ""
    with pytest.raises(RefusedMessageError):
        debrief.handle(screen, Message(kind=MessageKind.ACT, panel="debrief", act="erase"))

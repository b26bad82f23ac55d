"""The follow-up panel: one visit at a time; importance and measurement error said apart; ranges and goals."""

from __future__ import annotations

from collections.abc import Callable

import htpy as h
import pytest

from casekit.encounter.state import Step
from casekit.encounter.visit import Visit
from casekit.ui.outline import outline
from casekit.ui.panels import follow_up
from casekit.ui.screen import Message, MessageKind, RefusedMessageError, Screen

VisitAt = Callable[..., Visit]


def screen_of(visit: Visit) -> Screen:
    return Screen(visit=visit, step=Step.FOLLOW_UP)


def shown(visit: Visit) -> str:
    return outline(str(h.section[follow_up.render(screen_of(visit))]))


def message(act: str, **data: str) -> Message:
    return Message(kind=MessageKind.ACT, panel="follow_up", act=act, data=data)


def test_before_the_first_visit_nothing_of_the_course_is_shown(visit_at: VisitAt) -> None:
    text = shown(visit_at("follow_up"))
    assert "You have not seen her since you planned." in text
    assert "[button] See her at 6 weeks" in text
    assert "Measures at" not in text
    assert text.count("[button]") == 1


def test_the_visits_follow_one_another_and_then_the_visit_is_closed(visit_at: VisitAt) -> None:
    visit = visit_at("follow_up")
    for week in (6, 12):
        assert f"[button] See her at {week} weeks" in shown(visit)
        act = follow_up.handle(screen_of(visit), message("follow_up", week=str(week)))
        assert (act.name, act.args) == ("follow_up", (week,))
        visit.follow_up(*act.args)
        assert f"## At {week} weeks" in shown(visit) or f"# At {week} weeks" in shown(visit)
    assert "[button] Close the visit and read the debrief" in shown(visit)
    assert follow_up.handle(screen_of(visit), message("close")).name == "close"


def test_the_second_visit_is_not_shown_with_the_first(visit_at: VisitAt) -> None:
    visit = visit_at("follow_up")
    visit.follow_up(6)
    assert "At 12 weeks" not in shown(visit)


def test_importance_and_measurement_error_are_said_apart(visit_at: VisitAt) -> None:
    visit = visit_at("follow_up")
    visit.follow_up(6)
    lines = shown(visit).splitlines()
    important = next(i for i, line in enumerate(lines) if line == "Does it matter to people?")
    error = next(i for i, line in enumerate(lines) if line == "Is it more than measurement error?")
    assert "Smallest important change 10 points" in lines[important + 1]
    assert "read in source" in lines[important + 1]
    assert "30 % of the start (13.2 points)" in lines[important + 2]  # 0.3 × 44
    assert "Smallest detectable change (90 %) 10 points" in lines[error + 1]
    assert "The evidence has no measurement error for this measure." in lines  # pain


def test_an_outcome_is_inside_or_outside_by_word(visit_at: VisitAt) -> None:
    expert, careless = visit_at("follow_up"), visit_at("follow_up", decoy=True)
    for visit in (expert, careless):
        visit.follow_up(6)
    y = expert.outcome("odi", 6).recorded
    assert f"Disability, ODI 0–100 | 44 | {y:g} |" in shown(expert)
    assert "21 to 54 | ✓ inside" in shown(expert)
    assert "10 to 10 | ◇ outside, above" in shown(careless)


def test_goals_show_level_in_her_words_and_the_agreed_target(visit_at: VisitAt) -> None:
    visit = visit_at("follow_up")
    visit.follow_up(6)
    level = visit.goal_level("full_shift", 6)
    wish = next(wish for wish in visit.case.goals if wish.id == "full_shift")
    text = shown(visit)
    assert wish.levels[level + 2] in text
    assert "Agreed: ODI 36 by week 12. Now " in text


def test_a_visit_closed_early_says_that_nobody_came_back(visit_at: VisitAt) -> None:
    visit = visit_at("follow_up")
    visit.close()
    text = shown(visit)
    assert "No follow-up visit took place." in text
    assert "[button]" not in text


@pytest.mark.parametrize("sent", [message("follow_up", week="six"), message("follow_up"), message("jump")])
def test_other_messages_are_refused(visit_at: VisitAt, sent: Message) -> None:
    with pytest.raises(RefusedMessageError):
        follow_up.handle(screen_of(visit_at("follow_up")), sent)

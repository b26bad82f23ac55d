"""The goals panel: only heard wishes, fields that keep their text, goals with measure, target and week."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import htpy as h
import pytest

from casekit.encounter.state import Step
from casekit.encounter.visit import Visit
from casekit.errors import InputError, VisitError
from casekit.ui.outline import outline
from casekit.ui.panels import goals
from casekit.ui.screen import Act, Choice, Message, MessageKind, RefusedMessageError, Screen

VisitAt = Callable[..., Visit]
SHIFT = {
    "goal.full_shift.take": ["yes"], "goal.full_shift.measure": "odi", "goal.full_shift.target": "24",
    "goal.full_shift.by_week": "12", "goal.full_shift.importance": "3", "goal.full_shift.difficulty": "1",
}  # fmt: skip


def screen_of(visit: Visit) -> Screen:
    return Screen(visit=visit, step=Step.GOALS)


def markup(visit: Visit) -> str:
    return str(h.section[goals.render(screen_of(visit))])


def shown(visit: Visit) -> str:
    return outline(markup(visit))


def send(visit: Visit, act: str, form: Mapping[str, Any], kind: MessageKind = MessageKind.ACT) -> Act:
    outcome = goals.handle(screen_of(visit), Message(kind=kind, panel="goals", act=act, form=form))
    assert isinstance(outcome, Act)
    getattr(visit, outcome.name)(*outcome.args, **outcome.options)
    return outcome


def unheard(visit: Visit) -> Visit:
    """The same visit with none of the wishes asked for."""
    facts = {wish.fact for wish in visit.case.goals}
    visit.state = replace(visit.state, opened=tuple(name for name in visit.state.opened if name not in facts))
    return visit


def test_the_heading_asks_and_the_patient_answers(visit_at: VisitAt) -> None:
    text = shown(visit_at("goals"))
    assert text.startswith("## What does she want to do again?")
    assert "“Drive my whole shift. Both halves" in text
    assert "ICF d850" in text
    assert markup(visit_at("goals")).count("ck-primary") == 1


def test_a_wish_that_was_not_asked_for_is_not_shown(visit_at: VisitAt) -> None:
    text = shown(visit_at("goals"))
    assert "Otto" not in text
    assert "missed" not in text


def test_without_any_heard_wish_one_is_told_so_that_a_plan_is_possible(visit_at: VisitAt) -> None:
    visit = unheard(visit_at("goals"))
    text = shown(visit)
    assert "You have not asked her what she wants. She tells you one wish now." in text
    assert text.count("Take it as a goal") == 1
    send(visit, "set_goals", SHIFT)
    assert [goal.goal for goal in visit.state.goals] == ["full_shift"]


def test_a_taken_wish_asks_for_measure_target_week_and_weights(visit_at: VisitAt) -> None:
    visit = visit_at("goals")
    assert "Measured by" not in shown(visit)
    send(visit, "set", SHIFT)
    text = shown(visit)
    assert "* (selected=selected) Disability: Oswestry Disability Index" in text
    assert "0 to 100, lower is better; now 44" in text
    assert "[radio] goal.full_shift.importance = 3 (checked)" in text
    assert "−2" in text
    assert "+2" in text
    assert "1 goal. This answer counts" in text


def test_a_measure_where_more_is_better_says_so(visit_at: VisitAt) -> None:
    visit = visit_at("goals")
    send(visit, "set", {**SHIFT, "goal.full_shift.measure": "psfs", "goal.full_shift.target": "8"})
    assert "0 to 10, higher is better; now 3" in shown(visit)


def test_what_is_typed_is_kept_when_the_wish_is_put_back_and_taken_again(visit_at: VisitAt) -> None:
    visit = visit_at("goals")
    send(visit, "set", SHIFT)
    send(visit, "set", {"goal.full_shift.take": []})
    assert "Measured by" not in shown(visit)
    send(visit, "set", {"goal.full_shift.take": ["yes"]})
    assert "goal.full_shift.target = 24" in shown(visit)


def test_committing_hands_in_the_taken_goals(visit_at: VisitAt) -> None:
    visit = visit_at("goals")
    act = send(visit, "set_goals", SHIFT)
    assert (act.name, act.said) == ("set_goals", "1 goal agreed.")
    goal = visit.state.goals[0]
    assert (goal.goal, goal.measure, goal.target, goal.by_week) == ("full_shift", "odi", 24.0, 12)
    assert (goal.importance, goal.difficulty) == (3, 1)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"take": []}, "Take at least one wish as a goal"),
        ({"measure": ""}, "Drive a whole split shift: choose how it is measured."),
        ({"target": ""}, "Drive a whole split shift: say which score would be enough."),
        ({"target": "140"}, "Drive a whole split shift: A number, 0 to 100. You typed 140."),
        ({"by_week": "0"}, "Drive a whole split shift: A number, 1 to 52. You typed 0."),
        ({"by_week": "2.5"}, "Drive a whole split shift: A whole week, 1 to 52. You typed 2.5."),
    ],
)
def test_an_unfinished_goal_is_refused_in_plain_words(
    visit_at: VisitAt, changed: dict[str, Any], said: str
) -> None:
    form = {**SHIFT, **{f"goal.full_shift.{part}": value for part, value in changed.items()}}
    with pytest.raises(InputError) as refused:
        send(visit_at("goals"), "set_goals", form)
    assert said in str(refused.value)


def test_a_wrong_target_is_said_beside_its_field(visit_at: VisitAt) -> None:
    visit = visit_at("goals")
    send(visit, "draft", {**SHIFT, "goal.full_shift.target": "14o"}, MessageKind.DRAFT)
    text = shown(visit)
    assert "goal.full_shift.target = 14o (aria-invalid)" in text
    assert "A number, 0 to 100. You typed 14o." in text


def test_fields_of_unheard_wishes_are_not_taken_from_a_form(visit_at: VisitAt) -> None:
    visit = visit_at("goals")
    send(visit, "draft", {"goal.lift_otto.take": ["yes"], "anything": "x"}, MessageKind.DRAFT)
    assert visit.state.drafts["goals"] == {}


def test_committed_goals_are_text_with_their_time(visit_at: VisitAt) -> None:
    visit = visit_at("plan")
    text, found = shown(visit), markup(visit)
    assert "2 goals, committed at 09:00 UTC." in text
    assert "36 (0 to 100, lower is better; now 44)" in text
    assert "<input" not in found
    assert "ck-primary" not in found


def test_after_the_commit_a_late_draft_is_dropped_and_a_deed_refused(visit_at: VisitAt) -> None:
    visit = visit_at("plan")
    late = Message(kind=MessageKind.DRAFT, panel="goals", form=SHIFT)
    assert goals.handle(screen_of(visit), late) == Choice({})
    with pytest.raises(VisitError, match="You can read them"):
        goals.handle(
            screen_of(visit), Message(kind=MessageKind.ACT, panel="goals", act="set_goals", form=SHIFT)
        )


def test_a_message_nobody_knows_is_refused(visit_at: VisitAt) -> None:
    with pytest.raises(RefusedMessageError):
        send(visit_at("goals"), "wish", {})


def test_what_is_typed_is_text_and_never_markup(visit_at: VisitAt) -> None:
    visit = visit_at("goals")
    send(visit, "draft", {**SHIFT, "goal.full_shift.target": '"><script>x</script>'}, MessageKind.DRAFT)
    assert "<script>" not in markup(visit)

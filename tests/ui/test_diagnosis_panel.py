"""The diagnosis form: the sentence first, then what it is and how soon somebody must act."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from casekit.encounter.visit import Visit
from casekit.errors import InputError
from casekit.ui.outline import outline
from casekit.ui.panels import diagnosis
from casekit.ui.screen import Act, Message, MessageKind, RefusedMessageError, Screen

DISC = "disc_herniation_radiculopathy"
Visits = Callable[..., Visit]


def _drawn(visit: Visit) -> str:
    return "".join(_flat(diagnosis.render(Screen(visit=visit, step=diagnosis.STEP))))


def _flat(node: Any) -> list[str]:
    if node is None:
        return []
    return [text for part in node for text in _flat(part)] if isinstance(node, list) else [str(node)]


def _sent(visit: Visit, act: str, form: Mapping[str, str], kind: MessageKind = MessageKind.ACT) -> Act:
    message = Message(kind=kind, panel="diagnosis", act=act, form=form)
    outcome = diagnosis.handle(Screen(visit=visit, step=diagnosis.STEP), message)
    assert isinstance(outcome, Act)
    return outcome


@pytest.fixture
def due(visit_at: Visits) -> Visit:
    """All four estimates are committed; nothing is said yet."""
    return visit_at("diagnosis")


def test_commit_waits_for_the_summary(due: Visit) -> None:
    assert "Keep the one-line summary first" in _drawn(due)
    assert 'aria-disabled="true"' in _drawn(due)
    due.represent("A driver with leg pain.")
    assert 'aria-disabled="true"' not in _drawn(due)


def test_summary_is_kept_and_can_be_rewritten(due: Visit) -> None:
    act = _sent(due, "represent", {"summary": " Five weeks of leg pain. "})
    assert (act.name, act.args) == ("represent", ("Five weeks of leg pain.",))
    due.represent(*act.args)
    drawn = _drawn(due)
    assert "✓ Kept, 09:00 UTC." in drawn
    assert "Keep the new summary" in drawn


def test_kept_summary_stays_visible_beside_a_new_one(due: Visit) -> None:
    due.represent("The first.")
    due.draft("diagnosis", {"summary": "The second."})
    assert "“The first.”" in _drawn(due)


def test_empty_summary_is_refused_by_the_visit(due: Visit) -> None:
    act = _sent(due, "represent", {"summary": "  "})
    with pytest.raises(InputError, match="The summary is empty"):
        due.represent(*act.args)


def test_learners_own_ranking_comes_first_and_a_group_is_opened(due: Visit) -> None:
    drawn = _drawn(due)
    own, rest = drawn.split('<optgroup label="All others">')
    assert own.index(f'value="{DISC}"') < own.index('value="lumbar_muscle_strain"')
    assert 'value="herpes_zoster"' in rest
    assert 'value="other"' not in drawn
    assert 'value="idiopathic_axial"' not in drawn


def test_every_condition_is_offered_once(due: Visit) -> None:
    drawn = _drawn(due)
    for condition in due.evidence.diagnosis.conditions:
        assert drawn.count(f'<option value="{condition.id}"') == 1


def test_nothing_is_chosen_in_advance(due: Visit) -> None:
    drawn = _drawn(due)
    assert '<option value="" selected>' in drawn
    assert "checked" not in drawn


def test_what_is_typed_and_chosen_is_kept(due: Visit) -> None:
    form = {"summary": "One.", "lead": DISC, "urgency": "routine", "reason": "<b>Two.</b>"}
    act = _sent(due, "draft", form, MessageKind.DRAFT)
    due.draft(*act.args)
    drawn = _drawn(due)
    assert f'<option value="{DISC}" selected' in drawn
    assert 'value="routine" checked' in drawn
    assert "&lt;b&gt;Two." in drawn


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({}, "Choose the diagnosis and how soon somebody must act, then commit."),
        ({"lead": DISC}, "Choose how soon somebody must act, then commit."),
        ({"urgency": "routine"}, "Choose the diagnosis, then commit."),
    ],
)
def test_what_is_missing_is_named(due: Visit, form: dict[str, str], told: str) -> None:
    with pytest.raises(InputError) as refused:
        _sent(due, "commit_diagnosis", form)
    assert str(refused.value) == told


def test_commit_hands_over_lead_urgency_and_reason(due: Visit) -> None:
    due.represent("A driver with leg pain.")
    act = _sent(due, "commit_diagnosis", {"lead": DISC, "urgency": "urgent", "reason": "One root."})
    due.commit_diagnosis(*act.args, **act.options)
    assert due.state.diagnosis is not None
    assert (due.state.diagnosis.lead, due.state.diagnosis.urgency) == (DISC, "urgent")


def test_urgency_is_a_labelled_group_in_plain_words(due: Visit) -> None:
    text = outline(_drawn(due))
    assert "[group] How soon must somebody act?" in text
    for word in ("Today", "Within days", "Within weeks", "No hurry"):
        assert word in text


def test_committed_diagnosis_is_read_as_text(visit_at: Visits) -> None:
    visit = visit_at("goals")
    drawn = _drawn(visit)
    assert "Committed, 09:00 UTC." in drawn
    assert visit.state.summary in drawn
    assert "No hurry" in drawn
    for control in ("<input", "<select", "<textarea", "<button"):
        assert control not in drawn


def test_unknown_act_is_refused(due: Visit) -> None:
    with pytest.raises(RefusedMessageError, match="does not know"):
        _sent(due, "peek", {})

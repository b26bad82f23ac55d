"""Ordering tests: nothing hints before the commit; afterwards report, rating and pain-free figures appear."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from casekit.encounter.visit import Visit
from casekit.errors import VisitError
from casekit.ui.outline import outline
from casekit.ui.panels import tests as panel
from casekit.ui.screen import Act, Choice, Message, MessageKind, RefusedMessageError, Screen

MRI = "mri_lumbar"
Visits = Callable[..., Visit]


def _drawn(visit: Visit) -> str:
    return "".join(_flat(panel.render(Screen(visit=visit, step=panel.STEP))))


def _flat(node: Any) -> list[str]:
    if node is None:
        return []
    return [text for part in node for text in _flat(part)] if isinstance(node, list) else [str(node)]


def _sent(
    visit: Visit, act: str, form: Mapping[str, Any] | None = None, kind: MessageKind = MessageKind.ACT
) -> Any:
    message = Message(kind=kind, panel="tests", act=act, form=form or {})
    return panel.handle(Screen(visit=visit, step=panel.STEP), message)


@pytest.fixture
def before(visit_at: Visits) -> Visit:
    """At the tests, nothing ordered."""
    return visit_at("tests")


@pytest.fixture
def after(before: Visit) -> Visit:
    """The MRI is ordered."""
    before.order(MRI)
    return before


def test_before_the_commit_cost_delay_and_harm_are_shown_and_nothing_else(before: Visit) -> None:
    drawn = _drawn(before)
    for fact in (fact for fact in before.case.facts if fact.kind.is_test):
        assert fact.ask in drawn
        assert fact.reply not in drawn
    assert "cost 3 of 3" in drawn
    assert "21 days" in drawn
    for hint in ("ppropriate", "Not rated", "without pain,", "ck-verdict", "Ordered"):
        assert hint not in drawn


def test_every_test_is_a_labelled_box_in_its_group(before: Visit) -> None:
    drawn = _drawn(before)
    count = sum(fact.kind.is_test for fact in before.case.facts)
    assert drawn.count('<label class="ck-tick"><input type="checkbox" name="tests"') == count
    assert "<legend>Imaging</legend>" in drawn


@pytest.mark.parametrize(
    ("ticked", "label"),
    [
        ([], "Order nothing"),
        ([MRI], "Order 1 test"),
        ([MRI, "needle_emg"], "Order 2 tests"),
        (["gone"], "Order nothing"),
    ],
)
def test_button_says_what_it_will_do(before: Visit, ticked: list[str], label: str) -> None:
    before.draft("tests", {"tests": ticked})
    assert f"[button] {label}" in outline(_drawn(before))


def test_ticks_are_kept(before: Visit) -> None:
    act = _sent(before, "draft", {"tests": [MRI]}, MessageKind.DRAFT)
    before.draft(*act.args)
    assert f'value="{MRI}" checked' in _drawn(before)


@pytest.mark.parametrize(
    ("form", "orders"),
    [
        ({}, ()),
        ({"tests": []}, ()),
        ({"tests": MRI}, (MRI,)),
        ({"tests": ["needle_emg", MRI]}, (MRI, "needle_emg")),
    ],
)
def test_order_takes_what_is_ticked_in_the_order_of_the_case(
    before: Visit, form: Mapping[str, Any], orders: tuple[str, ...]
) -> None:
    act = _sent(before, "order", form)
    assert isinstance(act, Act)
    assert (act.name, act.args) == ("order", orders)


@pytest.mark.parametrize("name", ["leg_raise", "<b>", "no_such_test"])
def test_what_is_no_test_cannot_be_ordered(before: Visit, name: str) -> None:
    with pytest.raises(RefusedMessageError, match="There is no test"):
        _sent(before, "order", {"tests": [name]})


def test_report_is_announced_with_its_day(before: Visit) -> None:
    assert _sent(before, "order", {"tests": [MRI]}).said == "Report ready, day 21."
    assert _sent(before, "order", {}).said == "Nothing ordered."


def test_orders_are_committed_once(after: Visit) -> None:
    with pytest.raises(VisitError, match="committed"):
        after.order("needle_emg")
    assert "<input" not in _drawn(after)


def test_after_the_commit_only_ordered_tests_report(after: Visit) -> None:
    drawn = _drawn(after)
    assert after.case.fact(MRI).reply in drawn
    assert after.case.fact("needle_emg").reply not in drawn
    assert "You ordered one of 5, 09:00 UTC." in drawn


def test_reports_are_not_in_the_patients_voice(after: Visit) -> None:
    assert "ck-voice" not in _drawn(after)


def test_every_test_is_rated_or_said_not_to_be(after: Visit) -> None:
    text = outline(_drawn(after))
    assert "Usually not appropriate" in text
    assert "Not rated" in text
    variant = after.evidence.diagnosis.imaging_appropriateness[0]
    assert f"Rated for: {variant.situation}." in text


def test_pain_free_figures_stand_beside_what_the_scan_shows(after: Visit) -> None:
    text = outline(_drawn(after))
    rows = {row.finding: row for row in after.evidence.diagnosis.asymptomatic_imaging_prevalence.rows}
    for name in after.case.fact(MRI).shows:
        assert f"{rows[name].percent_by_age['40']:g} of 100" in text  # she is 41
    assert "How common is that without pain, at about 40?" in text
    assert "not a false-positive rate" in text


def test_ordering_nothing_is_a_decision_and_shows_no_figures(before: Visit) -> None:
    before.order()
    drawn = _drawn(before)
    assert "You ordered nothing of 5" in drawn
    assert "No report." in drawn
    assert "How common" not in drawn


def test_estimate_follows_and_an_unknown_act_is_refused(after: Visit) -> None:
    assert _sent(after, "estimate") == Choice({"mode": "estimate"})
    with pytest.raises(RefusedMessageError, match="do not know"):
        _sent(after, "peek")


def test_read_again_there_is_nothing_left_to_do(visit_at: Visits) -> None:
    drawn = _drawn(visit_at("goals"))
    assert "<button" not in drawn
    assert "<input" not in drawn

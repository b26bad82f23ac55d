"""The calculation on screen: nothing before the commit; afterwards every number with its company."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from casekit.content.case_loader import load_case
from casekit.content.vocabulary import load_vocabulary
from casekit.domain.evidence import Evidence
from casekit.domain.vocabulary import OTHER
from casekit.encounter.replay import play
from casekit.encounter.visit import Visit
from casekit.reasoning.steps import Status
from casekit.ui.outline import outline
from casekit.ui.panels import calculation
from casekit.ui.panels.calculation_rows import stretches
from casekit.ui.panels.figures import own_percent, ratio_text, share
from casekit.ui.screen import Choice, Message, MessageKind, RefusedMessageError, Screen

CASES = Path(__file__).resolve().parents[2] / "cases"
DISC = "disc_herniation_radiculopathy"
Visits = Callable[..., Visit]


def _drawn(visit: Visit, **choices: str) -> str:
    screen = Screen(visit=visit, step=visit.state.step, choices=choices)
    node = calculation.render(screen)
    return "".join(str(part) for part in node) if isinstance(node, list) else str(node)


def _sent(visit: Visit, act: str, **form: str) -> object:
    message = Message(kind=MessageKind.CHOOSE, panel="calculation", act=act, form=form)
    return calculation.handle(Screen(visit=visit, step=visit.state.step), message)


@pytest.fixture
def third(visit_at: Visits) -> Visit:
    """After the third estimate: door note, history and examination are known."""
    return visit_at("tests")


def test_nothing_is_calculated_before_the_first_commit(visit_at: Visits) -> None:
    drawn = _drawn(visit_at("door"))
    assert "Nothing is calculated yet." in drawn
    assert "<table" not in drawn


def test_lead_says_what_you_said_and_what_the_findings_give(third: Visit) -> None:
    mine, theirs = third.state.estimates[2].probabilities[DISC], third.reference(2)[DISC]
    lead = outline(_drawn(third)).splitlines()[1]
    assert f"You said {mine * 100:g} % for lumbar disc herniation" in lead
    assert f"give {share(theirs)} %" in lead


def test_lead_names_what_the_findings_put_first_when_it_is_something_else(visit_at: Visits) -> None:
    visit = visit_at("door")
    visit.estimate({"cauda_equina_syndrome": 0.9, OTHER: 0.1})
    first = max(visit.reference(0), key=lambda name: visit.reference(0)[name])
    assert f"They put {visit.hypothesis_name(first)[:1].lower()}" in _drawn(visit)


def test_every_hypothesis_of_the_board_shows_both_numbers(third: Visit) -> None:
    lines = outline(_drawn(third)).splitlines()
    for name, theirs in third.reference(2).items():
        mine = third.state.estimates[2].probabilities.get(name, 0.0)
        row = next(
            line for line in lines if line.startswith(third.hypothesis_name(name)) and line.count("|") > 1
        )
        assert row.endswith(f"| {own_percent(mine)} | {share(theirs)}"), row


def test_table_starts_at_the_pretest_and_ends_at_the_posttest(third: Visit) -> None:
    result = third.calculation(2)
    rows = stretches(result.pretest[DISC], result.walk(DISC))
    assert rows[0].before == result.pretest[DISC]
    assert rows[-1].after == pytest.approx(result.posttest[DISC])
    for earlier, later in pairwise(rows):
        assert later.before == earlier.after


def test_no_finding_is_lost_between_the_rows(third: Visit) -> None:
    result = third.calculation(2)
    rows = stretches(result.pretest[DISC], result.walk(DISC))
    told = [point.finding for row in rows for point in row.points]
    assert told == [point.finding for point in result.walk(DISC)]


def test_each_finding_shows_ratio_state_and_source(third: Visit) -> None:
    drawn = _drawn(third)
    speaking = [step for step in third.calculation(2).steps_for(DISC) if step.ratio is not None]
    assert speaking
    for step in speaking:
        assert third.evidence.diagnosis.finding(step.finding).label in drawn
        assert f"× {ratio_text(step.ratio or 0)}" in drawn
        if step.source:
            source = third.evidence.sources.get(step.source)
            assert source is not None
            assert source.short in drawn


@pytest.mark.parametrize(
    ("status", "tag"),
    [
        (Status.ALREADY_COUNTED, "already counted"),
        (Status.IGNORED, "not counted"),
        (Status.FLOORED, "held up"),
    ],
)
def test_fate_of_a_ratio_is_said_in_words(third: Visit, status: Status, tag: str) -> None:
    step = next(s for s in third.calculation(2).steps if s.status is status and s.ratio is not None)
    assert tag in _drawn(third, condition=step.condition)


def test_ratio_that_does_not_count_is_struck_and_said_so(third: Visit) -> None:
    assert re.search(r"does not count: </span><s>× [\d.]+</s>", _drawn(third))


def test_opinion_is_named_and_never_passes_for_a_study(third: Visit) -> None:
    drawn = _drawn(third)
    assert ">opinion<" in drawn
    assert "Graded opinion" in drawn


def test_unverified_numbers_carry_their_mark(third: Visit) -> None:
    assert "unverified" in outline(_drawn(third))


def test_learner_group_opens_at_a_member_and_offers_all_by_name(visit_at: Visits) -> None:
    visit = visit_at("door")
    visit.estimate({"idiopathic_axial": 1.0})
    drawn = _drawn(visit)
    assert '<optgroup label="Back pain without one cause">' in drawn
    assert "Lumbar muscle strain" in drawn
    assert "One of 4 names for back pain without one cause" in drawn


def test_something_else_can_be_opened_too(visit_at: Visits) -> None:
    visit = visit_at("door")
    visit.estimate({OTHER: 1.0})
    assert "finding by finding" in _drawn(visit)


def test_every_condition_can_be_opened(third: Visit) -> None:
    for condition in third.evidence.diagnosis.hypotheses:
        assert f'<option value="{condition}" selected' in _drawn(third, condition=condition)


def test_absence_of_alarms_is_no_reassurance(third: Visit) -> None:
    assert not third.calculation(2).alerts
    assert "No rule has fired on what you know so far. What you have not asked fires nothing." in _drawn(
        third
    )


def test_fired_alarm_shows_urgency_action_cause_and_source(evidence: Evidence) -> None:
    case, key = load_case(CASES / "two-nights-on-the-sofa", load_vocabulary())
    visit = play(case, key, evidence, key.expert, until="tests")
    alert = visit.calculation(2).alerts[0]
    text = outline(_drawn(visit))
    assert "An alarm is a rule, not a percentage." in text
    assert f"Today. {alert.action}" in text
    assert alert.name in text
    assert "the rule holds all the same" in text


def test_table_keeps_its_roles_when_it_folds(third: Visit) -> None:
    drawn = _drawn(third)
    assert drawn.count('role="table"') == 2
    assert drawn.count('role="rowheader"') == drawn.count('scope="row"')


def test_earlier_estimate_can_be_read_with_the_facts_of_then(third: Visit) -> None:
    assert "after the door note" in _drawn(third)
    early = share(third.reference(0)[DISC])
    assert f"give {early} %" in _drawn(third, estimate_number="0")


@pytest.mark.parametrize(
    ("act", "form", "choices"),
    [
        ("choose_condition", {"condition": "spinal_malignancy"}, {"condition": "spinal_malignancy"}),
        ("choose_estimate", {"estimate_number": "1"}, {"estimate_number": "1", "condition": ""}),
    ],
)
def test_choosing_changes_what_is_looked_at(
    third: Visit, act: str, form: dict[str, str], choices: dict[str, str]
) -> None:
    assert _sent(third, act, **form) == Choice(choices)


@pytest.mark.parametrize(
    ("act", "form"),
    [
        ("choose_condition", {"condition": "<b>"}),
        ("choose_estimate", {"estimate_number": "3"}),
        ("choose_estimate", {"estimate_number": "-1"}),
        ("reveal", {}),
    ],
)
def test_what_nobody_offered_is_refused(third: Visit, act: str, form: dict[str, str]) -> None:
    with pytest.raises(RefusedMessageError):
        _sent(third, act, **form)


def test_going_on_closes_the_calculation_and_names_the_next_step(third: Visit) -> None:
    assert "Go to the tests" in _drawn(third)
    outcome = _sent(third, "go_on")
    assert isinstance(outcome, Choice)
    assert outcome.choices["mode"] == ""

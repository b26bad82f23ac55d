"""A visit from the door note to the debrief without a screen, and every refusal on the way."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from casekit import api
from casekit.domain.case import Case, FactKind
from casekit.domain.key import Key
from casekit.encounter.debrief import debrief
from casekit.encounter.events import EventKind
from casekit.encounter.journal import FileJournal, Journal
from casekit.encounter.replay import FIXED_TIME, perform, play
from casekit.encounter.state import Step, fold
from casekit.encounter.visit import Visit
from casekit.errors import CasekitError, InputError, UnknownIdError, VisitError
from tests.encounter.conftest import CASE

NewVisit = Callable[..., Visit]
SURE = {"disc_herniation_radiculopathy": 0.6, "other": 0.4}


def upto(visit: Visit, key: Key, step: Step) -> Visit:
    for number, recorded in enumerate(key.expert, start=1):
        if visit.state.step is step:
            return visit
        perform(visit, recorded, number)
    raise AssertionError(step)


def test_the_expert_goes_through_every_step_in_order(
    new_visit: NewVisit, case_and_key: tuple[Case, Key]
) -> None:
    visit = new_visit()
    seen = [visit.state.step]
    for number, recorded in enumerate(case_and_key[1].expert, start=1):
        perform(visit, recorded, number)
        if visit.state.step is not seen[-1]:
            seen.append(visit.state.step)
    assert seen == list(Step)


def test_nothing_is_asked_before_the_first_estimate(new_visit: NewVisit) -> None:
    with pytest.raises(VisitError, match="first estimate"):
        new_visit().ask("saddle_check")


def test_the_history_is_closed_by_the_second_estimate(new_visit: NewVisit) -> None:
    visit = new_visit()
    visit.estimate(SURE)
    visit.ask("saddle_check")
    visit.estimate(SURE)
    with pytest.raises(VisitError, match=r"history is closed\. You can still read it"):
        visit.ask("bladder_bowel")


def test_the_time_with_the_patient_is_limited(new_visit: NewVisit) -> None:
    visit = new_visit()
    visit.estimate(SURE)
    questions = [fact.id for fact in visit.facts(FactKind.HISTORY)]
    with pytest.raises(VisitError, match="minutes left"):
        visit.ask(*questions)
    assert visit.minutes_left >= 0


def test_asking_twice_gives_the_answer_again_and_costs_nothing(new_visit: NewVisit) -> None:
    visit = new_visit()
    visit.estimate(SURE)
    first = visit.ask("saddle_check")
    left, events = visit.minutes_left, len(visit.journal.events)
    assert visit.ask("saddle_check") == first
    assert (visit.minutes_left, len(visit.journal.events)) == (left, events)


def test_a_test_is_not_asked_and_a_question_is_not_ordered(
    new_visit: NewVisit, case_and_key: tuple[Case, Key]
) -> None:
    visit = new_visit()
    visit.estimate(SURE)
    with pytest.raises(VisitError, match="ordered as a test"):
        visit.ask("mri_lumbar")
    upto(visit := new_visit(), case_and_key[1], Step.TESTS)
    with pytest.raises(VisitError, match="not a test"):
        visit.order("saddle_check")


def test_tests_are_ordered_once_and_before_the_fourth_estimate(
    new_visit: NewVisit, case_and_key: tuple[Case, Key]
) -> None:
    visit = upto(new_visit(), case_and_key[1], Step.TESTS)
    with pytest.raises(VisitError, match="Commit your orders first"):
        visit.estimate(SURE)
    visit.order()
    with pytest.raises(VisitError, match="orders are committed"):
        visit.order("mri_lumbar")


def test_the_summary_comes_before_the_diagnosis(new_visit: NewVisit, case_and_key: tuple[Case, Key]) -> None:
    visit = upto(new_visit(), case_and_key[1], Step.DIAGNOSIS)
    with pytest.raises(VisitError, match="one-line summary first"):
        visit.commit_diagnosis("disc_herniation_radiculopathy", urgency="routine")


def test_an_unknown_fact_gets_the_nearest_ones(new_visit: NewVisit) -> None:
    visit = new_visit()
    visit.estimate(SURE)
    with pytest.raises(UnknownIdError, match='Did you mean "saddle_check"'):
        visit.ask("sadle_check")


# what is given, and the words that must come back
BAD_ESTIMATES = [
    ({"other": 0.5}, "50% left to give"),
    ({"other": 1.2}, "from 0 to 1"),
    ({"other": -0.2, "spinal_malignancy": 1.2}, "from 0 to 1"),
    ({"other": float("nan")}, "from 0 to 1"),
    ({"other": True}, "from 0 to 1"),
    ({"other": 0.7, "spinal_malignancy": 0.4}, "10% too much"),
    ({"spinal_malignacy": 1.0}, "spinal_malignancy"),
]


@pytest.mark.parametrize(("given", "words"), BAD_ESTIMATES)
def test_an_impossible_estimate_is_refused_and_nothing_is_written(
    new_visit: NewVisit, given: dict[str, float], words: str
) -> None:
    visit = new_visit()
    with pytest.raises(CasekitError, match=words):
        visit.estimate(given)
    assert [event.kind for event in visit.journal.events] == [EventKind.OPENED]


def test_labels_no_bedside_test_parts_are_one_hypothesis(new_visit: NewVisit) -> None:
    given = {"lumbar_muscle_strain": 0.3, "nonspecific_low_back_pain": 0.5, "other": 0.2}
    assert new_visit().estimate(given) == pytest.approx({"idiopathic_axial": 0.8, "other": 0.2})


def test_every_fault_of_a_plan_is_named_at_once(new_visit: NewVisit, case_and_key: tuple[Case, Key]) -> None:
    visit = upto(new_visit(), case_and_key[1], Step.PLAN)
    with pytest.raises(InputError) as caught:
        visit.plan([
            {"modality": "nsaid_oral"},
            {"modality": "nsaid_oral", "agent": "ibuprofn"},
            {"modality": "yogga"},
            {"modality": "nsaid_oral", "agent": "ibuprofen", "dose": {"amount": 400}},
        ])  # fmt: skip
    message = str(caught.value)
    for words in (
        "Entry 1: nsaid_oral needs the drug",
        'Entry 2: nsaid_oral has no drug "ibuprofn"',
        "Entry 3: no treatment",
        "Entry 4: a dose needs its unit",
    ):
        assert words in message


@pytest.mark.parametrize(
    ("forecasts", "words"),
    [
        ({"odi": {12: [40, 30, 50]}}, "must rise"),
        ({"odi": {12: [10, 30, 150]}}, "0 to 100"),
        ({"odi": {13: [10, 30, 50]}}, "Week 13 is not asked for"),
        ({"promis": {12: [10, 30, 50]}}, "measure to forecast"),
        ({"odi": {12: [10, 30]}}, "three numbers"),
    ],
)
def test_an_impossible_forecast_is_refused(
    new_visit: NewVisit,
    case_and_key: tuple[Case, Key],
    forecasts: dict[str, dict[int, list[float]]],
    words: str,
) -> None:
    visit = upto(new_visit(), case_and_key[1], Step.FORECAST)
    with pytest.raises(CasekitError, match=words):
        visit.forecast(forecasts)


def test_nothing_of_the_key_opens_before_closing(new_visit: NewVisit, case_and_key: tuple[Case, Key]) -> None:
    visit = upto(new_visit(), case_and_key[1], Step.FOLLOW_UP)
    for read in (visit.score, lambda: debrief(visit), lambda: visit.outcome("odi", 6)):
        with pytest.raises(VisitError):
            read()
    with pytest.raises(VisitError, match="opens once your estimate is committed"):
        new_visit().calculation(0)


def test_a_visit_resumes_where_it_was_left(tmp_path: Path, new_visit: NewVisit) -> None:
    journal = FileJournal(tmp_path / "v.jsonl")
    visit = new_visit(journal)
    visit.estimate(SURE)
    visit.ask("saddle_check")
    visit.draft("notes", {"text": "left leg"})
    left = visit.state
    journal.close()
    again = new_visit(FileJournal(tmp_path / "v.jsonl"))
    assert again.resumed
    assert again.state == left


def test_a_journal_of_another_text_of_the_case_is_read_only(
    new_visit: NewVisit, case_and_key: tuple[Case, Key]
) -> None:
    from dataclasses import replace

    case, key = case_and_key
    visit = new_visit()
    visit.estimate(SURE)
    newer = replace(case, version="2.0.0", content_hash="other")
    again = Visit(
        case=newer, key=key, evidence=api.load_evidence(), journal=visit.journal, clock=lambda: FIXED_TIME
    )
    assert "version 1.0.0" in again.read_only
    assert "2.0.0" in again.read_only
    with pytest.raises(CasekitError, match="Start again"):
        again.ask("saddle_check")
    again.start_again()
    assert again.read_only == ""
    assert again.state.case_version == "2.0.0"


def test_the_same_patient_differs_by_the_plan_alone(case_and_key: tuple[Case, Key]) -> None:
    case, key = case_and_key
    visit = play(case, key, api.load_evidence(), key.expert)
    shown = debrief(visit)
    assert shown.outcomes == shown.expert_outcomes
    for instrument, weeks in shown.outcomes.items():
        for week, y in weeks.items():
            assert y <= shown.no_care_outcomes[instrument][week]


def test_drafts_never_change_the_score(case_and_key: tuple[Case, Key]) -> None:
    case, key = case_and_key
    plain = play(case, key, api.load_evidence(), key.decoy[:-1])
    drafted = play(case, key, api.load_evidence(), key.decoy[:-1])
    drafted.draft("plan", {"items": [{"modality": "bed_rest"}]})
    plain.close()
    drafted.close()
    assert plain.score() == drafted.score()


class AnyLearner(RuleBasedStateMachine):
    """Whatever a learner does in whatever order: refused with words or done, replayable, never back."""

    def __init__(self) -> None:
        super().__init__()
        self.case, self.key = api.load_case_and_key(CASE)

    @initialize()
    def begin(self) -> None:
        self.visit = Visit(
            case=self.case,
            key=self.key,
            evidence=api.load_evidence(),
            journal=Journal(),
            clock=lambda: FIXED_TIME,
        )
        self.furthest = 0

    def attempt(self, deed: Callable[[], object]) -> None:
        events = len(self.visit.journal.events)
        try:
            deed()
        except CasekitError as error:
            said = str(error)
        else:
            return
        assert said
        assert len(self.visit.journal.events) == events

    @rule(data=st.data())
    def ask_or_examine_anything(self, data: st.DataObject) -> None:
        fact = data.draw(st.sampled_from(self.case.facts)).id
        deed = data.draw(st.sampled_from([self.visit.ask, self.visit.examine, self.visit.order]))
        self.attempt(lambda: deed(fact))

    @rule(p=st.floats(0, 1))
    def estimate(self, p: float) -> None:
        self.attempt(lambda: self.visit.estimate({"spinal_malignancy": p, "other": 1 - p}))

    @rule(data=st.data())
    def do_a_recorded_act(self, data: st.DataObject) -> None:
        recorded = data.draw(st.sampled_from((*self.key.expert, *self.key.decoy)))
        self.attempt(lambda: perform(self.visit, recorded, 1))

    @invariant()
    def events_alone_give_the_state(self) -> None:
        door = tuple(fact.id for fact in self.case.facts if fact.kind is FactKind.DOOR)
        assert fold(self.visit.journal.events, door) == self.visit.state

    @invariant()
    def the_visit_never_goes_back(self) -> None:
        assert self.visit.state.step.number >= self.furthest
        self.furthest = self.visit.state.step.number

    @invariant()
    def estimates_sum_to_one(self) -> None:
        for estimate in self.visit.state.estimates:
            assert sum(estimate.probabilities.values()) == pytest.approx(1)


TestAnyLearner = AnyLearner.TestCase
TestAnyLearner.settings = settings(
    derandomize=True, max_examples=40, stateful_step_count=30, deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)  # fmt: skip

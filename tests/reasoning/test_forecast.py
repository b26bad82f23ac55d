"""How the forecast behaves: what moves it, what may not, and how it explains itself."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casekit.content.evidence import load_evidence
from casekit.reasoning.forecast import forecast
from casekit.reasoning.forecast_result import Forecast, recorded_value

OUTCOME = load_evidence().outcome
MODEL = OUTCOME.model_proposal
PROPERTY = settings(derandomize=True, deadline=None, max_examples=200, database=None)

INSTRUMENTS = st.sampled_from([("disability", "odi"), ("disability", "rmdq24"), ("pain", "nrs_pain")])
PHASES = st.sampled_from(list(MODEL.phases))
BASELINES = st.floats(0, 100)
WEEKS = st.floats(0.1, 156)
TREATMENTS = st.dictionaries(
    st.sampled_from(list(MODEL.parameters.treatments.table)), st.floats(0, 1), max_size=5
)
MODIFIERS = st.fixed_dictionaries(
    {},
    optional={
        name: st.sampled_from(list(row.levels)) for name, row in MODEL.parameters.modifiers.table.items()
    },
)


def latent(found: Forecast, kind: str) -> dict[str, float]:
    return {part.id: part.latent_points for part in found.parts if part.kind == kind}


@PROPERTY
@given(PHASES, INSTRUMENTS, BASELINES, WEEKS, MODIFIERS, TREATMENTS)
def test_every_number_of_a_forecast_stays_in_its_range(
    phase: str,
    measure: tuple[str, str],
    baseline: float,
    weeks: float,
    modifiers: dict[str, str],
    treatments: dict[str, float],
) -> None:
    domain, instrument = measure
    found = forecast(
        OUTCOME,
        phase=phase,
        domain=domain,
        instrument=instrument,
        baseline=baseline,
        weeks=weeks,
        modifiers=modifiers,
        treatments=treatments,
    )
    assert 0 <= found.q10 <= found.q50 <= found.q90 <= 100
    assert 0 <= found.mean <= 100
    chances = (found.p_mic, found.p_worse_mic, found.p_same, found.p_zero, found.p_improved_30 or 0)
    assert all(-1e-12 <= chance <= 1 + 1e-12 for chance in chances)
    assert found.waterfall[-1].after == pytest.approx(found.mean, abs=1e-6)
    assert sum(step.points for step in found.waterfall) == pytest.approx(found.mean, abs=1e-6)


@PROPERTY
@given(PHASES, INSTRUMENTS, BASELINES, BASELINES, WEEKS)
def test_a_worse_start_never_means_a_better_outcome(
    phase: str, measure: tuple[str, str], one: float, two: float, weeks: float
) -> None:
    domain, instrument = measure
    better, worse = (
        forecast(OUTCOME, phase=phase, domain=domain, instrument=instrument, baseline=start, weeks=weeks)
        for start in sorted((one, two))
    )
    assert better.m <= worse.m + 1e-8
    assert better.mean <= worse.mean + 1e-8


@PROPERTY
@given(PHASES, BASELINES, WEEKS, TREATMENTS, st.floats(0, 1))
def test_a_treatment_without_effect_moves_nothing(
    phase: str, baseline: float, weeks: float, treatments: dict[str, float], adherence: float
) -> None:
    without = {name: share for name, share in treatments.items() if name != "paracetamol"}
    plain = forecast(OUTCOME, phase=phase, baseline=baseline, weeks=weeks, treatments=without)
    more = forecast(
        OUTCOME, phase=phase, baseline=baseline, weeks=weeks, treatments=without | {"paracetamol": adherence}
    )
    assert more.m == plain.m


@PROPERTY
@given(PHASES, INSTRUMENTS, WEEKS, TREATMENTS)
def test_treatments_together_help_at_most_by_the_strongest_and_the_overlap_of_the_rest(
    phase: str, measure: tuple[str, str], weeks: float, treatments: dict[str, float]
) -> None:
    domain, instrument = measure
    shared = {"phase": phase, "domain": domain, "instrument": instrument, "baseline": 50, "weeks": weeks}
    alone = sorted(
        sum(latent(forecast(OUTCOME, **shared, treatments={name: share}), "treatment").values())
        for name, share in treatments.items()
    )
    together = sum(latent(forecast(OUTCOME, **shared, treatments=treatments), "treatment").values())
    strongest, rest = (alone[0], alone[1:]) if alone else (0.0, [])
    overlap = MODEL.parameters.treatments.overlap.value
    assert strongest + overlap * sum(rest) - 1e-9 <= together <= strongest + 1e-9


def test_a_redundant_second_treatment_adds_exactly_its_overlap() -> None:
    both = forecast(
        OUTCOME, phase="chronic", baseline=44, weeks=12, treatments={"spinal_manipulation": 1, "exercise": 1}
    )
    assert latent(both, "treatment") == pytest.approx({"spinal_manipulation": -6.7, "exercise": 0.25 * -5.8})


def test_the_order_in_which_treatments_and_modifiers_are_named_is_irrelevant() -> None:
    treatments = {"exercise": 0.8, "cbt": 0.5, "spinal_manipulation": 0.8}
    modifiers = {"start_back": "high", "coping": "maladaptive", "fear_avoidance": "low"}
    found = {
        forecast(
            OUTCOME,
            phase="chronic",
            baseline=44,
            weeks=12,
            treatments={name: treatments[name] for name in some},
            modifiers={name: modifiers[name] for name in others},
        ).m
        for some, others in zip(permutations(treatments), permutations(modifiers), strict=True)
    }
    assert max(found) - min(found) < 1e-9


def test_modifiers_do_not_change_what_a_treatment_adds() -> None:
    plain = forecast(OUTCOME, phase="chronic", baseline=44, weeks=12, treatments={"exercise": 1})
    afraid = forecast(
        OUTCOME,
        phase="chronic",
        baseline=44,
        weeks=12,
        treatments={"exercise": 1},
        modifiers={"fear_avoidance": "high"},
    )
    assert latent(plain, "treatment") == latent(afraid, "treatment")


def test_knowing_more_does_not_narrow_the_spread() -> None:
    plain = forecast(OUTCOME, phase="chronic", baseline=44, weeks=12)
    known = forecast(
        OUTCOME,
        phase="chronic",
        baseline=44,
        weeks=12,
        modifiers={"start_back": "low"},
        treatments={"cbt": 1},
    )
    assert known.s == plain.s


@pytest.mark.parametrize(
    ("start", "weeks", "as_after"),
    [
        (6, 18, 12),  # twelve weeks of treatment by week 18
        (6, 6, 0),  # begins today
        (6, 4, 0),  # not begun
    ],
)
def test_a_treatment_begun_later_counts_from_its_start(start: float, weeks: float, as_after: float) -> None:
    late = forecast(
        OUTCOME,
        phase="chronic",
        baseline=44,
        weeks=weeks,
        treatments={"exercise": 1},
        treatment_start={"exercise": start},
    )
    expected = {0: 0.0, 12: -5.8}[int(as_after)]
    assert latent(late, "treatment")["exercise"] == pytest.approx(expected)


def test_an_effect_held_beyond_its_data_says_so() -> None:
    found = forecast(
        OUTCOME,
        phase="chronic",
        baseline=50,
        weeks=104,
        treatments={"cognitive_functional_therapy": 0.5, "nsaid_chronic": 1.0},
    )
    assert "nsaid_chronic: Held at its value of week 12: an assumption, not data." in found.notes
    assert "The course is held at its value of week 52: an assumption, not data." in found.notes
    assert not any(note.startswith("cognitive") for note in found.notes)  # its table runs to week 156


def test_effects_on_top_of_the_pain_clinic_course_are_called_optimistic() -> None:
    found = forecast(
        OUTCOME, phase="chronic", baseline=52, weeks=12, care_setting="pain_clinic", treatments={"cbt": 1}
    )
    assert any("optimistic" in note for note in found.notes)
    assert any("expert opinion" in note for note in found.notes)


def test_every_part_names_how_its_number_was_checked() -> None:
    found = forecast(
        OUTCOME,
        phase="acute",
        baseline=60,
        weeks=2,
        modifiers={"recovery_expectation": "negative"},
        treatments={"nsaid_acute": 1},
    )
    checked = {part.id: part.verification for part in found.parts if part.kind != "baseline"}
    assert checked == {"acute": "secondary", "recovery_expectation": "recalled", "nsaid_acute": "recalled"}
    assert all(part.origin for part in found.parts if part.kind != "baseline")


def test_at_week_zero_the_outcome_is_the_observed_baseline() -> None:
    found = forecast(OUTCOME, phase="chronic", baseline=0, weeks=0, treatments={"exercise": 1})
    assert (found.mean, found.q10, found.q90, found.s, found.p_zero) == (0, 0, 0, 0, 1)
    assert (found.p_improved_30, found.p_mic, found.p_worse_mic) == (0, 0, 0)


def test_without_room_to_worsen_nobody_does() -> None:
    full = forecast(OUTCOME, phase="stenosis", domain="pain", instrument="nrs_pain", baseline=81, weeks=52)
    just = forecast(OUTCOME, phase="stenosis", domain="pain", instrument="nrs_pain", baseline=80, weeks=52)
    assert full.p_worse_mic == 0
    assert just.p_worse_mic == pytest.approx(1 - just.cdf(100 - 1e-9))  # the mass at the top is worse by 20


def test_improving_by_exactly_the_whole_baseline_is_still_possible() -> None:
    found = forecast(OUTCOME, phase="chronic", instrument="rmdq", baseline=100 * 5 / 24, weeks=12)
    assert found.p_mic == found.p_zero > 0


@pytest.mark.parametrize(
    ("y", "step", "recorded"),
    [
        (13.404, 2, 14),
        (13.0, 2, 14),  # halves go up
        (0.99, 2, 0),
        (100, 100 / 24, 100),  # exactly the top, not a hair more
        (29.2, 100 / 24, 700 / 24),
        (44.999, 10, 40),
        (45, 10, 50),
    ],
)
def test_an_outcome_is_recorded_in_the_steps_of_its_instrument(
    y: float, step: float, recorded: float
) -> None:
    assert recorded_value(y, step) == recorded

"""Belief and the value of a test: odds, many hypotheses, ratios, information, thresholds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casekit.errors import InputError
from casekit.reasoning.scoring import belief

PROPERTY = settings(derandomize=True, deadline=None, max_examples=500, database=None)
PRIOR = dict(zip("abcd", (0.30, 0.10, 0.58, 0.02), strict=True))
PRESENT = dict(zip("abcd", (0.92, 0.20, 0.30, 0.60), strict=True))
ABSENT = {name: 1 - p for name, p in PRESENT.items()}


def test_a_ratio_works_on_the_odds() -> None:
    odds = 0.30 / 0.70 * 3.7
    assert belief.posttest_probability(0.30, 3.7) == pytest.approx(odds / (1 + odds))
    assert belief.posttest_probability(0.30, 3.7) == pytest.approx(0.613260, abs=5e-7)


@pytest.mark.parametrize("certain", [0, 1])
def test_no_finding_moves_certainty(certain: float) -> None:
    assert belief.posttest_probability(certain, 20) == certain


@pytest.mark.parametrize(
    ("likelihood", "posttest"),
    [
        (PRESENT, (0.572614, 0.041494, 0.360996, 0.024896)),
        (ABSENT, (0.046332, 0.154440, 0.783784, 0.015444)),
        ({"a": 3.7}, (0.613260, 0.055249, 0.320442, 0.011050)),  # one ratio rescales the rest in proportion
    ],
)
def test_many_hypotheses(likelihood: dict[str, float], posttest: tuple[float, ...]) -> None:
    found = belief.posttest_of_many(PRIOR, likelihood)
    assert tuple(found.values()) == pytest.approx(posttest, abs=5e-7)


def test_information_of_a_finding() -> None:
    assert belief.entropy(PRIOR) == pytest.approx(1.421967, abs=5e-7)
    assert belief.entropy(belief.posttest_of_many(PRIOR, PRESENT)) == pytest.approx(1.314377, abs=5e-7)
    assert belief.entropy(belief.posttest_of_many(PRIOR, ABSENT)) == pytest.approx(0.989936, abs=5e-7)
    assert belief.information_gain(PRIOR, PRESENT) == pytest.approx(0.275651, abs=5e-7)


@PROPERTY
@given(
    st.lists(st.tuples(st.floats(0.001, 1), st.floats(0, 1)), min_size=2, max_size=6),
    st.randoms(use_true_random=False),
)
def test_information_is_never_negative_and_carries_no_label(
    rows: list[tuple[float, float]], order: object
) -> None:
    total = sum(weight for weight, _ in rows)
    prior = {f"h{k}": weight / total for k, (weight, _) in enumerate(rows)}
    present = {f"h{k}": p for k, (_, p) in enumerate(rows)}
    gain = belief.information_gain(prior, present)
    assert 0 <= gain <= belief.entropy(prior) + 1e-9
    names = sorted(prior)
    order.shuffle(names)  # type: ignore[attr-defined]
    renamed = dict(zip(prior, names, strict=True))
    again = belief.information_gain(
        {renamed[name]: p for name, p in prior.items()}, {renamed[name]: p for name, p in present.items()}
    )
    assert again == pytest.approx(gain, abs=1e-9)


def test_findings_are_ranked_by_information_per_minute_and_ties_by_id() -> None:
    gains, minutes = {"b": 0.2, "a": 0.2, "c": 0.9}, {"c": 9.0, "b": 0.1, "a": 1.0}
    assert belief.rank_by_gain(gains, minutes) == ["a", "b", "c"]  # a tenth of a minute counts as one


def test_ratios_with_interval_from_a_table() -> None:
    positive, negative = belief.ratios_from_table(46, 14, 4, 36)
    assert positive.ratio == pytest.approx((46 / 50) / (14 / 50))
    assert positive.log_error == pytest.approx(0.230581, abs=5e-7)
    assert positive.lower == pytest.approx(2.091022, abs=5e-7)
    assert positive.upper == pytest.approx(5.162985, abs=5e-7)
    assert negative.ratio == pytest.approx((4 / 50) / (36 / 50))
    assert negative.log_error == pytest.approx(0.487625, abs=5e-7)


def test_an_empty_cell_adds_half_a_patient_to_each() -> None:
    positive, _ = belief.ratios_from_table(10, 0, 5, 20)
    assert positive.ratio == pytest.approx((10.5 / 16) / (0.5 / 21))


def test_dependent_ratios_are_shrunk_on_the_logarithm() -> None:
    assert belief.shrunk_ratio({"a": 4, "b": 4}, factor=0.5) == pytest.approx(4)


@pytest.mark.parametrize(
    ("risk", "lower", "upper", "worth"),
    [
        (0.2, 0.077869, 0.553571, True),
        (2.0, 0.262295, -0.25, False),
    ],
)
def test_thresholds(risk: float, lower: float, upper: float, worth: bool) -> None:
    found = belief.treatment_thresholds(benefit=10, harm=2, risk=risk, sensitivity=0.92, specificity=0.72)
    assert found.no_test == pytest.approx(2 / 12)
    assert (found.lower, found.upper) == (pytest.approx(lower, abs=5e-7), pytest.approx(upper, abs=5e-7))
    assert found.test_is_worth_it is worth


def test_a_probability_on_a_threshold_belongs_to_the_side_above() -> None:
    found = belief.Thresholds(no_test=0.2, lower=0.1, upper=0.5)
    assert [found.advice(p) for p in (0.09, 0.1, 0.49, 0.5)] == ["neither", "test", "test", "treat"]
    never = belief.Thresholds(no_test=0.2, lower=0.5, upper=0.1)
    assert [never.advice(p) for p in (0.19, 0.2)] == ["neither", "treat"]


def test_impossible_input_is_refused() -> None:
    with pytest.raises(InputError, match="positive"):
        belief.posttest_probability(0.3, 0)
    with pytest.raises(InputError, match="between 0 and 1"):
        belief.posttest_probability(1.3, 2)
    with pytest.raises(InputError, match="every weight is 0"):
        belief.posttest_of_many({"a": 1.0}, {"a": 0.0})
    with pytest.raises(InputError, match="diseased and non-diseased"):
        belief.ratios_from_table(0, 1, 0, 1)
    with pytest.raises(InputError, match="above 0"):
        belief.treatment_thresholds(benefit=0, harm=2, risk=0, sensitivity=0.9, specificity=0.9)

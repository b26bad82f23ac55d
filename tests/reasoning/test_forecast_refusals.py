"""What the forecast model refuses, by name and with what is allowed; and what it takes but ignores."""

from __future__ import annotations

from typing import Any

import pytest

from casekit.content.evidence import load_evidence
from casekit.errors import CasekitError, InputError, UnknownIdError
from casekit.reasoning.forecast import forecast

OUTCOME = load_evidence().outcome
RIGHT: dict[str, Any] = {"phase": "chronic", "baseline": 44, "weeks": 12}


@pytest.mark.parametrize(
    ("change", "error", "words"),
    [
        ({"phase": "chornic"}, UnknownIdError, ['"chornic"', "acute", "stenosis", 'Did you mean "chronic"']),
        ({"domain": "function"}, UnknownIdError, ['"function"', "pain, disability"]),
        ({"instrument": "psfs"}, UnknownIdError, ['"psfs"', "no other instrument stands in", "odi"]),
        ({"instrument": "oswestry"}, UnknownIdError, ['"oswestry"', "rmdq24"]),
        ({"instrument": "nrs_pain"}, InputError, ["measures pain, not disability", "odi"]),
        ({"domain": "pain"}, InputError, ['"odi" measures disability, not pain', "nrs"]),
        ({"baseline": 101}, InputError, ["baseline", "0 to 100", "101"]),
        ({"baseline": -0.1}, InputError, ["-0.1"]),
        ({"baseline": float("nan")}, InputError, ["nan"]),
        ({"baseline": "44"}, InputError, ["'44'"]),
        ({"baseline": True}, InputError, ["True"]),
        ({"weeks": 157}, InputError, ["0 to 156", "157"]),
        ({"weeks": -1}, InputError, ["-1"]),
        ({"modifiers": {"smoking": "yes"}}, UnknownIdError, ['"smoking"', "start_back"]),
        ({"modifiers": {"start_back": "hgih"}}, UnknownIdError, ['"hgih"', "low, medium, high", '"high"']),
        ({"treatments": {"yoga": 1.0}}, UnknownIdError, ['"yoga"', "exercise"]),
        ({"treatments": {"exercise": 1.2}}, InputError, ["adherence to exercise", "1.2"]),
        ({"care_setting": "hospital"}, UnknownIdError, ['"hospital"', "usual, pain_clinic"]),
        ({"treatment_start": {"exercise": 2}}, UnknownIdError, ['"exercise"']),  # not part of the plan
        ({"treatments": {"cbt": 1}, "treatment_start": {"cbt": -1}}, InputError, ["starting week of cbt"]),
    ],
)
def test_an_impossible_input_is_refused_by_name(
    change: dict[str, Any], error: type[CasekitError], words: list[str]
) -> None:
    with pytest.raises(error) as caught:
        forecast(OUTCOME, **(RIGHT | change))
    for word in words:
        assert word in str(caught.value)


def test_a_score_of_six_is_never_taken_for_sixty() -> None:
    found = forecast(OUTCOME, phase="chronic", domain="pain", instrument="nrs", baseline=6, weeks=0)
    assert found.mean == 6


def test_week_zero_still_refuses_what_is_unknown() -> None:
    with pytest.raises(UnknownIdError):
        forecast(OUTCOME, **(RIGHT | {"weeks": 0, "modifiers": {"smoking": "yes"}}))


def test_what_has_no_effect_here_is_listed_with_its_reason() -> None:
    found = forecast(
        OUTCOME,
        phase="radicular",
        domain="pain",
        instrument="nrs_pain",
        baseline=70,
        weeks=12,
        modifiers={"leg_pain": "present", "start_back": "high"},
        treatments={"exercise": 1.0, "stratified_care": 1.0},
        care_setting="pain_clinic",
    )
    assert {(item.kind, item.id): item.reason for item in found.ignored} == {
        ("modifier", "leg_pain"): "only estimated for acute, subacute, chronic, not radicular",
        ("treatment", "exercise"): "only estimated for subacute, chronic, not radicular",
        ("treatment", "stratified_care"): "no estimate for pain",
        ("care_setting", "pain_clinic"): "only estimated for the chronic phase, not radicular",
    }


def test_ignored_input_moves_nothing_and_takes_no_part_in_the_overlap() -> None:
    plain = forecast(OUTCOME, phase="radicular", baseline=50, weeks=12, treatments={"stratified_care": 1.0})
    more = forecast(
        OUTCOME,
        phase="radicular",
        baseline=50,
        weeks=12,
        treatments={"exercise": 1.0, "stratified_care": 1.0},
    )
    assert more.m == plain.m

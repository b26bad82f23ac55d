"""A course the case gives itself reads like a forecast of the model."""

from __future__ import annotations

from math import log

import pytest

from casekit.content.evidence import load_evidence
from casekit.domain.key import CoursePoint, OwnCourse
from casekit.errors import CaseError, InputError
from casekit.reasoning.course import draw_path, outcome_at
from casekit.reasoning.forecast_own_course import own_course_forecast, right_care_given
from casekit.reasoning.forecast_result import Forecast

OUTCOME = load_evidence().outcome
COURSE = OwnCourse(
    reason="an invented emergency, for the test",
    right_care=(("refer_emergency",), ("imaging_mri", "imaging_ct")),
    points=(
        CoursePoint(domain="disability", weeks=2, mean=60, sd=10, missed_mean=80, missed_sd=12),
        CoursePoint(domain="disability", weeks=12, mean=20, sd=14, missed_mean=90, missed_sd=16),
    ),
)


def at(weeks: float, *, good: bool = True, baseline: float = 70) -> Forecast:
    return own_course_forecast(
        OUTCOME, COURSE, good=good, domain="disability", instrument="odi", baseline=baseline, weeks=weeks
    )


@pytest.mark.parametrize(
    ("weeks", "good", "m", "s"),
    [
        (0, True, 70, 0),  # observed
        (2, True, 60, 10),
        (2, False, 80, 12),
        (12, False, 90, 16),
        (52, True, 20, 14),  # held after the last week
        # halfway between 2 and 12 on log(1 + weeks): 1 + t = sqrt(3 * 13)
        ((3 * 13) ** 0.5 - 1, True, 40, 12),
        # before the first week the mean leaves the baseline: half of log 3
        (3**0.5 - 1, True, 65, 10),
    ],
)
def test_the_listed_points_are_read_in_between(weeks: float, good: bool, m: float, s: float) -> None:
    found = at(weeks, good=good)
    assert (found.m, found.s) == (pytest.approx(m), pytest.approx(s))
    assert log(1 + weeks) >= 0


def test_one_of_each_group_makes_the_right_care() -> None:
    assert right_care_given(COURSE, ["refer_emergency", "imaging_ct", "education"])
    assert not right_care_given(COURSE, ["refer_emergency"])
    assert not right_care_given(COURSE, [])


def test_missed_care_is_worse_for_the_same_patient() -> None:
    path = draw_path(OUTCOME, 7)
    assert outcome_at(at(12, good=False), path).y > outcome_at(at(12), path).y


def test_it_explains_itself_and_is_marked_as_opinion() -> None:
    found = at(12)
    assert found.waterfall[-1].after == pytest.approx(found.mean)
    assert (found.parts[-1].basis, found.parts[-1].origin) == ("expert", COURSE.reason)


def test_a_domain_without_points_is_an_error_of_the_case() -> None:
    with pytest.raises(CaseError, match="no points for pain"):
        own_course_forecast(OUTCOME, COURSE, good=True, domain="pain", instrument="nrs", baseline=50, weeks=2)


def test_an_impossible_baseline_is_refused() -> None:
    with pytest.raises(InputError, match="0 to 100"):
        at(2, baseline=170)

"""Key features: partial credit, harm, the limit, and what an added answer may do."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casekit.errors import InputError
from casekit.reasoning.scoring.key_features import case_score, exam_score, score_question

ACCEPT = [{"a"}, {"b", "b'"}, {"c"}, {"d"}]
HARMFUL = {"h"}
PROPERTY = settings(derandomize=True, deadline=None, max_examples=500, database=None)
ANSWERS = st.lists(st.sampled_from(["a", "b", "b'", "c", "d", "x", "y", "z"]), max_size=6)


@pytest.mark.parametrize(
    ("selected", "score"),
    [
        ("a b' x", 2 / 4),  # a wrong but harmless answer costs nothing
        ("b b'", 1 / 4),  # two answers of one group are one hit
        ("a b c d x", 1),
        ("a b c d h", 0),  # harm zeroes the question
        ("a b c d x y", 0),  # more than the limit of five
        ("", 0),
        ("a a a", 1 / 4),  # given twice, counted once
    ],
)
def test_partial_credit(selected: str, score: float) -> None:
    assert score_question(selected.split(), accept=ACCEPT, harmful=HARMFUL, limit=5).score == score


@pytest.mark.parametrize(
    ("selected", "score"),
    [
        ("a b' x", 0),  # all or nothing
        ("a b c d x", 1),
        ("a b c d h", 0),
    ],
)
def test_all_or_nothing(selected: str, score: float) -> None:
    found = score_question(selected.split(), accept=ACCEPT, harmful=HARMFUL, limit=5, dichotomous=True)
    assert found.score == score


def test_partial_credit_is_real_valued() -> None:
    assert score_question(["a"], accept=[{"a"}, {"b"}, {"c"}], limit=3).score == pytest.approx(1 / 3)
    six = [{name} for name in "abcdef"]
    assert score_question("abcde", accept=six, limit=6).score == pytest.approx(5 / 6)


def test_the_score_says_why() -> None:
    found = score_question(["h", "c"], accept=ACCEPT, harmful=HARMFUL, limit=1)
    assert (found.hits, found.harmful, found.too_many) == ((False, False, True, False), ("h",), True)
    assert not score_question([], accept=ACCEPT, limit=1).answered


@PROPERTY
@given(ANSWERS, st.sampled_from(["x", "new"]), st.integers(1, 6))
def test_a_wrong_answer_added_never_raises_the_score(answers: list[str], extra: str, limit: int) -> None:
    before = score_question(answers, accept=ACCEPT, harmful=HARMFUL, limit=limit).score
    assert score_question([*answers, extra], accept=ACCEPT, harmful=HARMFUL, limit=limit).score <= before


@PROPERTY
@given(ANSWERS, st.integers(1, 6))
def test_a_harmful_answer_added_leaves_nothing(answers: list[str], limit: int) -> None:
    assert score_question([*answers, "h"], accept=ACCEPT, harmful=HARMFUL, limit=limit).score == 0


@PROPERTY
@given(ANSWERS, st.permutations(["a", "b", "b'", "c", "d", "x", "y", "z", "h"]))
def test_other_names_for_the_same_answers_change_nothing(answers: list[str], renamed: list[str]) -> None:
    names = dict(zip(["a", "b", "b'", "c", "d", "x", "y", "z", "h"], renamed, strict=True))
    before = score_question(answers, accept=ACCEPT, harmful=HARMFUL, limit=4).score
    after = score_question(
        [names[answer] for answer in answers],
        accept=[{names[answer] for answer in group} for group in ACCEPT],
        harmful={names["h"]},
        limit=4,
    ).score
    assert before == after


def test_a_case_is_the_mean_of_its_questions_and_an_exam_of_its_cases() -> None:
    assert case_score([0.75, 1, 0]) == pytest.approx((0.75 + 1 + 0) / 3)
    assert exam_score([1.0, 0.5]) == 0.75  # one question or four: cases weigh the same
    assert case_score([]) is None
    assert exam_score([None, 0.5]) == 0.5  # a case without questions leaves the mean
    assert exam_score([None]) is None


@pytest.mark.parametrize(("accept", "limit"), [([], 1), ([set()], 1), ([{"a"}], 0)])
def test_a_question_that_cannot_be_answered_is_refused(accept: list[set[str]], limit: int) -> None:
    with pytest.raises(InputError, match="at least one acceptable answer"):
        score_question(["a"], accept=accept, limit=limit)

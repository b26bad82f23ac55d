"""The drawings stand where their numbers say, and say nothing that is not written beside them."""

from __future__ import annotations

import re
from math import log

import pytest

from casekit.ui.panels.ratio_marks import (
    forest,
    forest_ticks,
    place_of_ratio,
    prevalence,
    slopes,
    step_bar,
    two_shares,
)


@pytest.mark.parametrize(
    ("ratio", "place", "why"),
    [
        (1.0, 50.0, "1 is the middle of 0.05 to 20 on a log axis"),
        (20.0, 100.0, "the upper end"),
        (0.05, 0.0, "the lower end"),
        (180.0, 100.0, "beyond the end stays at the end"),
        (0.001, 0.0, "below the start stays at the start"),
        (5.0, 100 * log(5 / 0.05) / log(20 / 0.05), "the log axis itself"),
    ],
)
def test_ratio_stands_on_the_log_axis(ratio: float, place: float, why: str) -> None:
    assert place_of_ratio(ratio) == pytest.approx(place), why


def test_forest_without_ratio_shows_only_the_line_at_one() -> None:
    drawn = str(forest(None))
    assert "ck-m-one" in drawn
    assert "ck-m-shape" not in drawn


def test_interval_beyond_the_axis_ends_in_an_arrow() -> None:
    inside, beyond = str(forest(7.4, (1.9, 19.0))), str(forest(7.4, (1.9, 30.0)))
    assert inside.count('d="M0 -4V4"') == 2
    assert beyond.count('d="M0 -4V4"') == 1
    assert "M0 -4L6 0L0 4" in beyond


def test_what_does_not_count_is_open_and_dashed() -> None:
    assert "ck-m-open" not in str(forest(2.0, (1.0, 3.0)))
    assert str(forest(2.0, (1.0, 3.0), counts=False)).count("ck-m-open") == 4  # line, two caps, mark


def test_opinion_is_an_open_diamond() -> None:
    assert 'class="ck-m-shape ck-m-open" d="M0 -6' in str(forest(0.5, mark="diamond"))


def test_capped_ratio_shows_where_it_was_published_and_where_it_was_held() -> None:
    drawn = str(forest(1.0, held_from=0.11))
    assert "ck-m-stop" in drawn
    assert f'x="{place_of_ratio(0.11):.2f}%"' in drawn


@pytest.mark.parametrize(("before", "after"), [(0.05, 0.45), (0.45, 0.05)])
def test_step_bar_spans_the_move_in_either_direction(before: float, after: float) -> None:
    assert 'x="5.00%" width="40.00%"' in str(step_bar(before, after))


def test_roles_are_named_only_where_there_is_room() -> None:
    assert ">calculated<" in str(two_shares(0.55, 0.63, named=True))
    assert ">calculated<" not in str(two_shares(0.02, 0.63, named=True))
    assert ">calculated<" not in str(two_shares(0.55, 0.99, named=True))


def test_slopes_fill_what_is_committed_and_leave_the_present_open() -> None:
    drawn = str(slopes([0.4, 0.5], 0.55))
    assert (drawn.count("ck-m-you"), drawn.count("ck-m-now")) == (2, 1)


def test_every_drawing_is_hidden_from_the_ear() -> None:
    drawings = (forest(2.0), step_bar(0.1, 0.2), two_shares(0.1, 0.2), prevalence(68), slopes([0.1], 0.2))
    for drawing in drawings:
        assert 'aria-hidden="true"' in str(drawing)
    assert re.findall(r">([\d.]+)<", str(forest_ticks())) == [".05", ".2", "1", "5", "20"]

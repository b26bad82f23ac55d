"""Figures as SVG: live text, pixels, colours of the theme, the same on every run, and light to import."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from casekit.plots import differential_over_time, forecast_fan, outcomes_by_plan, ranges
from casekit.plots.differential_over_time import DifferentialOverTime
from casekit.plots.forecast_fan import ForecastFan, Range
from casekit.plots.outcomes_by_plan import OutcomesByPlan
from casekit.plots.ranges import RangeMark, Ranges
from casekit.plots.style import ROLES, scale_ticks, spread
from casekit.plots.svg import drawn, to_svg

WEEKS = (6, 12, 26, 52)
BAND = tuple(Range(week=week, low=20, middle=30, high=45) for week in WEEKS)
FAN = ForecastFan(
    top=100, baseline=44, yours=BAND, model=BAND, weeks=WEEKS, happened=(42, 34, 26, 24), matters=34
)
FIGURES: list[tuple[Any, Any]] = [
    (
        differential_over_time,
        DifferentialOverTime(steps=("door note", "history"), you=(0.2, 0.4), calculated=(0.1, 0.6)),
    ),
    (
        outcomes_by_plan,
        OutcomesByPlan(
            top=10, baseline=7, weeks=WEEKS, yours=(6, 5, 4, 3), expert=(5, 4, 3, 2), no_care=(7, 6, 6, 6)
        ),
    ),
    (forecast_fan, FAN),
    (ranges, Ranges(marks=(RangeMark(group="Disability", low=10, high=20, outcome=15),))),
]


def svg_of(module: Any, data: Any) -> str:
    return to_svg(
        module.draw(data, module.WIDTHS[0]), title="A < B", description="What is seen", css="ck-wide"
    )


@pytest.mark.parametrize(("module", "data"), FIGURES)
def test_a_figure_is_well_formed_and_has_title_and_description(module: Any, data: Any) -> None:
    root = ET.fromstring(svg_of(module, data))  # noqa: S314 (our own text)
    names = [child.tag.split("}")[1] for child in root]
    assert names[:2] == ["title", "desc"]
    assert root[0].text == "A < B"
    assert root.get("width") == f"{module.WIDTHS[0]}px"


@pytest.mark.parametrize(("module", "data"), FIGURES)
def test_every_colour_follows_the_theme(module: Any, data: Any) -> None:
    text = svg_of(module, data)
    for role, colour in ROLES.items():
        text = text.replace(f"var(--ck-{role}, {colour})", "")
    assert re.findall(r"#[0-9a-f]{6}\b", text) == []


@pytest.mark.parametrize(("module", "data"), FIGURES)
def test_text_is_live_and_in_the_font_of_the_page(module: Any, data: Any) -> None:
    text = svg_of(module, data)
    assert "<text" in text
    assert "font-family" not in text
    assert "DejaVu" not in text


@pytest.mark.parametrize(("module", "data"), FIGURES)
def test_drawing_twice_gives_the_same_text(module: Any, data: Any) -> None:
    assert svg_of(module, data) == svg_of(module, data)


@pytest.mark.parametrize(("module", "data"), FIGURES)
def test_nothing_in_it_reaches_the_page_around_it(module: Any, data: Any) -> None:
    text = svg_of(module, data)
    assert "<style" not in text
    assert "<script" not in text
    ids, used = set(re.findall(r' id="([^"]+)"', text)), set(re.findall(r'(?:url\(#|href="#)([\w-]+)', text))
    assert ids == used


def test_two_widths_carry_their_classes_and_no_common_id() -> None:
    text = drawn(forecast_fan.draw, FAN, forecast_fan.WIDTHS, "Disability", FAN.description)
    wide, narrow = text.split("</svg>")[:2]
    assert 'class="ck-chart ck-wide"' in wide
    assert 'class="ck-chart ck-narrow"' in narrow
    found = [set(re.findall(r' id="([^"]+)"', part)) for part in (wide, narrow)]
    assert found[0]
    assert not found[0] & found[1]


def test_line_ends_say_who_and_the_last_value() -> None:
    text = svg_of(forecast_fan, FAN)
    for words in ("What happened, 24", "You, 30", "Model, 30", "Change that matters, 34"):
        assert f">{words}</text>" in text


def test_labels_at_the_foot_stay_above_the_names_of_the_axis() -> None:
    data = DifferentialOverTime(steps=("door note",), you=(0.0,), calculated=(0.003,))
    text = svg_of(differential_over_time, data)
    places = {words: float(y) for y, words in re.findall(r'y="([\d.]+)">([^<]+)</text>', text)}
    assert places["You, 0 %"] < places["door note"] - 10
    assert places["Calculated, 0.3 %"] < places["You, 0 %"] - 10


def test_a_forecast_that_was_not_given_is_not_drawn() -> None:
    data = ForecastFan(top=100, baseline=44, yours=(), model=BAND, weeks=WEEKS, happened=(42, 34, 26, 24))
    assert "You" not in svg_of(forecast_fan, data)
    assert "Your range" not in data.description


@pytest.mark.parametrize(
    ("places", "moved", "why"),
    [
        ([0.0, 100.0], [0.0, 100.0], "far apart: nothing moves"),
        ([50.0, 50.0], [42.5, 57.5], "one place: half a gap to each side"),
        ([50.0, 40.0], [52.5, 37.5], "order is kept, and the middle"),
        ([10.0, 10.0, 10.0], [-5.0, 10.0, 25.0], "three on one place"),
        ([], [], "nothing to label"),
    ],
)
def test_labels_move_apart_as_little_as_possible(places: list[float], moved: list[float], why: str) -> None:
    assert spread(places, 15) == pytest.approx(moved), why


@pytest.mark.parametrize(
    ("top", "largest", "ticks"),
    [
        (100, 46, [0, 20, 40, 60]),
        (100, 100, [0, 20, 40, 60, 80, 100]),
        (10, 7, [0, 2, 4, 6, 8]),
        (24, 13, [0, 6, 12, 18]),
    ],
)
def test_ticks_begin_at_zero_and_reach_what_is_drawn(top: float, largest: float, ticks: list[float]) -> None:
    assert scale_ticks(top, largest) == ticks


@pytest.mark.parametrize(
    ("outcome", "inside", "place"),
    [(10, True, 0), (20, True, 1), (15, True, 0.5), (9, False, -0.32), (21, False, 1.32)],
)
def test_the_ends_of_a_range_are_inside(outcome: float, inside: bool, place: float) -> None:
    mark = RangeMark(group="x", low=10, high=20, outcome=outcome)
    assert mark.inside is inside
    assert mark.place == pytest.approx(place)


def test_importing_the_plots_does_not_import_matplotlib() -> None:
    names = ["svg", *(module.__name__.split(".")[-1] for module, _ in FIGURES)]
    code = f"import sys; from casekit.plots import {', '.join(names)}; print('matplotlib' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_getting_ready_makes_the_first_figure_as_quick_as_the_others() -> None:
    code = (
        "import sys; from casekit.plots.svg import get_ready; get_ready(); before = set(sys.modules); "
        "from casekit.plots import ranges as r; from casekit.plots.svg import to_svg; "
        "data = r.Ranges(marks=(r.RangeMark(group='x', low=1, high=2, outcome=1),)); "
        "to_svg(r.draw(data, 300), title='t', description='d'); "
        "print([name for name in set(sys.modules) - before if name.startswith('matplotlib')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"

"""The small drawings beside numbers: forest mark, step of a probability, two shares on one scale, slopes.

Positions are in percent, so a drawing stretches with its cell while its marks keep their size. Nothing here
is the only place of a number: every drawing is hidden from the ear and stands beside its figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log

import htpy as h

from casekit.reasoning.weights import HIGHEST_RATIO, LOWEST_RATIO

TICKS = (LOWEST_RATIO, 0.2, 1.0, 5.0, HIGHEST_RATIO)
"""Ratios named on the forest axis."""
_MIDDLE = "50%"
_SLOPE_WIDTH, _SLOPE_HEIGHT, _SLOPE_STEP = 96, 26, 28


def place_of_ratio(ratio: float) -> float:
    """Place of a ratio on the log axis 0.05 to 20, in percent from the left; beyond it, at its end."""
    held = min(HIGHEST_RATIO, max(LOWEST_RATIO, ratio))
    return 100 * log(held / LOWEST_RATIO) / log(HIGHEST_RATIO / LOWEST_RATIO)


def forest(
    ratio: float | None,
    interval: tuple[float, float] | None = None,
    *,
    mark: str = "square",
    counts: bool = True,
    held_from: float | None = None,
) -> h.Element:
    """A ratio with its interval against the line at 1. `mark`: square (measured) or diamond (opinion).

    What does not count is open and dashed. `held_from` is the published ratio that a cap or floor held back.
    """
    parts: list[h.Node] = [h.line(".ck-m-one", x1=_at(50), x2=_at(50), y1="0", y2="100%")]
    if ratio is not None:
        css = "" if counts else ".ck-m-open"
        parts += _whisker(interval, css) if interval else []
        if held_from is not None:
            parts += [_shape("square", place_of_ratio(held_from), ".ck-m-open"), _stop(place_of_ratio(ratio))]
        parts += _beyond(ratio)
        parts.append(_shape(mark, place_of_ratio(ratio), ".ck-m-open" if mark == "diamond" else css))
    return _drawing(".ck-m-forest", parts)


def step_bar(before: float, after: float) -> h.Element:
    """A probability, 0 to 1, before (thin) and after (thick) a finding, on a scale from 0 to 100 %."""
    low, high = sorted((before, after))
    return _drawing(
        ".ck-m-step",
        [
            h.line(".ck-m-rail", x1="0", x2="100%", y1=_MIDDLE, y2=_MIDDLE),
            h.rect(
                ".ck-m-bar",
                x=_at(low * 100),
                width=_at((high - low) * 100),
                y=_MIDDLE,
                height="10",
                transform="translate(0 -5)",
            ),
            _tick(before * 100, ".ck-m-before"),
            _tick(after * 100, ".ck-m-after"),
        ],
    )


def two_shares(you: float, calculated: float, *, named: bool = False) -> h.Element:
    """The learner's share and the calculated one, both 0 to 1, on a scale from 0 to 100 %."""
    mine, theirs = you * 100, calculated * 100
    parts: list[h.Node] = [
        h.line(".ck-m-grid", x1=_at(x), x2=_at(x), y1="0", y2="100%") for x in range(0, 101, 20)
    ]
    parts.append(h.line(".ck-m-between", x1=_at(mine), x2=_at(theirs), y1=_MIDDLE, y2=_MIDDLE))
    parts.append(h.circle(".ck-m-you", cx=_at(mine), cy=_MIDDLE, r="4.5"))
    parts.append(_shape("square", theirs, ".ck-m-model", size=6))
    if named:
        parts += _names(mine, theirs)
    return _drawing(".ck-m-shares", parts)


def prevalence(percent: float) -> h.Element:
    """A bar from 0 to `percent` of 100."""
    parts: list[h.Node] = [
        h.line(".ck-m-grid", x1=_at(x), x2=_at(x), y1="0", y2="100%") for x in range(0, 101, 25)
    ]
    parts.append(
        h.rect(".ck-m-share", x="0", width=_at(percent), y=_MIDDLE, height="14", transform="translate(0 -7)")
    )
    return _drawing(".ck-m-prevalence", parts)


def slopes(committed: Sequence[float], now: float | None) -> h.Element:
    """Earlier shares (0 to 1, filled) and the present one (open), left to right, from 0 to 100 %."""
    values = [*committed, *([] if now is None else [now])]
    points = [
        (6 + number * _SLOPE_STEP, _SLOPE_HEIGHT - 5 - (_SLOPE_HEIGHT - 10) * min(1.0, max(0.0, value)))
        for number, value in enumerate(values)
    ]
    line = " ".join(f"{x:g},{y:.1f}" for x, y in points)
    dots = [
        h.circle(".ck-m-you" if number < len(committed) else ".ck-m-now", cx=f"{x:g}", cy=f"{y:.1f}", r="3")
        for number, (x, y) in enumerate(points)
    ]
    ground = str(_SLOPE_HEIGHT - 1)
    return h.svg(
        ".ck-mark-svg.ck-m-slopes",
        width=str(_SLOPE_WIDTH),
        height=str(_SLOPE_HEIGHT),
        aria_hidden="true",
        focusable="false",
    )[
        h.line(".ck-m-rail", x1="2", x2=str(_SLOPE_WIDTH - 2), y1=ground, y2=ground),
        h.polyline(".ck-m-slope", points=line),
        dots,
    ]


def forest_ticks() -> h.Element:
    """The numbers of the forest axis, placed as the marks are."""
    return h.span(".ck-ticks", aria_hidden="true")[
        [h.span(style=f"left:{place_of_ratio(tick):.1f}%")[f"{tick:g}".removeprefix("0")] for tick in TICKS]
    ]


def percent_ticks(every: int) -> h.Element:
    """The numbers of a 0 to 100 axis."""
    return h.span(".ck-ticks", aria_hidden="true")[
        [h.span(style=f"left:{tick}%")[str(tick)] for tick in range(0, 101, every)]
    ]


def _drawing(css: str, parts: Sequence[h.Node]) -> h.Element:
    return h.svg(f".ck-mark-svg{css}", width="100%", height="100%", aria_hidden="true", focusable="false")[
        parts
    ]


def _at(percent: float) -> str:
    return f"{percent:.2f}%"


def _shape(kind: str, percent: float, css: str, *, size: float = 4) -> h.Element:
    far = size * 1.5
    path = (
        f"M0 -{far}L{far} 0L0 {far}L-{far} 0Z"
        if kind == "diamond"
        else f"M-{size} -{size}H{size}V{size}H-{size}Z"
    )
    return _anchored(percent, h.path(f".ck-m-shape{css}", d=path))


def _anchored(percent: float, inside: h.Node) -> h.Element:
    return h.svg(x=_at(percent), y=_MIDDLE, overflow="visible", width="1", height="1")[inside]


def _whisker(interval: tuple[float, float], css: str) -> list[h.Node]:
    low, high = interval
    left, right = place_of_ratio(low), place_of_ratio(high)
    parts: list[h.Node] = [h.line(f".ck-m-line{css}", x1=_at(left), x2=_at(right), y1=_MIDDLE, y2=_MIDDLE)]
    parts.append(_arrow(0, css) if low < LOWEST_RATIO else _cap(left, css))
    parts.append(_arrow(100, css) if high > HIGHEST_RATIO else _cap(right, css))
    return parts


def _cap(percent: float, css: str) -> h.Element:
    return _anchored(percent, h.path(f".ck-m-line{css}", d="M0 -4V4"))


def _arrow(percent: float, css: str) -> h.Element:
    path = "M0 -4L6 0L0 4" if percent else "M0 -4L-6 0L0 4"
    return _anchored(percent, h.path(f".ck-m-line{css}", d=path))


def _beyond(ratio: float) -> list[h.Node]:
    """An arrow where a ratio that no cap holds lies off the scale."""
    if ratio > HIGHEST_RATIO:
        return [_anchored(100, h.path(".ck-m-line", d="M9 -4L15 0L9 4"))]
    return [_anchored(0, h.path(".ck-m-line", d="M-9 -4L-15 0L-9 4"))] if ratio < LOWEST_RATIO else []


def _stop(percent: float) -> h.Element:
    return _anchored(percent, h.path(".ck-m-stop", d="M0 -9V9"))


def _tick(percent: float, css: str) -> h.Element:
    return _anchored(percent, h.path(css, d="M0 -8V8"))


def _names(mine: float, theirs: float) -> list[h.Node]:
    """The two roles in words at the outer ends, where there is room for both."""
    left, right = min(mine, theirs), max(mine, theirs)
    if left < 14 or right > 76:
        return []
    words = {"you": mine, "calculated": theirs}
    first, second = sorted(words, key=lambda word: words[word])
    return [
        _anchored(left, h.text(f".ck-m-word.ck-m-{first}", x="-11", y="4", text_anchor="end")[first]),
        _anchored(right, h.text(f".ck-m-word.ck-m-{second}", x="11", y="4")[second]),
    ]

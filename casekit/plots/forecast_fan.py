"""The forecast as a fan: the learner's range and the model's, and the line of what happened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from casekit.plots.style import ROLES, bare_axes, end_labels, plot_series, scale_ticks, week_axis

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDTHS = (780, 300)


@dataclass(frozen=True, kw_only=True)
class Range:
    """10, 50 and 90 % at one week, in the instrument's own units."""

    week: int
    low: float
    middle: float
    high: float


@dataclass(frozen=True, kw_only=True)
class ForecastFan:
    """One measure in its own units, lower is better; `top` ends its scale.

    `yours` may miss weeks. `matters` is the score that is better than the start by the smallest important
    change, None if no such change is published or there is no room for it.
    """

    top: float
    baseline: float
    yours: tuple[Range, ...]
    model: tuple[Range, ...]
    weeks: tuple[int, ...]
    happened: tuple[float, ...]
    matters: float | None = None

    @property
    def description(self) -> str:
        """The same in a sentence."""
        last = self.weeks[-1]
        parts = [f"From {self.baseline:g} at the start to {self.happened[-1]:g} at {last} weeks."]
        for who, ranges in (("Your", self.yours), ("The model's", self.model)):
            if ranges:
                r = ranges[-1]
                parts.append(f"{who} range at {r.week} weeks: {r.low:g} to {r.high:g}, middle {r.middle:g}.")
        return " ".join([*parts, "Lower is better."])


def draw(data: ForecastFan, width: int) -> Figure:
    """Two bands, three lines, one dotted line for the change that matters; words at the ends."""
    narrow = width < 480
    figure, axes = bare_axes(width, 260 if narrow else 310, left=34, right=108 if narrow else 172)
    largest = max([data.baseline, *data.happened, *(r.high for r in (*data.yours, *data.model))])
    ticks = scale_ticks(data.top, largest)
    axes.set_ylim(0, ticks[-1])
    axes.set_yticks(ticks)
    week_axis(axes, data.weeks, narrow=narrow)
    if data.model:
        _band(axes, data.baseline, data.model, "model", hatched=True)
    if data.yours:
        _band(axes, data.baseline, data.yours, "you", hatched=False)
    if data.matters is not None:
        axes.plot(
            (0, data.weeks[-1]),
            (data.matters,) * 2,
            color=ROLES["ink2"],
            linewidth=1.2,
            linestyle=(0, (1.2, 2.4)),
            clip_on=False,
        )
    for name, ranges, order in (("model", data.model, 4), ("you", data.yours, 5)):
        if ranges:
            weeks, middles = [r.week for r in ranges], [r.middle for r in ranges]
            plot_series(axes, name, (0, *weeks), (data.baseline, *middles), order=order)
    plot_series(axes, "happened", (0, *data.weeks), (data.baseline, *data.happened), order=6)
    end_labels(axes, data.weeks[-1], _labels(data, narrow=narrow))
    return figure


def _band(axes: Axes, baseline: float, ranges: tuple[Range, ...], role: str, *, hatched: bool) -> None:
    from matplotlib.colors import to_rgba
    from matplotlib.patches import Polygon

    upper = [(0.0, baseline), *((float(r.week), r.high) for r in ranges)]
    lower = [(float(r.week), r.low) for r in reversed(ranges)]
    colour, corners = ROLES[role], [*upper, *lower]
    looks: list[dict[str, Any]] = [{"facecolor": to_rgba(colour, 0.2), "edgecolor": colour, "linewidth": 1.1}]
    if hatched:
        lines = {"edgecolor": to_rgba(colour, 0.45), "linewidth": 0, "hatch": "/", "hatch_linewidth": 1}
        looks = [lines, {"edgecolor": colour, "linewidth": 1.1, "linestyle": (0, (5, 3))}]
    for look in looks:
        patch = Polygon(corners, closed=True, **{"facecolor": "none", **look})
        patch.set_clip_on(False)
        axes.add_patch(patch)


def _labels(data: ForecastFan, *, narrow: bool) -> list[tuple[str, float, str]]:
    last = data.weeks[-1]
    words = ("Happened", "Matters") if narrow else ("What happened,", "Change that matters,")
    found = [(words[0], data.happened[-1], "happened")]
    for word, ranges, role in (("You", data.yours, "you"), ("Model", data.model, "model")):
        if ranges and ranges[-1].week == last:
            found.append((word if narrow else f"{word},", ranges[-1].middle, role))
    if data.matters is not None:
        found.append((words[1], data.matters, "ink2"))
    digits = 0 if data.top > 10 else 1
    return [(f"{word} {round(value, digits):g}", value, role) for word, value, role in found]

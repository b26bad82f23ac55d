"""Every range the learner gave, drawn to one height, with where the outcome fell.

The raw stuff of calibration: from so few forecasts no curve is drawn; that would mislead.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from casekit.plots.style import ROLES, SMALL, bare_axes

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDTHS = (560, 300)
OVERSHOOT = 0.32


@dataclass(frozen=True, kw_only=True)
class RangeMark:
    """One forecast: which group it belongs to and its outcome, all in one unit."""

    group: str
    low: float
    high: float
    outcome: float

    @property
    def inside(self) -> bool:
        """True if the outcome lies in the range; its ends are inside."""
        return self.low - 1e-9 <= self.outcome <= self.high + 1e-9

    @property
    def place(self) -> float:
        """Where the outcome lies: 0 at the low end, 1 at the high end, a little beyond if outside."""
        if not self.inside:
            return 1 + OVERSHOOT if self.outcome > self.high else -OVERSHOOT
        width = self.high - self.low
        return 0.5 if width <= 0 else (self.outcome - self.low) / width


@dataclass(frozen=True, kw_only=True)
class Ranges:
    """All ranges of a learner in the order they were asked for."""

    marks: tuple[RangeMark, ...]

    @property
    def inside(self) -> int:
        """How many outcomes fell inside."""
        return sum(mark.inside for mark in self.marks)

    @property
    def description(self) -> str:
        """The same in a sentence."""
        told = f"{self.inside} of {len(self.marks)} outcomes lie inside your 10 to 90 % range"
        return f"{told}; 8 of 10 are expected."


def draw(data: Ranges, width: int) -> Figure:
    """One bar a forecast; a solid diamond inside, an open one outside, and a dotted line between groups."""
    figure, axes = bare_axes(width, 118, left=14, right=14, top=14, bottom=28)
    axes.grid(visible=False)
    axes.set_yticks([])
    axes.set_xticks([])
    axes.set_ylim(-0.45, 1.45)
    axes.set_xlim(-0.5, max(len(data.marks), 8) - 0.5)
    for number, mark in enumerate(data.marks):
        _bar(axes, number, mark)
        if number == 0 or mark.group != data.marks[number - 1].group:
            axes.annotate(
                mark.group,
                (number - 0.22, -0.45),
                xytext=(0, -16),
                textcoords="offset points",
                fontsize=SMALL,
                color=ROLES["ink2"],
                annotation_clip=False,
            )
            if number:
                axes.plot(
                    (number - 0.5,) * 2,
                    (-0.4, 1.4),
                    color=ROLES["edge"],
                    linewidth=1,
                    linestyle=(0, (1, 3)),
                    clip_on=False,
                )
    return figure


def _bar(axes: Axes, number: int, mark: RangeMark) -> None:
    from matplotlib.colors import to_rgba
    from matplotlib.patches import Rectangle

    left, right = number - 0.2, number + 0.2
    band = Rectangle((left, 0), 0.4, 1, facecolor=to_rgba(ROLES["you"], 0.2), edgecolor="none", linewidth=0)
    band.set_clip_on(False)
    axes.add_patch(band)
    for end in (0, 1):
        axes.plot((left, right), (end, end), color=ROLES["you"], linewidth=1.8, clip_on=False)
    colour = ROLES["happened"] if mark.inside else ROLES["forbidden"]
    axes.plot(
        [number],
        [mark.place],
        linestyle="none",
        marker="D",
        markersize=6.5,
        markeredgecolor=colour,
        clip_on=False,
        markerfacecolor=colour if mark.inside else ROLES["page"],
        markeredgewidth=1.6,
        zorder=5,
    )

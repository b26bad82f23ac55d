"""What happened, and what would have happened to the same patient under two other plans."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from casekit.plots.style import bare_axes, end_labels, plot_series, scale_ticks, week_axis

if TYPE_CHECKING:
    from matplotlib.figure import Figure

WIDTHS = (410, 300)


@dataclass(frozen=True, kw_only=True)
class OutcomesByPlan:
    """Outcomes in the instrument's own units at `weeks`; `top` ends its scale; lower is better."""

    top: float
    baseline: float
    weeks: tuple[int, ...]
    yours: tuple[float, ...]
    expert: tuple[float, ...]
    no_care: tuple[float, ...]

    @property
    def description(self) -> str:
        """The same in a sentence."""
        return (
            f"From {self.baseline:g} at the start to {self.yours[-1]:g} at {self.weeks[-1]} weeks "
            f"under your plan, {self.expert[-1]:g} under the expert's, {self.no_care[-1]:g} without active "
            "care. Lower is better."
        )


def draw(data: OutcomesByPlan, width: int) -> Figure:
    """Three lines from the start to the last visit."""
    narrow = width < 360
    figure, axes = bare_axes(width, 220, left=34, right=100 if narrow else 142)
    ticks = scale_ticks(data.top, max(data.baseline, *data.yours, *data.expert, *data.no_care))
    axes.set_ylim(0, ticks[-1])
    axes.set_yticks(ticks)
    weeks = (0, *data.weeks)
    courses = (("nocare", data.no_care), ("happened", data.yours), ("model", data.expert))
    for order, (name, values) in enumerate(courses, start=3):
        plot_series(axes, name, weeks, (data.baseline, *values), order=order)
    week_axis(axes, data.weeks, narrow=True)
    words = ("No care", "Your plan", "Expert’s") if narrow else ("No active care,", "Your plan,", "Expert’s,")
    ends = zip(words, courses, strict=True)
    end_labels(
        axes, data.weeks[-1], [(f"{word} {values[-1]:g}", values[-1], name) for word, (name, values) in ends]
    )
    return figure

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
            f"From {self.baseline:g} at the start to {self.yours[-1]:g} at {self.weeks[-1]} weeks under your plan, "
            f"{self.expert[-1]:g} under the expert's, {self.no_care[-1]:g} without active care. Lower is better."
        )


def draw(data: OutcomesByPlan, width: int) -> Figure:
    """Three lines from the start to the last visit."""
    narrow = width < 360
    figure, axes = bare_axes(width, 220, left=34, right=104 if narrow else 122)
    ticks = scale_ticks(data.top, max(data.baseline, *data.yours, *data.expert, *data.no_care))
    axes.set_ylim(0, ticks[-1])
    axes.set_yticks(ticks)
    weeks = (0, *data.weeks)
    for order, (name, values) in enumerate((("nocare", data.no_care), ("happened", data.yours), ("model", data.expert))):
        plot_series(axes, name, weeks, (data.baseline, *values), order=3 + order)
    week_axis(axes, data.weeks, narrow=True)
    comma = "" if narrow else ","
    labels = [
        (f"No care{comma} {data.no_care[-1]:g}" if narrow else f"No active care, {data.no_care[-1]:g}", data.no_care[-1], "nocare"),
        (f"Your plan{comma} {data.yours[-1]:g}", data.yours[-1], "happened"),
        (f"Expert’s{comma} {data.expert[-1]:g}", data.expert[-1], "model"),
    ]
    labels.sort(key=lambda label: label[1])
    end_labels(axes, data.weeks[-1], labels)
    return figure

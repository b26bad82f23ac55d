"""The leading hypothesis at each estimate: what the learner stated and what the calculation gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from casekit.plots.style import bare_axes, end_labels, plot_series

if TYPE_CHECKING:
    from matplotlib.figure import Figure

WIDTHS = (410, 300)


@dataclass(frozen=True, kw_only=True)
class DifferentialOverTime:
    """Probabilities 0 to 1 of one hypothesis, one for each committed estimate."""

    steps: tuple[str, ...]
    you: tuple[float, ...]
    calculated: tuple[float, ...]

    @property
    def description(self) -> str:
        """The same in a sentence."""
        points = zip(self.steps, self.you, self.calculated, strict=True)
        told = (f"{step}: you {_percent(you)}, calculated {_percent(other)}" for step, you, other in points)
        return f"{'; '.join(told)}."


def draw(data: DifferentialOverTime, width: int) -> Figure:
    """Two lines over the steps, 0 to 100 %, each with its last value."""
    narrow = width < 360
    figure, axes = bare_axes(width, 220, left=40, right=92 if narrow else 132)
    axes.set_ylim(0, 100)
    axes.set_yticks([0, 50, 100])
    last = max(len(data.steps) - 1, 1)
    axes.set_xlim(-0.12, last)
    names = [name if not narrow else _SHORT.get(name, name) for name in data.steps]
    axes.set_xticks(range(len(data.steps)), names)
    axes.tick_params(axis="x", length=0, pad=6)
    places = range(len(data.steps))
    plot_series(axes, "model", places, [100 * p for p in data.calculated], order=3)
    plot_series(axes, "you", places, [100 * p for p in data.you], order=4)
    words = ("Calc.", "You") if narrow else ("Calculated,", "You,")
    ends = ((words[0], data.calculated[-1], "model"), (words[1], data.you[-1], "you"))
    labels = [(f"{word} {_percent(last_value)}", 100 * last_value, role) for word, last_value, role in ends]
    end_labels(axes, len(data.steps) - 1, labels)
    return figure


def _percent(probability: float) -> str:
    """Whole percent, but tenths where they matter."""
    percent = 100 * probability
    return f"{percent:.1f} %" if 0 < percent < 1.95 else f"{percent:.0f} %"


_SHORT = {"door note": "door", "examination": "exam"}

"""How every figure looks: the colour of each role, the line of each voice, and the bare axes they stand on.

A role is drawn in its light colour; `svg` turns it into a CSS variable, so that a change of theme needs no
redraw. Sizes are pixels. matplotlib is imported inside the functions only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

ROLES: Mapping[str, str] = {
    "you": "#1f5fa8",
    "model": "#9a5200",
    "happened": "#1a1a1a",
    "nocare": "#6b6b6b",
    "forbidden": "#b71c1c",
    "ink": "#212121",
    "ink2": "#595959",
    "edge": "#757575",
    "hair": "#e0e0e0",
    "page": "#ffffff",
}
"""Role to its light colour. Every colour occurs once, so that it can be found again in the SVG."""

SMALL, LABEL = 11, 12
LABEL_GAP = 15.0
LABEL_FLOOR = 6.0


@dataclass(frozen=True)
class Voice:
    """How one series is drawn: width and dashes in pixels, the mark, and whether the mark is open."""

    role: str
    width: float
    dashes: tuple[float, ...] = ()
    mark: str = "o"
    size: float = 7
    open: bool = False


VOICES: Mapping[str, Voice] = {
    "you": Voice("you", 2.4, mark="o"),
    "model": Voice("model", 2, (6, 4), mark="s", open=True),
    "happened": Voice("happened", 2.8, mark="D", size=6.5),
    "nocare": Voice("nocare", 2, (1.5, 4), mark="^", size=7.5),
}


def bare_axes(
    width: int, height: int, *, left: int, right: int, top: int = 12, bottom: int = 26
) -> tuple[Figure, Axes]:
    """A figure of this size with one axes inside the margins, all in pixels: no frame, no background."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width / 72, height / 72), dpi=72, facecolor="none")
    box = (left / width, bottom / height, (width - left - right) / width, (height - top - bottom) / height)
    axes = figure.add_axes(box, facecolor="none")
    for spine in axes.spines.values():
        spine.set_visible(False)
    axes.tick_params(axis="y", length=0, labelsize=SMALL, labelcolor=ROLES["ink2"], pad=6)
    axes.tick_params(axis="x", length=4, color=ROLES["edge"], labelsize=SMALL, labelcolor=ROLES["ink2"])
    axes.set_axisbelow(True)
    axes.grid(axis="y", color=ROLES["hair"], linewidth=1, clip_on=False)
    return figure, axes


def plot_series(axes: Axes, name: str, x: Sequence[float], y: Sequence[float], *, order: float = 3) -> None:
    """One series in its own voice. Nothing is clipped, so that marks at the edge stay whole."""
    voice = VOICES[name]
    colour = ROLES[voice.role]
    style: Any = (0, tuple(part / voice.width for part in voice.dashes)) if voice.dashes else "-"
    axes.plot(
        x,
        y,
        color=colour,
        linewidth=voice.width,
        linestyle=style,
        marker=voice.mark,
        markersize=voice.size,
        markeredgecolor=colour,
        markeredgewidth=1.6 if voice.open else 0.8,
        clip_on=False,
        zorder=order,
        markerfacecolor=ROLES["page"] if voice.open else colour,
    )


def end_labels(axes: Axes, x: float, labels: Sequence[tuple[str, float, str]]) -> None:
    """Words at the line ends, right of `x`: (text, y, role). They are pushed apart until they can be read."""
    low, high = axes.get_ylim()
    pixels = axes.bbox.height / (high - low)
    places = spread([(y - low) * pixels for _, y, _ in labels], LABEL_GAP)
    for rank, i in enumerate(sorted(range(len(places)), key=places.__getitem__)):
        places[i] = max(places[i], LABEL_FLOOR + rank * LABEL_GAP)  # not onto the names below the axis
    for (text, _, role), place in zip(labels, places, strict=True):
        weight = "normal" if role == "ink2" else "bold"
        axes.annotate(
            text,
            (x, low + place / pixels),
            xytext=(10, 0),
            textcoords="offset points",
            va="center",
            color=ROLES[role],
            fontsize=SMALL if role == "ink2" else LABEL,
            fontweight=weight,
            annotation_clip=False,
        )


def spread(places: Sequence[float], gap: float) -> list[float]:
    """The places moved as little as possible until neighbours are `gap` apart; their order stays."""
    order = sorted(range(len(places)), key=lambda i: places[i])
    blocks = [[i] for i in order]

    def centre(block: list[int]) -> float:
        return sum(places[i] for i in block) / len(block)

    def overlap(a: list[int], b: list[int]) -> bool:
        return centre(b) - centre(a) < gap * (len(a) + len(b)) / 2 - 1e-9

    while True:
        touching = next((n for n, (a, b) in enumerate(pairwise(blocks)) if overlap(a, b)), None)
        if touching is None:
            break
        blocks[touching : touching + 2] = [blocks[touching] + blocks[touching + 1]]
    moved = [0.0] * len(places)
    for block in blocks:
        first = centre(block) - gap * (len(block) - 1) / 2
        for number, i in enumerate(block):
            moved[i] = first + gap * number
    return moved


def scale_ticks(top: float, largest: float) -> list[float]:
    """Ticks from 0 to at least `largest` on a scale that ends at `top`: fifths, or quarters of a 24."""
    step = top / 5 if (top / 5).is_integer() else top / 4
    ticks = [0.0]
    while ticks[-1] < min(top, largest) - 1e-9 or len(ticks) < 3:
        ticks.append(ticks[-1] + step)
    return ticks


def week_axis(axes: Axes, weeks: Sequence[int], *, narrow: bool) -> None:
    """Weeks from the start to the last visit, true to scale; the last tick says the unit."""
    axes.set_xlim(0, weeks[-1])
    axes.set_xticks([0, *weeks], ["0" if narrow else "start", *map(str, weeks)])
    axes.annotate(
        "weeks",
        (weeks[-1], 0),
        xytext=(12, -14.5),
        textcoords="offset points",
        fontsize=SMALL,
        color=ROLES["ink2"],
        va="baseline",
        annotation_clip=False,
    )

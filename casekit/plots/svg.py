"""A figure as SVG text for a page: live text in the page's font, sizes in pixels, colours of the theme.

The same figure gives the same text on every machine: fixed ids, no date. Finished figures are kept, because a
page is drawn anew after each click.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable
from functools import lru_cache
from html import escape
from io import StringIO
from typing import TYPE_CHECKING, Any

from casekit.plots.style import ROLES, bare_axes

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_BOLD_FONT = re.compile(r"font: (?:bold|700) ([\d.]+px) [^;\"]+")
_FONT_FAMILY = re.compile(r"font-family: [^;\"]+; ?")
_COMMENT = re.compile(r"<!--.*?-->|<metadata>.*?</metadata>|<style[^>]*>.*?</style>", re.DOTALL)
_IDLE = re.compile(r" transform=\"rotate\(-?0 [^\"]*\)\"|<path [^>]*style=\"fill: none\"/>|<defs>\s*</defs>")
_EMPTY_GROUP = re.compile(r"<g/>|<g>\s*</g>")
_REFERENCE = re.compile(r"(?:url\(#|href=\"#)([\w-]+)")
_ID = re.compile(r" id=\"([^\"]+)\"")
_NO_METADATA = {"Date": None, "Creator": None, "Format": None, "Type": None}


@lru_cache(maxsize=128)
def drawn(
    draw: Callable[[Any, int], Figure], data: Hashable, widths: tuple[int, ...], title: str, description: str
) -> str:
    """The figure of `data` in each width, the widest first, one SVG after the other.

    The page shows the one that fits: they carry the classes ck-wide and ck-narrow (alone: none). The text of
    a narrow figure is as large as that of a wide one.
    """
    names = ("ck-wide", "ck-narrow") if len(widths) > 1 else ("",)
    return "".join(
        to_svg(draw(data, width), title=title, description=description, css=name)
        for width, name in zip(widths, names, strict=True)
    )


def get_ready() -> None:
    """Import what drawing needs (about a second), so that the first figure is as quick as the others."""
    figure, axes = bare_axes(100, 100, left=20, right=20)
    axes.annotate("ready", (0, 0), fontweight="bold")
    to_svg(figure, title="", description="")


def to_svg(figure: Figure, *, title: str, description: str, css: str = "") -> str:
    """The figure as an SVG element with title and description, ready to stand in a page."""
    import matplotlib as mpl

    out = StringIO()
    with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": f"casekit {title} {css}"}):
        figure.savefig(out, format="svg", metadata=_NO_METADATA, transparent=True)
    return _for_a_page(out.getvalue(), title, description, css)


def _for_a_page(text: str, title: str, description: str, css: str) -> str:
    text = _COMMENT.sub("", text[text.index("<svg") :])
    text = re.sub(r"(width|height)=\"([\d.]+)pt\"", r'\1="\2px"', text, count=2)
    text = _FONT_FAMILY.sub("", _BOLD_FONT.sub(r"font-size: \1; font-weight: 600", text))
    for role, colour in ROLES.items():
        text = text.replace(colour, f"var(--ck-{role}, {colour})")
    label = f"<title>{escape(title)}</title><desc>{escape(description)}</desc>"
    start = text.index(">") + 1
    head = text[:start].replace("<svg", f'<svg class="ck-chart {css}" style="stroke-linejoin: round"')
    return _compact(f"{head}{label}{text[start:]}")


def _compact(text: str) -> str:
    """The same picture without what draws nothing, on one line."""
    used = set(_REFERENCE.findall(text))
    text = _IDLE.sub("", _ID.sub(lambda found: found[0] if found[1] in used else "", text))
    while (shorter := _EMPTY_GROUP.sub("", text)) != text:
        text = shorter
    return re.sub(r"\s*\n\s*", " ", text).strip()

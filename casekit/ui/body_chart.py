"""The body chart: two outlines, front and back, with the patient's shaded areas and a number for each.

A pattern says the quality, colour only repeats it; the table beside it says the same in words.
Left and right are the patient's.
"""

from __future__ import annotations

from collections.abc import Sequence

import htpy as h

from casekit.domain.case import PainArea

_HALF = (
    "M0 35 L5 35 C5 40 7 43 14 45 C24 47 31 50 33 60 C37 76 40 96 44 120 C47 138 50 154 52 168 "
    "C54 178 53 187 49 189 C46 188 45 180 44 172 C42 156 38 140 36 122 C33 106 30 92 28 80 "
    "C27 95 24 108 25 122 C27 138 32 152 32 172 C33 198 30 222 27 243 C29 260 26 284 20 310 "
    "C20 316 25 322 24 328 L8 328 C6 322 8 316 9 310 C9 288 10 264 9 246 C9 224 6 200 2 178 L0 176"
)
_SHAPES = {
    # region: (view, shape for the figure's own +x side)
    "upper_back": ("back", "M-22 54 H22 V88 H-22 Z"),
    "mid_back": ("back", "M-18 92 H18 V116 H-18 Z"),
    "low_back": ("back", "M-19 121 Q0 117 19 121 L21 138 Q0 142 -21 138 Z"),
    "saddle": ("back", "M-9 166 Q0 160 9 166 L6 182 Q0 186 -6 182 Z"),
    "abdomen": ("front", "M-17 96 Q0 92 17 96 L18 138 Q0 144 -18 138 Z"),
    "buttock": ("back", "M2 145 Q18 138 28 152 Q31 166 26 173 Q12 178 2 172 Z"),
    "thigh_back": ("back", "M4 179 Q16 184 28 178 Q29 210 25 240 H11 Q9 208 4 179 Z"),
    "thigh_outer": ("back", "M20 178 Q27 176 31 174 Q31 210 26 242 H19 Q21 208 20 178 Z"),
    "calf": ("back", "M10 250 Q18 246 26 250 Q26 278 19 308 H10 Q10 278 10 250 Z"),
    "foot_sole": ("back", "M9 314 H19 L23 327 H8 Z"),
    "thigh_front": ("front", "M5 182 Q17 176 30 180 Q30 212 26 240 H11 Q9 210 5 182 Z"),
    "shin": ("front", "M11 250 Q18 246 26 250 Q26 278 19 308 H11 Q10 278 11 250 Z"),
    "foot_top": ("front", "M9 312 H20 L24 327 H8 Z"),
    "groin": ("front", "M3 158 L22 146 L26 154 L6 174 Z"),
    "hip": ("front", "M24 148 Q32 152 32 172 L25 174 Q22 160 24 148 Z"),
    "flank": ("back", "M15 100 L26 98 Q25 112 24 120 L15 119 Z"),
}
_SINGLE = {"upper_back", "mid_back", "low_back", "saddle", "abdomen"}
_SIDES = ((30, "R"), (140, "L"), (200, "L"), (310, "R"))
_CENTRE = {"front": 85.0, "back": 255.0}
_MIDDLES = {"upper_back": 70, "mid_back": 104, "low_back": 130, "saddle": 174, "abdomen": 118, "buttock": 158,
            "thigh_back": 210, "thigh_outer": 208, "calf": 278, "foot_sole": 321, "thigh_front": 210, "shin": 278,
            "foot_top": 320, "groin": 162, "hip": 162, "flank": 108}  # fmt: skip


def body_chart(areas: Sequence[PainArea], name: str) -> h.Element:
    """Front and back with every area; the description names them for those who do not see it."""
    said = "; ".join(f"{number}, {area.label}: {area.quality}" for number, area in enumerate(areas, 1))
    return h.svg(
        ".ck-body-chart", viewBox="0 0 340 366", role="img",
        aria_label=f"Body chart drawn by {name}. {said}.",
    )[
        h.defs[[_pattern(quality) for quality in ("ache", "dull", "tingling", "burning", "numb")]],
        [_figure(view) for view in ("front", "back")],
        [_area(area, number) for number, area in enumerate(areas, 1)],
        h.text(x="85", y="356", text_anchor="middle")["Front"],
        h.text(x="255", y="356", text_anchor="middle")["Back"],
        [h.text(x=str(x), y="14", text_anchor="middle")[side] for x, side in _SIDES],
    ]  # fmt: skip


def swatch(quality: str) -> h.Element:
    """A small sample of the pattern of a quality."""
    return h.svg(".ck-swatch", width="26", height="16", aria_hidden="true")[
        h.rect(x="1", y="1", width="24", height="14", rx="2", style=_style(quality))
    ]


def _figure(view: str) -> h.Node:
    line = "fill:var(--ck-body);stroke:var(--ck-edge);stroke-width:1.1"
    x = _CENTRE[view]
    spine = h.path(d="M0 50 V140", style="stroke:var(--ck-edge);stroke-dasharray:2 3;fill:none")
    navel = h.circle(cx="0", cy="124", r="1", style="fill:var(--ck-edge)")
    return h.g(transform=f"translate({x} 8)")[
        h.path(d=_HALF, style=line), h.path(d=_HALF, style=line, transform="scale(-1 1)"),
        h.path(d="M0 36 V175", style="stroke:var(--ck-body);stroke-width:2.6"),
        h.ellipse(cx="0", cy="18", rx="12.5", ry="16", style=line),
        spine if view == "back" else navel,
    ]  # fmt: skip


def _area(area: PainArea, number: int) -> h.Node:
    parts: list[h.Node] = []
    marked = False
    for region in area.regions:
        base, _, side = region.rpartition("_")
        name = region if region in _SINGLE else base
        if name not in _SHAPES:
            continue
        view, shape = _SHAPES[name]
        mirror = (side == "l") == (view == "back")
        flip = " scale(-1 1)" if mirror and region not in _SINGLE else ""
        parts.append(
            h.path(d=shape, transform=f"translate({_CENTRE[view]} 8){flip}", style=_style(area.quality))
        )
        if not marked:
            parts.append(_mark(view, name, number, left=bool(flip)))
            marked = True
    return h.g[parts]


def _mark(view: str, name: str, number: int, *, left: bool) -> h.Node:
    y = _MIDDLES[name] + 8
    start = _CENTRE[view] + (-16 if left else 16)
    end = _CENTRE[view] + (-62 if left else 62)
    return h.g[
        h.line(x1=str(start), y1=str(y), x2=str(end), y2=str(y), style="stroke:var(--ck-edge)"),
        h.circle(cx=str(end), cy=str(y), r="9", style="fill:var(--ck-page);stroke:var(--ck-ink)"),
        h.text(".ck-mark", x=str(end), y=str(y + 4), text_anchor="middle")[str(number)],
    ]


def _style(quality: str) -> str:
    return f"fill:url(#ck-pain-{quality});stroke:var(--ck-pain);stroke-width:1.1"


def _pattern(quality: str) -> h.Element:
    stroke = "stroke:var(--ck-pain);stroke-width:1.1;fill:none"
    inside = {
        "ache": h.path(d="M-1 7 L7 -1 M-1 1 L1 -1 M5 7 L7 5", style=stroke),
        "dull": h.path(d="M0 1.5 H6 M0 4.5 H6", style=stroke),
        "tingling": h.circle(cx="3", cy="3", r="1.1", style="fill:var(--ck-pain)"),
        "burning": h.path(d="M0 0 L6 6 M6 0 L0 6", style=stroke),
        "numb": h.path(d="M1.5 0 V6 M4.5 0 V6", style=stroke),
    }[quality]
    ground = "fill:var(--ck-pain);fill-opacity:.13"
    return h.pattern(id=f"ck-pain-{quality}", width="6", height="6", patternUnits="userSpaceOnUse")[
        h.rect(width="6", height="6", style=ground), inside
    ]

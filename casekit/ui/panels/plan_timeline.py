"""Twelve weeks of a plan: when each entry runs, the visit to look again, hours a week against what is free.

Drawn with boxes that follow the width of the screen and the theme; the same as a table is one click away.
"""

from __future__ import annotations

from collections.abc import Sequence

import htpy as h

from casekit.encounter.state import FOLLOW_UP_WEEKS
from casekit.ui.markup import table
from casekit.ui.panels.plan_draft import DraftItem
from casekit.ui.panels.plan_schedule import WEEKS, Span, SpanKind, hours_by_week, span_of
from casekit.ui.panels.plan_words import dose_line, frequency, title
from casekit.ui.screen import Screen

BAR_ROOM = 56
"""Height in px of the tallest bar of hours."""


def timeline(screen: Screen, items: Sequence[DraftItem], forbidden: frozenset[int]) -> h.Element:
    """The twelve weeks. `forbidden` are keys of contraindicated entries; they are drawn hatched."""
    hours = hours_by_week(items)
    patient, limit = screen.visit.case.patient, screen.visit.case.resources.hours_per_week
    most = max(hours)
    busy = f"At most {_hours(most)} h a week; {patient.pronoun} can give {limit:g} h."
    described = f"Twelve weeks of {len(items)} entries. {busy} The same is in the table below."
    return h.section(".ck-plan-part", aria_labelledby="ck-weeks-title")[
        h.h3("#ck-weeks-title")["Twelve weeks"],
        h.figure(".ck-figure")[
            h.div(
                ".ck-weeks",
                role="img",
                aria_label=described,
                style=f"--ck-review: {_percent(FOLLOW_UP_WEEKS[0])}",
            )[
                _heads(),
                [_row(number, item, item.key in forbidden) for number, item in enumerate(items, start=1)],
                _review(len(items)),
                _hours_row(hours, limit, f"{patient.pronoun} can give {limit:g} h"),
            ],
            h.figcaption(".ck-note")[
                "Bars: running entries; an open end runs until it is stopped. Diamonds: single visits. ",
                h.strong(".ck-over")[f"{_hours(most)} h in the fullest week, {limit:g} h are free."]
                if most > limit
                else None,
            ],
            h.details(".ck-as-table", id="ck-weeks-table", data_keep="weeks-table")[
                h.summary["Show as table"], _as_table(screen, items, hours, limit)
            ],
        ],
    ]


def _heads() -> h.Element:
    return h.div(".ck-week-row.ck-week-heads")[
        h.span(".ck-week-name"), h.div(".ck-track")[[h.span[str(week)] for week in range(1, WEEKS + 1)]]
    ]


def _row(number: int, item: DraftItem, forbidden: bool) -> h.Element:
    return h.div(".ck-week-row", id=f"ck-week-{item.key}")[
        h.span(".ck-week-name")[h.b[f"{number}"], h.span(".ck-matrix-name")[f" {title(item)}"]],
        h.div(".ck-track")[_drawn(span_of(item), frequency(item), forbidden)],
    ]


def _drawn(span: Span, words: str, forbidden: bool) -> h.Node:
    css = ".ck-forbidden-span" if forbidden else ""
    if span.kind is SpanKind.UNSTATED:
        return h.span(".ck-unstated")["when and how long is not stated"]
    if not span.seen:
        return h.span(".ck-unstated.ck-later")[f"from week {span.start + 1:g}"]
    left = f"left: {_percent(span.start)}"
    if span.kind is SpanKind.ONCE:
        return h.span(f".ck-diamond{css}", style=left)
    width = _percent(min(span.end, WEEKS) - span.start)
    open_end = ".ck-open-end" if span.until_stopped or span.end > WEEKS else ""
    return h.span(f".ck-span{css}{open_end}", style=f"{left}; width: {width}")[h.span[words]]


def _review(entries: int) -> h.Node:
    if not entries:
        return None
    week = FOLLOW_UP_WEEKS[0]
    return h.div(".ck-week-row.ck-review")[
        h.span(".ck-week-name"),
        h.div(".ck-track")[
            h.span(".ck-review-line", style=f"left: {_percent(week)}")[h.span[f"seen again, week {week}"]]
        ],
    ]


def _hours_row(hours: Sequence[float], limit: float, words: str) -> h.Element:
    top = max(*hours, limit, 1.0)
    bars = [
        h.span(".ck-hour")[
            h.i(
                f".ck-bar-box{'.ck-too-much' if hour > limit else ''}",
                style=f"height: {hour / top * BAR_ROOM:.0f}px",
            ),
            h.span[_hours(hour)],
        ]
        for hour in hours
    ]
    return h.div(".ck-week-row.ck-hours")[
        h.span(".ck-week-name")["Hours a week"],
        h.div(".ck-track", style=f"--ck-room: {BAR_ROOM}px")[
            bars,
            h.span(".ck-limit", style=f"bottom: calc(18px + {limit / top * BAR_ROOM:.0f}px)")[h.span[words]],
        ],
    ]


def _as_table(screen: Screen, items: Sequence[DraftItem], hours: Sequence[float], limit: float) -> h.Node:
    case = screen.visit.case
    rows = [[f"{number} {title(item)}", dose_line(item, case)] for number, item in enumerate(items, start=1)]
    weeks = [[f"Week {week}", f"{_hours(hour)} h"] for week, hour in enumerate(hours, start=1)]
    return [
        table("When each entry runs", ("Entry", "When and how much"), rows),
        table(f"Hours a week, of {limit:g}", ("Week", "Hours"), weeks),
    ]


def _percent(weeks: float) -> str:
    return f"{weeks / WEEKS * 100:.2f}%"


def _hours(hours: float) -> str:
    return f"{round(hours, 1):g}"

"""The forecast: a range to bet eight in ten on, and its middle, for each measure at each week."""

from __future__ import annotations

import htpy as h

from casekit.encounter.events import EventKind
from casekit.encounter.state import Step
from casekit.errors import InputError
from casekit.ui.markup import commit_bar, empty, source_chip, table, verification_mark
from casekit.ui.panels.forecast_entry import QUANTILES, Row, field_name, forecasts_of, problems_of, rows_of
from casekit.ui.panels.scale import Scale, scale_of, scales
from casekit.ui.screen import Act, Message, MessageKind, RefusedMessageError, Screen

STEP = Step.FORECAST
HEADS = {"10": "10 %", "50": "middle", "90": "90 %"}
LONGEST_BAND = 12


def render(screen: Screen) -> h.Node:
    """The rows of every measure, and the commit; or, read again, what was committed."""
    patient = screen.visit.case.patient
    return [
        h.h2(".ck-screen-title", tabindex="-1")[f"How will {patient.name} be?"],
        h.p(".ck-lead")[
            "Give the range you would bet 8 in 10 on, and the middle. "
            "Nobody forecasts back pain well: an honest range is wide."
        ],
        _work(screen) if screen.live else _committed(screen),
    ]


def handle(screen: Screen, message: Message) -> Act:
    """Keep what was typed, or commit it. Raises InputError with every problem of the form."""
    rows = _rows(screen, message.form)
    if message.kind is MessageKind.DRAFT:
        values = {name: str(value) for name, value in message.form.items() if name.startswith("q.")}
        before = _rows(screen, screen.draft("forecast"))
        return Act("draft", ("forecast", values), said=_changed(before, rows))
    if message.act != "forecast":
        raise RefusedMessageError(f'The forecast does not know "{message.act}".')
    problems = problems_of(rows)
    if problems:
        raise InputError("\n".join(problems))
    return Act("forecast", (forecasts_of(rows),), said="The forecast is committed.")


def _rows(screen: Screen, form: object) -> list[Row]:
    typed = form if isinstance(form, dict) else dict(form or {})  # type: ignore[call-overload]
    return rows_of(scales(screen.visit), screen.visit.case.forecast_weeks, typed)


def _changed(before: list[Row], after: list[Row]) -> str:
    """The row that was just changed, in a sentence for the status line."""
    changed = [new for old, new in zip(before, after, strict=True) if old.texts != new.texts]
    return next((row.said for row in changed if row.said), "")


def _work(screen: Screen) -> h.Node:
    rows = _rows(screen, screen.draft("forecast"))
    return [
        [
            _measure(screen, scale, [row for row in rows if row.scale == scale])
            for scale in scales(screen.visit)
        ],
        commit_bar("Commit the forecast", "forecast", _consequence(rows)),
    ]


def _consequence(rows: list[Row]) -> h.Node:
    left = sum(row.empty for row in rows)
    final = "This forecast counts and cannot be changed."
    if not left:
        return final
    are = "is empty; it counts" if left == 1 else "are empty; they count"
    return [h.strong[f"{left} of {len(rows)} rows {are} as not answered."], f" {final}"]


def _measure(screen: Screen, scale: Scale, rows: list[Row]) -> h.Element:
    return h.section(".ck-forecast")[
        h.h3[scale.label],
        h.div(".ck-box.ck-quantiles")[
            _axis(scale),
            [_row(scale, row, first=number == 0) for number, row in enumerate(rows)],
        ],
        _bands_note(screen, scale),
    ]


def _axis(scale: Scale) -> h.Element:
    step = scale.top / 5 if (scale.top / 5).is_integer() else scale.top / 4
    ticks = [step * number for number in range(round(scale.top / step) + 1)]
    return h.div(".ck-quantile-head", aria_hidden="true")[
        h.p(".ck-note.ck-row-name")["lower is better"],
        h.div(".ck-axis")[
            [h.span(style=_left(tick, scale))[f"{tick:g}"] for tick in ticks],
            [
                h.span(".ck-band-name", style=_left((low + high) / 2, scale))[name]
                for low, high, name in _bands(scale)
            ],
        ],
        h.div(".ck-quantile-fields")[[h.span[HEADS[q]] for q in QUANTILES]],
    ]


def _bands(scale: Scale) -> list[tuple[float, float, str]]:
    """Published categories of the score, with the longest of their names that fits on the axis."""
    found = scale.instrument.categories
    rows = found.get("bands", ()) if isinstance(found, dict) else ()
    named = []
    for row in rows:
        low, high = row["range"]
        names = [name for name in str(row["label"]).split(" or ") if len(name) <= LONGEST_BAND]
        if names:
            named.append((low, high, max(names, key=len)))
    return named


def _row(scale: Scale, row: Row, *, first: bool) -> h.Element:
    trouble = f"ck-problem-{scale.id}-{row.week}" if row.problem else ""
    return h.div(
        f".ck-quantile-row{'.ck-wrong' if row.problem else ''}",
        role="group",
        aria_label=f"{scale.about}, {row.week} weeks",
        data_max=f"{scale.top:g}",
        data_step=f"{scale.step:g}",
    )[
        h.p(".ck-row-name")[f"{row.week} weeks"],
        _track(scale, row, first=first),
        h.div(".ck-quantile-fields")[
            [_field(row, q, text, trouble) for q, text in zip(QUANTILES, row.texts, strict=True)]
        ],
        h.p(".ck-row-problem", id=trouble)[row.problem[:1].upper() + row.problem[1:]]
        if row.problem
        else None,
    ]


def _track(scale: Scale, row: Row, *, first: bool) -> h.Element:
    """The line to drag on: a shortcut for the hand. The number fields hold the values and speak."""
    low, middle, high = row.numbers
    whole = low is not None and high is not None and high >= low
    width = _place((high or 0) - (low or 0), scale) if whole else 0
    band = f"{_left(low or 0, scale) if whole else 'left:0'};width:{width:.1f}%"
    return h.div(".ck-track", aria_hidden="true")[
        h.span(".ck-band", style=band),
        h.span(
            ".ck-today" + (".ck-late" if scale.baseline > 0.8 * scale.top else ""),
            style=_left(scale.baseline, scale),
        )[h.span[f"today {scale.baseline:g}"] if first else None],
        [
            h.span(
                ".ck-handle" + ("" if number is not None else ".ck-unset"),
                data_handle=q,
                style=_left(number if number is not None else scale.top / 2, scale),
            )
            for q, number in zip(QUANTILES, (low, middle, high), strict=True)
        ],
    ]


def _field(row: Row, quantile: str, text: str, trouble: str) -> h.Element:
    described = {"aria-describedby": trouble} if trouble else {}
    return h.label(".ck-field")[
        h.span[HEADS[quantile]],
        h.input(
            described,
            type="number",
            name=field_name(row.scale.id, row.week, quantile),
            value=text,
            min="0",
            max=f"{row.scale.top:g}",
            step=f"{row.scale.step:g}",
            inputmode="decimal",
            data_q=quantile,
            autocomplete="off",
            data_draft="forecast",
            aria_label=f"{row.scale.about}, {row.week} weeks, {HEADS[quantile]}",
            aria_invalid="true" if trouble else "false",
        ),
    ]


def _place(own: float, scale: Scale) -> float:
    return min(100.0, max(0.0, 100 * own / scale.top))


def _left(own: float, scale: Scale) -> str:
    return f"left:{_place(own, scale):.1f}%"


def _bands_note(screen: Screen, scale: Scale) -> h.Node:
    """What the categories are, in full, and where they come from."""
    found = scale.instrument.categories
    if not isinstance(found, dict) or not found.get("bands"):
        return h.p(".ck-note")["Lower is better."]
    told = ", ".join(f"{row['label']} {row['range'][0]:g}–{row['range'][1]:g}" for row in found["bands"])
    level = str(found.get("verification", "recalled"))
    source = screen.visit.evidence.sources.get(str(found.get("source", "")))
    caution = str(found.get("caution") or found.get("note") or "")
    return h.p(".ck-note")[
        f"Lower is better. Words for the score: {told}. ",
        f"{caution[:1].upper()}{caution[1:]}. " if caution else None,
        source_chip(source, level) if source else verification_mark(level),
    ]


def _committed(screen: Screen) -> h.Node:
    visit = screen.visit
    at = next((e.at for e in visit.journal.events if e.kind is EventKind.FORECAST), "")
    if not visit.state.forecasts:
        why = "All rows count as not answered." if at else "This visit ended before it."
        return empty("No forecast was committed.", why)
    parts: list[h.Node] = [h.p(".ck-note")[f"Committed at {at[11:16]} UTC. Lower is better."]]
    for name, weeks in visit.state.forecasts.items():
        scale = scale_of(visit, name)
        rows = [
            [
                f"{week} weeks",
                *(scale.show(value) for value in (weeks[week].q10, weeks[week].q50, weeks[week].q90)),
            ]
            if week in weeks
            else [f"{week} weeks", "–", "not answered", "–"]
            for week in visit.case.forecast_weeks
        ]
        parts.append(table(scale.label, ("When", "10 %", "Middle", "90 %"), rows, css=".ck-numbers"))
    return parts

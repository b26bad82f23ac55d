"""Labelled native controls whose text is kept while it is typed; used by goals and plan.

A control never judges: the sentence about a mistake is given to it. Nothing here knows a case.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import isfinite

import htpy as h


def select_field(label: str, name: str, choices: h.Node, *, act: str = "", css: str = "") -> h.Element:
    """A select with its label. With `act` its change is a deed of its own, otherwise it is kept as draft."""
    return h.label(f".ck-field{css}")[h.span[label], h.select(_sending(act), name=name)[choices]]


def options(rows: Iterable[tuple[str, str]], chosen: str, *, empty: str = "") -> list[h.Element]:
    """Options from (value, words); the first is the empty one if `empty` says what it is called."""
    first = [("", empty)] if empty else []
    return [h.option(value=value, selected=value == chosen)[words] for value, words in [*first, *rows]]


def number_field(label: str, name: str, text: str, *, problem: str = "", unit: str = "") -> h.Element:
    """A number as text, so that half-typed work survives; `problem` is said beside it."""
    wrong = {"aria-invalid": "true", "aria-describedby": f"ck-wrong-{name}"} if problem else {}
    return h.div(".ck-field.ck-short")[
        h.label[h.span[label], h.input(wrong, type="text", inputmode="decimal", name=name, value=text,
                                       autocomplete="off", data_draft="")],
        h.span[unit] if unit else None,
        h.span(".ck-wrong", id=f"ck-wrong-{name}")[problem] if problem else None,
    ]  # fmt: skip


def text_field(label: str, name: str, text: str) -> h.Element:
    """A line of free text."""
    return h.label(".ck-field.ck-long")[
        h.span[label], h.textarea(name=name, rows="2", maxlength="600", data_draft="")[text]
    ]


def tick(label: str, name: str, value: str, *, checked: bool, act: str = "") -> h.Element:
    """A checkbox with its label; with `act` its change is a deed of its own."""
    return h.label(".ck-tick")[
        h.input(_sending(act), type="checkbox", name=name, value=value, checked=checked), label
    ]


def radios(legend: str, name: str, chosen: str, rows: Iterable[tuple[str, str]]) -> h.Element:
    """A group of radio buttons with its legend."""
    return h.fieldset(".ck-radios")[
        h.legend[legend],
        h.div[
            [
                h.label(".ck-tick")[
                    h.input(type="radio", name=name, value=value, checked=value == chosen, data_draft=""),
                    words,
                ]
                for value, words in rows
            ]
        ],
    ]


def number_in(text: str) -> float | None:
    """The number a text holds, with a point or a comma; None for none and for what is no number."""
    try:
        value = float(text.strip().replace(",", "."))
    except ValueError:
        return None
    return value if isfinite(value) else None


def number_problem(text: str, low: float, high: float | None = None, *, above: bool = False) -> str:
    """A sentence on a typed number, or nothing if it is empty or fine.

    Allowed are `low` to `high`; with `above`, more than `low`.
    """
    value = number_in(text)
    fits = value is not None and (value > low if above else value >= low) and (high is None or value <= high)
    if not text.strip() or fits:
        return ""
    wanted = f"{low:g} to {high:g}" if high is not None else f"above {low:g}" if above else f"{low:g} or more"
    return f"A number, {wanted}. You typed {text.strip()[:20]}."


def _sending(act: str) -> dict[str, str]:
    return {"data-on-change": "", "data-send": "act", "data-act": act} if act else {"data-draft": ""}

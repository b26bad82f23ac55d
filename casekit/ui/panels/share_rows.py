"""The rows of the board: one hypothesis each, with its earlier shares, a slider and a number.

The browser keeps slider, number and sum in step while they move; what is drawn here is how they stand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import htpy as h

from casekit.domain.vocabulary import OTHER
from casekit.encounter.hypotheses import GROUP, hypothesis_ids, members
from casekit.errors import InputError
from casekit.ui.markup import link_button
from casekit.ui.panels.figures import in_sentence, own_percent, percent_typed
from casekit.ui.panels.ratio_marks import slopes
from casekit.ui.screen import Screen


def values(screen: Screen) -> dict[str, str]:
    """Percent as text for each hypothesis of the board, `other` last.

    From the unfinished work on this estimate; else from the last estimate; else 0.
    """
    estimates = screen.visit.state.estimates
    last = estimates[-1].probabilities if estimates else {}
    draft = screen.draft("estimate")
    if draft.get("number") != str(len(estimates) + 1):
        draft = {}
    known = hypothesis_ids(screen.visit.evidence.diagnosis)
    extra = [name for name in known if f"p.{name}" in draft]
    rows = [name for name in dict.fromkeys([*screen.visit.board(), *extra]) if name != OTHER]
    return {name: str(draft.get(f"p.{name}", own_percent(last.get(name, 0.0)))) for name in (*rows, OTHER)}


def total(given: Mapping[str, str]) -> float:
    """The sum in percent; what is no number yet counts as nothing."""
    return round(sum(_as_number(text) for text in given.values()), 1)


def sum_word(amount: float, slack: float) -> str:
    """What the sum means, in the words the browser uses too."""
    left = round(100 - amount, 1)
    if abs(left) <= slack:
        return "✓ Adds up. Nothing left to give."
    if left > 0:
        return f"{left:g} % left to give. Raise a row, or give it to Something else."
    return f"{-left:g} % too much. Lower a row."


def board(screen: Screen, given: Mapping[str, str]) -> h.Element:
    """All rows: the likely, the serious under their own heading, then everything else."""
    first = not screen.visit.state.estimates
    plain = [name for name in given if name != OTHER and not screen.visit.is_serious(name)]
    serious = [name for name in given if name != OTHER and screen.visit.is_serious(name)]
    heads: tuple[str | None, ...] = ("Hypothesis", None if first else "So far", "Now", "Percent")
    return h.div(
        f".ck-shares{'.ck-first' if first else ''}", role="group", aria_label="Hypotheses and their shares"
    )[
        h.div(".ck-share-head", aria_hidden="true")[[h.span[word] for word in heads if word]],
        [_row(screen, name, given[name]) for name in plain],
        h.h3(".ck-share-group")["Serious even when unlikely"] if serious else None,
        [_row(screen, name, given[name]) for name in serious],
        _row(screen, OTHER, given[OTHER]),
    ]


def _row(screen: Screen, name: str, text: str) -> h.Element:
    label = screen.visit.hypothesis_name(name)
    past = [estimate.probabilities.get(name, 0.0) for estimate in screen.visit.state.estimates]
    now = _as_number(text)
    return h.div(".ck-share.ck-share-other" if name == OTHER else ".ck-share")[
        h.div(".ck-share-name")[h.span[label], _note(screen, name)],
        _so_far(past, now) if past else None,
        h.div(".ck-share-now")[
            _slider(name, label, now, own_percent(past[-1]) if past else ""),
            h.span(".ck-was", style=f"--ck-was:{past[-1]:.4f}", aria_hidden="true") if past else None,
        ],
        h.div(".ck-share-number")[_number(name, label, text), h.span(aria_hidden="true")["%"]],
    ]


def _so_far(past: Sequence[float], now: float) -> h.Element:
    words = ", ".join(own_percent(probability) for probability in past)
    return h.div(".ck-share-past")[slopes(past, now / 100), h.span(".ck-hidden")[f"So far {words} percent."]]


def _slider(name: str, label: str, now: float, was: str) -> h.VoidElement:
    said = f"{now:g} percent, was {was}" if was else f"{now:g} percent"
    return h.input(
        type="range", min="0", max="100", step="1", value=f"{now:g}", aria_label=label, aria_valuetext=said,
        style=f"--ck-filled:{now:g}%", data_draft=name, data_was=was or None,
    )  # fmt: skip


def _number(name: str, label: str, text: str) -> h.VoidElement:
    return h.input(
        type="number", name=f"p.{name}", min="0", max="100", step="0.1", value=text, inputmode="decimal",
        aria_label=f"{label}, percent", aria_invalid="false", data_draft=name,
    )  # fmt: skip


def _note(screen: Screen, name: str) -> h.Node:
    if name == GROUP:
        diagnosis = screen.visit.evidence.diagnosis
        inside = ", ".join(in_sentence(diagnosis.names[member]) for member in members(diagnosis))
        return h.span(".ck-note")[f"{inside}: one group, no bedside test parts them"]
    if name == OTHER:
        return [
            h.span(".ck-note")["whatever is not on the list"],
            link_button("Give the rest to Something else", "give_rest", kind="act"),
        ]
    return None


def _as_number(text: str) -> float:
    try:
        return percent_typed("", text)
    except InputError:
        return 0.0

"""The board: share out 100 % over everything it could be, before anything is revealed."""

from __future__ import annotations

from collections.abc import Mapping

import htpy as h

from casekit.domain.vocabulary import OTHER
from casekit.encounter.hypotheses import hypothesis_ids
from casekit.encounter.state import ESTIMATE_AT, Estimate, Step
from casekit.errors import InputError
from casekit.ui.markup import button, empty, link_button, notice
from casekit.ui.panels import share_rows
from casekit.ui.panels.figures import clock, own_percent, percent_typed
from casekit.ui.panels.stacked_table import Row, stacked_table
from casekit.ui.screen import Act, Choice, Message, MessageKind, RefusedMessageError, Screen

STEP: Step | None = None
PANEL = "estimate"
SUM_SLACK = 0.5
"""How far, in percent, the shares may be from 100 when they are committed."""

_AFTER = {
    Step.DOOR: ("the door note", "Back to the door note"),
    Step.HISTORY: ("the history", "Back to the questions"),
    Step.EXAMINATION: ("the examination", "Back to the examination"),
    Step.TESTS: ("the tests", "Back to the reports"),
}


def render(screen: Screen) -> h.Node:
    """The board to fill in; or, once committed, the last estimate as text."""
    state = screen.visit.state
    if state.estimate_due and not screen.visit.read_only:
        return _live(screen)
    if state.estimates:
        return _committed(screen, state.estimates[-1])
    return empty("No estimate yet.", "The first one follows the door note.")


def handle(screen: Screen, message: Message) -> Act | Choice:
    """Keep what is typed, add a hypothesis, give the rest away, go back, or commit."""
    if message.kind is MessageKind.DRAFT:
        return _draft(screen, _typed(screen, message))
    if message.act == "back":
        return Choice({"mode": ""})
    if message.act == "see_calculation":
        return Choice({"mode": "calculation"})
    if message.act == "add_hypothesis":
        return _added(screen, message)
    if message.act == "give_rest":
        return _rest_given(screen, message)
    if message.act == "commit_estimate":
        return _commit(screen, message)
    raise RefusedMessageError(f'The estimate does not know "{message.act}".')


def _live(screen: Screen) -> h.Node:
    number = len(screen.visit.state.estimates) + 1
    after, back = _AFTER[screen.visit.state.step]
    values = share_rows.values(screen)
    consequence = (
        f"This answer counts and cannot be changed. It closes {after}; the calculation opens afterwards."
    )
    past = " The small triangle is your last estimate." if number > 1 else ""
    return [
        h.h2(".ck-screen-title", tabindex="-1")["What is it, and how sure are you?"],
        h.p(".ck-lead")[
            f"Estimate {number} of {len(ESTIMATE_AT)}, after {after}. "
            f"Share out 100 % over everything it could be.{past}"
        ],
        h.div(".ck-box.ck-board")[share_rows.board(screen, values), _add(screen, values)],
        _bar(values, number, consequence, back),
    ]


def _bar(values: Mapping[str, str], number: int, consequence: str, back: str) -> h.Element:
    total = share_rows.total(values)
    fits = abs(total - 100) <= SUM_SLACK
    return h.div(".ck-commit.ck-share-bar")[
        h.div(".ck-sum", role="status")[
            h.span(".ck-figure-number", data_sum=True)[f"{total:g} %"],
            h.span(".ck-sum-ok" if fits else ".ck-sum-off", data_sum_word=True)[
                share_rows.sum_word(total, SUM_SLACK)
            ],
        ],
        h.p(".ck-consequence")[consequence],
        h.div(".ck-buttons")[
            link_button(back, "back"),
            button(
                f"Commit estimate {number}",
                "commit_estimate",
                primary=True,
                attributes={"aria-disabled": str(not fits).lower()},
            ),
        ],
    ]


def _add(screen: Screen, values: Mapping[str, str]) -> h.Node:
    every = hypothesis_ids(screen.visit.evidence.diagnosis)
    named = {name: screen.visit.hypothesis_name(name) for name in every}
    others = sorted((name for name in named if name not in values), key=lambda name: named[name].lower())
    if not others:
        return None
    return h.div(".ck-add")[
        h.label(".ck-field")[
            "Add a hypothesis",
            h.select(name="add")[
                h.option(value="")["Choose…"], [h.option(value=name)[named[name]] for name in others]
            ],
        ],
        button("Add", "add_hypothesis"),
    ]


def _committed(screen: Screen, estimate: Estimate) -> h.Node:
    number = len(screen.visit.state.estimates)
    shares = sorted(estimate.probabilities.items(), key=lambda pair: (pair[0] == OTHER, -pair[1]))
    rows = [Row(cells=[screen.visit.hypothesis_name(name), f"{own_percent(p)} %"]) for name, p in shares]
    columns = (("ck-c-name", "Hypothesis"), ("ck-number", "You"))
    return [
        h.h2(".ck-screen-title", tabindex="-1")["What is it, and how sure are you?"],
        notice("edge", f"Estimate {number} is committed, {clock(estimate.at)}.", "The rows are now text."),
        stacked_table("ck-own-shares", f"Estimate {number}", columns, rows),
        h.p[button("See the calculation", "see_calculation", kind="choose")],
    ]


def _typed(screen: Screen, message: Message) -> dict[str, str]:
    """The shares as they were typed, by hypothesis; rows the page does not send keep their value."""
    typed = share_rows.values(screen)
    for name in hypothesis_ids(screen.visit.evidence.diagnosis):
        if f"p.{name}" in message.form:
            typed[name] = message.text(f"p.{name}")[:12]
    return typed


def _draft(screen: Screen, typed: Mapping[str, str], said: str = "") -> Act:
    number = str(len(screen.visit.state.estimates) + 1)
    shares = {f"p.{name}": text for name, text in typed.items()}
    return Act("draft", (PANEL, {"number": number, **shares}), said=said)


def _added(screen: Screen, message: Message) -> Act:
    name = message.text("add")
    if name not in hypothesis_ids(screen.visit.evidence.diagnosis):
        raise InputError("Choose a hypothesis from the list, then add it.")
    typed = _typed(screen, message)
    typed.setdefault(name, "0")
    return _draft(screen, typed, f"{screen.visit.hypothesis_name(name)} added.")


def _rest_given(screen: Screen, message: Message) -> Act:
    typed = _typed(screen, message)
    given = sum(_number(screen, name, text) for name, text in typed.items() if name != OTHER)
    left = round(100 - given, 1)
    if left < 0:
        raise InputError(f"The other rows already add up to {given:g} %. Lower one of them first.")
    typed[OTHER] = f"{left:g}"
    return _draft(screen, typed, f"Something else: {left:g} percent.")


def _commit(screen: Screen, message: Message) -> Act:
    numbers = {name: _number(screen, name, text) for name, text in _typed(screen, message).items()}
    total = round(sum(numbers.values()), 1)
    if abs(total - 100) > SUM_SLACK:
        raise InputError(f"{total:g} %. {share_rows.sum_word(total, SUM_SLACK)}")
    choices = {"mode": "calculation", "estimate_number": "", "condition": ""}
    whole = sum(numbers.values())
    return Act("estimate", ({name: value / whole for name, value in numbers.items()},), choices=choices)


def _number(screen: Screen, name: str, text: str) -> float:
    return percent_typed(screen.visit.hypothesis_name(name), text)

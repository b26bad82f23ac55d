"""Tests: choose by cost, delay and harm; after the commit, the reports and how fitting each test was."""

from __future__ import annotations

from collections.abc import Sequence

import htpy as h

from casekit.domain.case import Fact
from casekit.encounter.events import EventKind
from casekit.encounter.state import Step
from casekit.ui.markup import commit_bar, empty
from casekit.ui.panels.figures import time_of
from casekit.ui.panels.fitness import fitness_notes, fitness_of
from casekit.ui.panels.reports import delay_words, pain_free, reports
from casekit.ui.panels.stacked_table import Row, stacked_table
from casekit.ui.screen import Act, Choice, Message, MessageKind, RefusedMessageError, Screen

STEP = Step.TESTS
PANEL = "tests"
_DEAREST = 3
_FINAL = "Orders are committed once and cannot be changed. The reports open afterwards."
_NOTHING = "You ordered nothing. What you know is what you asked and examined."
_PLAIN = (("ck-c-test", "Test"), ("ck-c-cost", "Cost"), ("ck-c-delay", "Result in"), ("ck-c-harm", "Harm"))
_JUDGED = (*_PLAIN, ("ck-c-ordered", "Ordered"), ("ck-c-fit", "For this patient, today"))


def render(screen: Screen) -> h.Node:
    """The tests to choose from; once committed, the reports."""
    return [
        h.h2(".ck-screen-title", tabindex="-1")["Which test would change what you do?"],
        _choose(screen) if screen.visit.state.orders is None else _ordered(screen),
    ]


def handle(screen: Screen, message: Message) -> Act | Choice:
    """Keep the ticks, commit the orders, or go to the estimate."""
    if message.kind is MessageKind.DRAFT:
        return Act("draft", (PANEL, {"tests": _ticked(screen, message)}))
    if message.act == "order":
        chosen = _ticked(screen, message)
        return Act("order", tuple(chosen), said=_told(screen, chosen), choices={"mode": "reports"})
    if message.act == "estimate":
        return Choice({"mode": "estimate"})
    raise RefusedMessageError(f'The tests do not know "{message.act}".')


def _tests(screen: Screen) -> list[Fact]:
    return [fact for fact in screen.visit.case.facts if fact.kind.is_test]


def _ticked(screen: Screen, message: Message) -> list[str]:
    """The ticked tests in the case's order. Raises RefusedMessageError for one that is not there."""
    given = message.form.get("tests", [])
    names = [given] if isinstance(given, str) else [str(name) for name in given or ()]
    known = [fact.id for fact in _tests(screen)]
    if strange := [name for name in names if name not in known]:
        raise RefusedMessageError(f'There is no test "{strange[0]}" here.')
    return [name for name in known if name in names]


def _told(screen: Screen, chosen: Sequence[str]) -> str:
    if not chosen:
        return "Nothing ordered."
    last = max(screen.visit.case.fact(name).delay_days for name in chosen)
    return f"{'Report' if len(chosen) == 1 else 'Reports'} ready, {_day(last)}."


def _day(days: float) -> str:
    return f"day {days:g}" if days else "the same day"


# ---- before the commit ---------------------------------------------------------------------------


def _choose(screen: Screen) -> h.Node:
    tests = _tests(screen)
    ticked = screen.draft(PANEL).get("tests", [])
    groups = list(dict.fromkeys(fact.group for fact in tests))
    count = len([name for name in ticked if name in [fact.id for fact in tests]])
    return [
        h.p(".ck-lead")["Order what could change your plan. You may order nothing: that is a decision too."],
        [
            _group(screen, name, [fact for fact in tests if fact.group == name], ticked, later=place > 0)
            for place, name in enumerate(groups)
        ]
        or empty("There is nothing to order here.", "Commit that, then make your fourth estimate."),
        commit_bar(_label(count), "order", _FINAL) if screen.live else None,
    ]


def _label(count: int) -> str:
    if not count:
        return "Order nothing"
    return "Order 1 test" if count == 1 else f"Order {count} tests"


def _group(
    screen: Screen, name: str, facts: Sequence[Fact], ticked: Sequence[str], *, later: bool
) -> h.Element:
    rows = [Row(cells=[_box(fact, fact.id in ticked, live=screen.live), *_costs(fact)]) for fact in facts]
    return h.fieldset(".ck-test-group")[
        h.legend[name],
        stacked_table("ck-tests.ck-later" if later else "ck-tests", f"Tests, {name.lower()}", _PLAIN, rows),
    ]


def _box(fact: Fact, ticked: bool, *, live: bool) -> h.Node:
    if not live:
        return h.span[fact.ask]
    return h.label(".ck-tick")[
        h.input(type="checkbox", name="tests", value=fact.id, checked=ticked, data_draft="tests"),
        h.span[fact.ask],
    ]


def _costs(fact: Fact) -> list[h.Node]:
    squares = "■" * fact.cost + "□" * (_DEAREST - fact.cost)
    return [
        [
            h.span(".ck-squares", aria_hidden="true")[squares],
            h.span(".ck-hidden")[f"cost {fact.cost} of {_DEAREST}"],
        ],
        delay_words(fact.delay_days),
        fact.harm or "None known",
    ]


# ---- after the commit ----------------------------------------------------------------------------


def _ordered(screen: Screen) -> h.Node:
    tests = _tests(screen)
    orders = screen.visit.state.orders or ()
    diagnosis = screen.visit.evidence.diagnosis
    rows = [
        Row(
            cells=[
                _name(fact, fact.id in orders),
                *_costs(fact),
                _yes_no(fact.id in orders),
                fitness_of(diagnosis, fact),
            ]
        )
        for fact in tests
    ]
    done = [screen.visit.case.fact(name) for name in orders]
    count = {0: "nothing", 1: "one"}.get(len(done), str(len(done)))
    at = time_of(screen.visit, EventKind.ORDERED)
    return [
        h.p(".ck-lead")[
            f"You ordered {count} of {len(tests)}{f', {at}' if at else ''}. "
            "How fitting each test was stayed hidden until you committed."
        ],
        h.div(".ck-box")[
            stacked_table("ck-tests.ck-judged", "Tests, ordered or not, and how fitting", _JUDGED, rows)
        ],
        fitness_notes(screen.visit.evidence, tests),
        reports(done) if done else empty("No report.", _NOTHING),
        pain_free(screen.visit.evidence, done, screen.visit.case.patient.age),
        commit_bar("Estimate again", "estimate", "Next: your fourth and last estimate. It closes testing.")
        if screen.live
        else None,
    ]


def _name(fact: Fact, ordered: bool) -> h.Node:
    return h.strong[fact.ask] if ordered else fact.ask


def _yes_no(ordered: bool) -> h.Node:
    return h.strong["✓ Yes"] if ordered else h.span(".ck-note")["No"]

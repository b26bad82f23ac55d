"""What history and examination share: groups of things to choose, each of which looks the same until opened."""

from __future__ import annotations

from collections.abc import Sequence

import htpy as h

from casekit.domain.case import Fact, FactKind
from casekit.ui.markup import spoken
from casekit.ui.screen import Screen


def groups(screen: Screen, kind: FactKind, act: str) -> list[h.Element]:
    """Every group of facts of this kind as a fold, open once something in it was chosen (and the first)."""
    facts = screen.visit.facts(kind)
    names = list(dict.fromkeys(fact.group for fact in facts))
    order = list(screen.visit.state.opened)
    return [
        _group(screen, name, [fact for fact in facts if fact.group == name], order, act, first=number == 0)
        for number, name in enumerate(names)
    ]


def _group(
    screen: Screen, name: str, facts: Sequence[Fact], order: Sequence[str], act: str, *, first: bool
) -> h.Element:
    done = sum(screen.visit.is_open(fact.id) for fact in facts)
    word = "asked" if act == "ask" else "examined"
    return h.details(".ck-group", open=bool(done or first), data_keep=f"group-{name}")[
        h.summary[h.span(".ck-group-name")[name], " ", h.span(".ck-note")[f"{done} of {len(facts)} {word}"]],
        h.ul(".ck-questions")[[_question(screen, fact, order, act) for fact in facts]],
    ]


def _question(screen: Screen, fact: Fact, order: Sequence[str], act: str) -> h.Element:
    cost = f"{fact.minutes:g} min"
    if screen.visit.is_open(fact.id):
        place = [f for f in order if screen.visit.case.fact(f).kind is fact.kind].index(fact.id) + 1
        word = "asked" if act == "ask" else "done"
        answer = spoken(fact.reply) if act == "ask" else h.p(".ck-answer")[fact.reply]
        return h.li(".ck-asked", id=f"ck-fact-{fact.id}")[
            h.div(".ck-question-line")[
                h.span[fact.ask], h.span(".ck-note")[f"{word} {_ordinal(place)} · {cost}"]
            ],
            answer,
        ]
    if not screen.live:
        return h.li[
            h.div(".ck-question-line")[
                h.span(".ck-unasked")[fact.ask],
                h.span(".ck-note")[f"not {'asked' if act == 'ask' else 'done'}"],
            ]
        ]
    return h.li(id=f"ck-fact-{fact.id}")[
        h.button(".ck-question", type="button", data_send="act", data_act=act, data_fact=fact.id)[
            h.span(".ck-question-text")[fact.ask], h.span(".ck-note")[cost]
        ]
    ]


def _ordinal(number: int) -> str:
    ending = "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"

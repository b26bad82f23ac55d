"""What history and examination share: groups of things to choose, each of which looks the same until opened."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import htpy as h
from markupsafe import Markup

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


def _question(screen: Screen, fact: Fact, order: Sequence[str], act: str) -> Markup:
    place = 0
    if screen.visit.is_open(fact.id):
        place = [f for f in order if screen.visit.case.fact(f).kind is fact.kind].index(fact.id) + 1
    reply = fact.reply if place else ""
    return _line(fact.id, fact.ask, f"{fact.minutes:g} min", reply, place, act, screen.live)


@lru_cache(maxsize=4096)
def _line(fact_id: str, ask: str, cost: str, reply: str, place: int, act: str, live: bool) -> Markup:
    """One line of the list. Kept: a click changes one line of many, the others are as they were."""
    asked = act == "ask"
    if place:
        return Markup(  # noqa: S704 (htpy has escaped it)
            h.li(".ck-asked", id=f"ck-fact-{fact_id}")[
                h.div(".ck-question-line")[
                    h.span[ask],
                    " ",
                    h.span(".ck-note")[f"{'asked' if asked else 'done'} {_ordinal(place)} · {cost}"],
                ],
                spoken(reply) if asked else h.p(".ck-answer")[reply],
            ]
        )
    if not live:
        return Markup(  # noqa: S704
            h.li[
                h.div(".ck-question-line")[
                    h.span(".ck-unasked")[ask], " ", h.span(".ck-note")[f"not {'asked' if asked else 'done'}"]
                ]
            ]
        )
    return Markup(  # noqa: S704
        h.li(id=f"ck-fact-{fact_id}")[
            h.button(".ck-question", type="button", data_send="act", data_act=act, data_fact=fact_id)[
                h.span(".ck-question-text")[ask], " ", h.span(".ck-note")[cost]
            ]
        ]
    )


def _ordinal(number: int) -> str:
    ending = "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"

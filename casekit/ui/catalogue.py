"""The catalogue: every case as a card with how far it is; a chosen case opens in the same place."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import htpy as h

from casekit.encounter.visit import Visit
from casekit.errors import CasekitError
from casekit.ui.frame import TEACHING_ONLY
from casekit.ui.markup import empty, notice
from casekit.ui.player import Player
from casekit.ui.screen import Message, RefusedMessageError, parse
from casekit.ui.view import Page

LEVELS = {1: "worked example", 2: "typical", 3: "mixed", 4: "atypical"}
SETTINGS = {"primary_care": "Primary care", "emergency": "Emergency", "spine_clinic": "Spine clinic"}


@dataclass(frozen=True, kw_only=True)
class Card:
    """What is on one case card. `progress` is how far the visit is; `going` if it can be resumed."""

    id: str
    title: str
    quote: str
    patient: str
    setting: str
    level: int
    minutes: int
    progress: str = "Not started"
    going: bool = False
    trouble: str = ""


class Catalogue(Page):
    """Cards of all cases; choosing one plays it here, with a way back."""

    def __init__(self, cards: Callable[[], Sequence[Card]], open_visit: Callable[[str], Visit]) -> None:
        super().__init__()
        self._cards = cards
        self._open_visit = open_visit
        self._level = ""
        self._player: Player | None = None
        self._trouble = ""
        self._redraw()

    def handle(self, message: Mapping[str, Any]) -> None:
        """Choose a level, open a case, go back, or pass the message on to the open visit."""
        moved = True
        self._trouble = ""
        if self._player is not None and message.get("panel") != "catalogue":
            moved = self._player.handle(message)
        else:
            try:
                self._take(parse(message))
            except CasekitError as error:
                self._trouble = str(error)
        self._redraw()
        if self._player is not None:
            self._after(self._player, moved=moved)

    def _take(self, message: Message) -> None:
        if message.act == "level":
            self._level = message.text("level")
        elif message.act == "back":
            self._player = None
        elif message.act == "open":
            visit = self._open_visit(message.data.get("case", ""))
            visit.watch(self._redraw)
            self._player = Player(visit)
        elif message.act:
            raise RefusedMessageError(f'The catalogue does not know "{message.act}".')

    def _redraw(self) -> None:
        if self._player is None:
            self.html = str(draw(self._cards(), self._level, self._trouble))
        else:
            self.html = str(_BACK) + self._player.draw()


_BACK = h.div(".ck.ck-back", data_panel="catalogue")[
    h.button(".ck-link", type="button", data_send="choose", data_act="back")["← All patients"]
]


def draw(cards: Sequence[Card], level: str, trouble: str) -> h.Element:
    """The page of cards."""
    shown = [card for card in cards if level in ("", str(card.level))]
    done = sum(card.progress != "Not started" and not card.going for card in cards)
    return h.div(".ck")[
        h.section(".ck-panel", data_panel="catalogue")[
            h.h2(".ck-screen-title", tabindex="-1")["Choose a patient"],
            h.p(".ck-lead")[f"{done} of {len(cards)} visits finished. Titles never tell you what it is."],
            notice("error", "This case cannot be opened.", trouble) if trouble else None,
            _levels(level, cards),
            h.ul(".ck-cards")[[h.li[_card(card)] for card in shown]] if shown else empty(
                "No case of this level.", "Choose another level."
            ),
        ],
        h.footer(".ck-footer")[h.p[TEACHING_ONLY], h.p["Patients are invented."]],
    ]  # fmt: skip


def _levels(chosen: str, cards: Sequence[Card]) -> h.Element:
    there = sorted({card.level for card in cards})
    options = [("", "All"), *((str(n), f"{n}, {LEVELS.get(n, '')}") for n in there)]
    return h.fieldset[
        h.legend(".ck-hidden")["Level"],
        h.div(".ck-levels")[
            [
                h.label(".ck-tick")[
                    h.input(type="radio", name="level", value=value, checked=value == chosen, data_on_change="",
                            data_send="choose", data_act="level"),
                    label,
                ]
                for value, label in options
            ]
        ],
    ]  # fmt: skip


def _card(card: Card) -> h.Element:
    if card.trouble:
        return notice("error", "This case cannot be opened.", card.trouble)
    return h.button(".ck-case-card", type="button", data_send="act", data_act="open", data_case=card.id)[
        h.strong[card.title],
        " ",
        h.span(".ck-voice")[f"“{card.quote}”"],
        " ",
        h.span(".ck-note")[f"{card.patient} · {SETTINGS.get(card.setting, card.setting)}"],
        " ",
        h.span(".ck-card-foot.ck-note")[
            f"Level {card.level}, {LEVELS.get(card.level, '')} · {card.minutes} min"
        ],
        " ",
        h.span(".ck-progress-line.ck-going" if card.going else ".ck-progress-line")[card.progress],
    ]

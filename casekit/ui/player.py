"""A visit on a page, without the widget: what is looked at, what a message does, what went wrong."""

from __future__ import annotations

import traceback
from collections.abc import Mapping
from typing import Any

from casekit.encounter.visit import Visit
from casekit.errors import CasekitError
from casekit.plots.svg import get_ready
from casekit.ui.frame import draw
from casekit.ui.panel_list import panel_for
from casekit.ui.screen import (
    Act,
    Choice,
    Download,
    Message,
    MessageKind,
    Notice,
    RefusedMessageError,
    Screen,
    parse,
)

_DEEDS = {
    "ask", "examine", "order", "estimate", "represent", "commit_diagnosis", "set_goals", "plan", "forecast",
    "follow_up", "close", "draft", "start_again", "take_over",
}  # fmt: skip


class Player:
    """The state of one view of a visit. `draw()` gives its markup; `handle()` takes a message."""

    def __init__(self, visit: Visit, steps: tuple[str, ...] = ()) -> None:
        self.visit = visit
        self._steps = steps
        self._choices: dict[str, str] = {}
        self._status = ""
        self._notice: Notice | None = None
        self.download: Download | None = None
        # a whole visit says when it goes on where it was left; a part of one only after a restart
        self._resumed = visit.resumed if steps else bool(visit.state.estimates)

    def draw(self) -> str:
        """The page as markup."""
        drawn = draw(
            self.visit, self._steps, self._choices, self._notice, self._status, resumed=self._resumed
        )
        return str(drawn)

    def handle(self, raw: Mapping[str, Any]) -> bool:
        """Do what a message asks, or keep why not for the screen. True if another screen is shown now.

        Nothing is ever swallowed: a fault of ours is shown with what a bug report needs.
        """
        self._notice = self.download = None
        before = (self.visit.state.step, self._choices.get("mode"), self._choices.get("step"))
        try:
            self._perform(parse(raw))
        except CasekitError as error:
            self._notice = Notice("error", "That did not work.", str(error))
        except Exception:
            trace = traceback.format_exc(limit=-3)
            self._notice = Notice("error", "Something broke in casekit. Nothing was lost.", trace)
        if self.visit.state.step is not before[0]:
            self._choices.pop("step", None)
        return before != (self.visit.state.step, self._choices.get("mode"), self._choices.get("step"))

    def _perform(self, message: Message) -> None:
        if message.kind is MessageKind.IDLE:
            get_ready()
            return
        if message.panel == "frame":
            outcome: Act | Choice | Download = _frame_deed(message)
        else:
            panel = panel_for(message.panel)
            screen = Screen(visit=self.visit, step=panel.STEP or self.visit.state.step, choices=self._choices)
            outcome = panel.handle(screen, message)
        if isinstance(outcome, Act):
            if outcome.name not in _DEEDS:
                raise RefusedMessageError(f'"{outcome.name}" is nothing a visit can do.')
            getattr(self.visit, outcome.name)(*outcome.args, **outcome.options)
        if message.kind is not MessageKind.DRAFT or outcome.said:
            self._status = outcome.said
        if isinstance(outcome, Download):
            self.download = outcome
        else:
            self._choices.update(outcome.choices)


def _frame_deed(message: Message) -> Act | Choice:
    if message.act == "look":
        return Choice({"step": message.data.get("step", ""), "mode": ""})
    if message.act == "go_on":
        return Choice({"resumed": "seen"})
    if message.act == "take_over":
        return Act("take_over", said="You go on here. The other notebook only reads from now on.")
    if message.act == "start_again":
        return Act(
            "start_again", choices={"step": "", "mode": "", "resumed": "seen"}, said="A new visit has begun."
        )
    raise RefusedMessageError(f'The page asked for "{message.act}", which nobody knows.')

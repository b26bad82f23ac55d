"""The one root widget of a view: it draws the screen, takes messages, and shows what went wrong.

The page is a string of markup that the browser patches in place. Python decides; JavaScript does not.
"""

from __future__ import annotations

import traceback
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from casekit.encounter.visit import Visit
from casekit.errors import CasekitError
from casekit.ui.frame import draw
from casekit.ui.outline import outline
from casekit.ui.panel_list import panel_for
from casekit.ui.screen import Act, Choice, Message, MessageKind, Notice, RefusedMessageError, Screen

STATIC = Path(__file__).parent / "static"
_SCRIPTS = ("idiomorph.js", "shares.js", "quantiles.js", "view.js")
_STYLES = ("tokens.css", "parts.css", "panels.css")
_DEEDS = {
    "ask", "examine", "order", "estimate", "represent", "commit_diagnosis", "set_goals", "plan", "forecast",
    "follow_up", "close", "draft", "start_again",
}  # fmt: skip


@cache
def _joined(names: tuple[str, ...]) -> str:
    texts = [(STATIC / name).read_text(encoding="utf-8") for name in names]
    return "\n".join(text.replace("export {Idiomorph};", "") for text in texts)


class Page(anywidget.AnyWidget):
    """A page of markup that is patched in place, and the messages that come back from it."""

    _esm = _joined(_SCRIPTS)
    _css = _joined(_STYLES)
    html = traitlets.Unicode("").tag(sync=True)

    def __init__(self) -> None:
        super().__init__()
        self.on_msg(self._receive)

    def handle(self, message: Mapping[str, Any]) -> None:
        """Take one message as the browser would send it."""
        raise NotImplementedError

    def _receive(self, _widget: object, content: Any, _buffers: object) -> None:
        self.handle(content)

    def outline(self) -> str:
        """Everything on the screen as plain text."""
        return outline(self.html)

    def _repr_mimebundle_(self, **options: Any) -> Any:
        bundle = super()._repr_mimebundle_(**options)
        data = bundle[0] if isinstance(bundle, tuple) else bundle
        if data is not None:
            data["text/plain"] = self.outline()
        return bundle

    def __repr__(self) -> str:
        return self.outline()


class View(Page):
    """A visit, or some steps of it, on screen."""

    def __init__(self, visit: Visit, steps: tuple[str, ...] = ()) -> None:
        super().__init__()
        self._visit = visit
        self._steps = steps
        self._choices: dict[str, str] = {}
        self._status = ""
        self._notice: Notice | None = None
        visit.watch(self._redraw)
        self._redraw()

    def handle(self, message: Mapping[str, Any]) -> None:
        """Take one message; do it, or show why not. Nothing is ever swallowed."""
        self._notice = None
        step_before = self._visit.state.step
        try:
            self._perform(parse(message))
        except CasekitError as error:
            self._notice = Notice("error", "That did not work.", str(error))
        except Exception:  # a fault of ours: say so on the screen, with what a bug report needs
            self._notice = Notice("error", "Something broke in casekit. Nothing was lost.", traceback.format_exc(limit=4))
        if self._visit.state.step is not step_before:
            self._choices.pop("step", None)
        self._redraw()
        if self._visit.state.step is not step_before:
            self.send({"kind": "focus", "selector": ".ck-screen-title"})

    def _perform(self, message: Message) -> None:
        if message.kind is MessageKind.IDLE:
            return
        if message.panel == "frame":
            outcome = _frame_deed(message)
        else:
            panel = panel_for(message.panel)
            outcome = panel.handle(self._screen(message.panel), message)
        self._status = outcome.said
        if isinstance(outcome, Act):
            if outcome.name not in _DEEDS:
                raise RefusedMessageError(f'"{outcome.name}" is nothing a visit can do.')
            getattr(self._visit, outcome.name)(*outcome.args, **outcome.options)
        self._choices.update(outcome.choices)

    def _screen(self, panel: str) -> Screen:
        return Screen(visit=self._visit, step=panel_for(panel).STEP or self._visit.state.step, choices=self._choices)

    def _redraw(self) -> None:
        self.html = str(draw(self._visit, self._steps, self._choices, self._notice, self._status))


def parse(raw: Mapping[str, Any]) -> Message:
    """A message from the page, checked. Raises RefusedMessageError for anything else."""
    try:
        kind = MessageKind(raw["kind"])
        panel, act = str(raw.get("panel", "")), str(raw.get("act", ""))
        data, form = raw.get("data") or {}, raw.get("form") or {}
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise RefusedMessageError(f"The page sent something that is no message: {str(raw)[:80]}") from error
    if not isinstance(data, Mapping) or not isinstance(form, Mapping):
        raise RefusedMessageError("The page sent a message whose fields are not a form.")
    return Message(kind=kind, panel=panel, act=act, data={str(k): str(v) for k, v in data.items()}, form=form)


def _frame_deed(message: Message) -> Act | Choice:
    if message.act == "look":
        return Choice({"step": message.data.get("step", ""), "mode": ""})
    if message.act == "go_on":
        return Choice({"resumed": "seen"})
    if message.act == "start_again":
        return Act("start_again", choices={"step": "", "mode": "", "resumed": "seen"}, said="A new visit has begun.")
    raise RefusedMessageError(f'The page asked for "{message.act}", which nobody knows.')

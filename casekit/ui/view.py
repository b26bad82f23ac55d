"""The one root widget of a view: it draws the screen, takes messages, and shows what went wrong.

The page is a string of markup that the browser patches in place. Python decides; JavaScript does not.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from casekit.encounter.visit import Visit
from casekit.ui.frame import TEACHING_ONLY
from casekit.ui.outline import outline
from casekit.ui.player import Player

STATIC = Path(__file__).parent / "static"
_SCRIPTS = ("idiomorph.js", "shares.js", "quantiles.js", "view.js")
_STYLES = (
    "tokens.css", "parts.css", "panels.css", "panel_reasoning.css", "panel_plan.css", "panel_outcome.css",
)  # fmt: skip


@cache
def _joined(names: tuple[str, ...]) -> str:
    texts = [(STATIC / name).read_text(encoding="utf-8") for name in names]
    return "\n".join(text.replace("export {Idiomorph};", "") for text in texts)


class Page(anywidget.AnyWidget):  # type: ignore[misc]  # anywidget has no types
    """A page of markup that is patched in place, and the messages that come back from it."""

    _esm = _joined(_SCRIPTS)
    _css = _joined(_STYLES)
    html = traitlets.Unicode("").tag(sync=True)
    seen = traitlets.Int(0).tag(sync=True)

    def __init__(self) -> None:
        super().__init__()
        self.on_msg(self._receive)

    def handle(self, message: Mapping[str, Any]) -> None:
        """Take one message as the browser would send it."""
        raise NotImplementedError

    def _receive(self, _widget: object, content: Any, _buffers: object) -> None:
        with self.hold_sync():  # the answer and the number of the message it answers go out together
            self.handle(content)
            if isinstance(content, Mapping) and isinstance(content.get("seq"), int):
                self.seen = content["seq"]

    def _after(self, player: Player, *, moved: bool) -> None:
        """What the browser does after a message: show the new heading, save a file."""
        if moved:
            self.send({"kind": "focus", "selector": ".ck-screen-title"})
        if player.download is not None:
            self.send(
                {"kind": "download", "name": player.download.name, "text": whole_page(player.download.markup)}
            )

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


def whole_page(markup: str) -> str:
    """Markup as a page of its own, with our style and nothing from outside."""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>casekit report</title>'
        f'<style>{_joined(_STYLES)}</style></head><body data-jp-theme-light="true">'
        f'<div class="ck-root"><div class="ck"><p>{TEACHING_ONLY}</p>{markup}</div></div></body></html>'
    )


class View(Page):
    """A visit, or some steps of it, on screen. Several views of one visit stay in step."""

    def __init__(self, visit: Visit, steps: tuple[str, ...] = ()) -> None:
        super().__init__()
        self._player = Player(visit, steps)
        self._busy = False
        visit.watch(self._visit_changed)
        self._redraw()

    def handle(self, message: Mapping[str, Any]) -> None:
        """Take one message; do it, or show why not. The page is drawn once, at the end."""
        self._busy = True
        try:
            moved = self._player.handle(message)
        finally:
            self._busy = False
        self._redraw()
        self._after(self._player, moved=moved)

    def _visit_changed(self) -> None:
        if not self._busy:
            self._redraw()

    def _redraw(self) -> None:
        self.html = self._player.draw()

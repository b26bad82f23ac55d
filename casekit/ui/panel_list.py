"""Which panels there are. A new panel is one file in `panels/` and one line here."""

from __future__ import annotations

from typing import Protocol

import htpy as h

from casekit.encounter.state import Step
from casekit.ui.panels import (
    calculation,
    debrief,
    diagnosis,
    door,
    estimate,
    examination,
    follow_up,
    forecast,
    goals,
    history,
    plan,
    tests,
)
from casekit.ui.screen import Act, Choice, Download, Message, RefusedMessageError, Screen


class Panel(Protocol):
    """A module with a step (None: any), a picture of it, and an answer to messages."""

    @property
    def STEP(self) -> Step | None:  # noqa: N802 (a constant of a module)
        """The step the panel belongs to."""

    def render(self, screen: Screen, /) -> h.Node:
        """The panel's markup."""

    def handle(self, screen: Screen, message: Message, /) -> Act | Choice | Download:
        """What a message asks for."""


_PANELS: dict[str, Panel] = {
    "door": door,
    "history": history,
    "examination": examination,
    "tests": tests,
    "estimate": estimate,
    "calculation": calculation,
    "diagnosis": diagnosis,
    "goals": goals,
    "plan": plan,
    "forecast": forecast,
    "follow_up": follow_up,
    "debrief": debrief,
}


def panel_for(name: str) -> Panel:
    """The panel of this name. Raises RefusedMessageError for a name nobody has."""
    if name not in _PANELS:
        raise RefusedMessageError(f'There is no panel "{name}". There are {", ".join(_PANELS)}.')
    return _PANELS[name]

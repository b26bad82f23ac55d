"""What a panel gets and what it gives back. A panel is two pure functions between these types.

`render(screen) -> markup` and `handle(screen, message) -> Act | Choice`. Nothing here draws or computes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from casekit.encounter.state import Step
from casekit.encounter.visit import Visit
from casekit.errors import CasekitError


class MessageKind(StrEnum):
    """What a browser may send: a deed, unfinished work to keep, a change of what is looked at, idleness."""

    ACT = "act"
    DRAFT = "draft"
    CHOOSE = "choose"
    IDLE = "idle"


@dataclass(frozen=True, kw_only=True)
class Message:
    """One message from the page. `data` are the data attributes of what was clicked, `form` the fields."""

    kind: MessageKind
    panel: str
    act: str = ""
    data: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, Any] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """A field as text, without surrounding blanks; empty if it is not there."""
        return str(self.form.get(name, "") or "").strip()


@dataclass(frozen=True)
class Act:
    """A deed in the visit: the name of a Visit method with its arguments, and a word for the status line."""

    name: str
    args: tuple[Any, ...] = ()
    options: Mapping[str, Any] = field(default_factory=dict)
    said: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Choice:
    """A change of what is looked at, kept by the view and not by the journal."""

    choices: Mapping[str, str]
    said: str = ""


@dataclass(frozen=True)
class Download:
    """A page to save on the reader's machine: a file name and the markup of its content."""

    name: str
    markup: str
    said: str = ""


@dataclass(frozen=True)
class Notice:
    """Something to tell above the panel: kind accent, edge, caution or error; role alert for errors."""

    kind: str
    title: str
    text: str = ""


@dataclass(frozen=True)
class Screen:
    """Everything a panel may draw from: the visit, what is looked at, and the step that is shown."""

    visit: Visit
    step: Step
    choices: Mapping[str, str] = field(default_factory=dict)

    def choice(self, name: str, default: str = "") -> str:
        """What was chosen to be looked at."""
        return self.choices.get(name, default)

    @property
    def live(self) -> bool:
        """True if this step is the one to work on; False if it is read again (or not yet reached)."""
        return self.visit.state.step is self.step and not self.visit.read_only

    @property
    def reached(self) -> bool:
        """True once the visit has come to this step."""
        return self.visit.state.step.number >= self.step.number

    def draft(self, panel: str) -> Mapping[str, Any]:
        """The unfinished work of a panel."""
        values = self.visit.state.drafts.get(panel, {})
        return values if isinstance(values, Mapping) else {}


class RefusedMessageError(CasekitError):
    """A message from the page that no panel knows."""


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

"""Where events are kept: a file that is appended and synced before the screen answers, or memory.

A torn last line (power cut, kill) is dropped and nothing else. A journal that somebody else writes, or
that was changed by hand, is read only, and says why.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from casekit.encounter.events import Event, EventKind, from_line, make_event, to_line
from casekit.encounter.ownership import Ownership
from casekit.errors import JournalError

ELSEWHERE = "You are reading. This visit is open in another notebook. Close it there, or go on here."


class Journal:
    """Events in memory. `read_only` is empty, or the reason why nothing can be added.

    `resumed` is true if there were events when it was opened. Whoever listens is told of every change, so
    that several visits on one journal stay one visit.
    """

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.listeners: list[Callable[[], None]] = []
        self.read_only = ""
        self.repaired = ""
        self.resumed = False

    @property
    def name(self) -> str:
        """What to call the journal on screen."""
        return "memory"

    def append(self, kind: EventKind, data: Mapping[str, Any], at: datetime) -> Event:
        """Keep one more event. Raises JournalError, and keeps nothing, if that is not possible."""
        if self.read_only:
            raise JournalError(self.read_only)
        last = self.events[-1] if self.events else None
        event = make_event(last, kind=kind, data=data, at=at.isoformat(timespec="seconds"))
        self._write(to_line(event))
        self.events.append(event)
        self._tell()
        return event

    def restart(self) -> None:
        """Forget every event, keeping what was there aside if it is a file."""
        if self.read_only:
            raise JournalError(self.read_only)
        self.events.clear()
        self.resumed = False

    def is_current(self) -> bool:
        """True while the events here are those that are kept."""
        return True

    def take_over(self) -> None:
        """Nobody else can hold a journal in memory."""

    def close(self) -> None:
        """Let another kernel write."""

    def _tell(self) -> None:
        for listener in list(self.listeners):
            listener()

    def _write(self, line: str) -> None:
        """Nothing to do in memory."""


class FileJournal(Journal):
    """Events in a JSON Lines file that one kernel writes at a time."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        self._owner = Ownership(path)
        if not self._owner.claim():
            self.read_only = ELSEWHERE
        self._read()
        self.resumed = bool(self.events)

    def take_over(self) -> None:
        """Go on here; the other notebook only reads from now on. What it wrote is kept."""
        self._owner.take()
        self.read_only = ""
        self.events.clear()
        self._read()
        self._tell()

    @property
    def name(self) -> str:
        """The file's name."""
        return self.path.name

    def is_current(self) -> bool:
        """True unless somebody else changed the file, or it cannot be written any more."""
        written = "".join(map(to_line, self.events)).encode()
        return not self.read_only and (self.path.read_bytes() if self.path.exists() else b"") == written

    def restart(self) -> None:
        """Begin anew; the old file stays beside the new one under a numbered name."""
        super().restart()
        number = 1
        while (kept := self.path.with_suffix(f".{number}.jsonl")).exists():
            number += 1
        if self.path.exists():
            self.path.rename(kept)

    def close(self) -> None:
        """Let another kernel write; this one only reads from now on."""
        self._owner.release()
        self.read_only = self.read_only or "This visit was closed here. Open it again to go on."

    def _read(self) -> None:
        if not self.path.exists():
            return
        raw = self.path.read_bytes()
        whole, _, torn = raw.rpartition(b"\n")
        if torn:
            self._drop_torn(len(raw) - len(torn))
        for number, line in enumerate(whole.decode("utf-8", "replace").split("\n") if whole else [], start=1):
            try:
                self.events.append(from_line(line, self.events[-1] if self.events else None, number))
            except JournalError as error:
                self.read_only = f"You are reading, up to line {number - 1}. {error}"
                return

    def _drop_torn(self, length: int) -> None:
        self.repaired = "The last line was cut off while it was written; that one step was dropped."
        if not self.read_only:
            with self.path.open("r+b") as file:
                file.truncate(length)
                os.fsync(file.fileno())

    def _write(self, line: str) -> None:
        before = self.path.stat().st_size if self.path.exists() else 0
        try:
            with self._owner.writing() as mine:
                if not mine:
                    self.read_only = ELSEWHERE
                    raise JournalError(self.read_only)
                with self.path.open("ab") as file:
                    file.write(line.encode())
                    file.flush()
                    os.fsync(file.fileno())
        except OSError as error:
            self._undo(before)
            reason = error.strerror or str(error)
            raise JournalError(
                f"This step was not saved. The file {self.path} could not be written: {reason}. "
                "What you entered is still on the screen; make room or mend the folder, then do it again."
            ) from error

    def _undo(self, length: int) -> None:
        try:
            if self.path.exists():
                os.truncate(self.path, length)
        except OSError:
            self.read_only = "You are reading. The journal could not be written and may end in half a line."


def read_journal(path: Path) -> list[Event]:
    """The events of a file, without locking or mending it.

    Raises JournalError if there is no such file or a line other than a torn last one is wrong.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise JournalError(f"{path}: {error.strerror or error}") from error
    whole = raw.rpartition(b"\n")[0]
    events: list[Event] = []
    for number, line in enumerate(whole.decode("utf-8", "replace").split("\n") if whole else [], start=1):
        events.append(from_line(line, events[-1] if events else None, number))
    if not events:
        raise JournalError(f"{path}: there is no event in it.")
    return events

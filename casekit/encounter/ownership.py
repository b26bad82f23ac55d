"""Which kernel writes a journal: one at a time, free again when it dies, and another may take over.

A file beside the journal names the owner. The owner holds a lock under that name as long as it lives, so a
killed kernel never blocks anybody; each write checks that nobody took over in between.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

from filelock import FileLock, Timeout


class Ownership:
    """The right to write one file, held by at most one kernel."""

    def __init__(self, path: Path) -> None:
        self._name = uuid4().hex
        self._file = path.with_name(f"{path.name}.owner")
        self._door = FileLock(f"{path}.lock")
        self._alive: FileLock | None = None

    def claim(self) -> bool:
        """Take the right if nobody living has it. True if it is ours now."""
        with self._door:
            if self._holder_lives():
                return False
            self._hold()
            return True

    def take(self) -> None:
        """Take the right from whoever has it."""
        with self._door:
            self._hold()

    @contextmanager
    def writing(self) -> Iterator[bool]:
        """While this lasts nobody can take over; gives True if the right is still ours."""
        with self._door:
            yield self._holder() == self._name

    def release(self) -> None:
        """Give the right back."""
        with self._door:
            if self._holder() == self._name:
                self._file.unlink(missing_ok=True)
        if self._alive is not None:
            self._alive.release()
            with suppress(OSError):
                Path(self._alive.lock_file).unlink()
            self._alive = None

    def _hold(self) -> None:
        if self._alive is None:
            self._alive = FileLock(self._sign(self._name))
            self._alive.acquire(timeout=0)
        self._file.write_text(self._name, encoding="ascii")

    def _holder(self) -> str:
        try:
            return self._file.read_text(encoding="ascii").strip()
        except (OSError, UnicodeError):
            return ""

    def _holder_lives(self) -> bool:
        holder = self._holder()
        if not holder.isalnum():
            return False
        sign = self._sign(holder)
        if not sign.exists():
            return False
        try:
            with FileLock(sign, timeout=0):
                pass
        except Timeout:
            return True
        with suppress(OSError):
            sign.unlink()
        return False

    def _sign(self, name: str) -> Path:
        return self._file.with_name(f"{self._file.name}.{name}")

"""Cases that were found sound, kept in the form they are used in: opening one again parses nothing.

An entry's name is a digest of everything it depends on: both files, the evidence, and the code that reads
cases. So it is never stale, and a cache that cannot be read or written is as good as none.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from dataclasses import replace
from functools import cache
from pathlib import Path

import msgspec
from platformdirs import user_cache_path

from casekit.content.library import CASE_FILE, KEY_FILE
from casekit.domain.case import Case
from casekit.domain.key import Key, Step

PACKAGE = Path(__file__).parent.parent
MOST_ENTRIES = 500


def cached_case(folder: Path, evidence_digest: str) -> tuple[Case, Key] | None:
    """Case and key of this folder, if exactly these files were found sound before."""
    try:
        entry = _entry(folder, evidence_digest)
        case, key = msgspec.json.decode(entry.read_bytes(), type=tuple[Case, Key])
    except (OSError, msgspec.MsgspecError):
        return None
    return case, replace(key, expert=_thawed(key.expert), decoy=_thawed(key.decoy))


def keep_case(folder: Path, evidence_digest: str, case: Case, key: Key) -> None:
    """Remember a sound case. Does nothing where that is not possible or not wanted."""
    if os.environ.get("CASEKIT_STORE") == ":memory:":
        return
    with suppress(OSError):
        entry = _entry(folder, evidence_digest)
        entry.parent.mkdir(parents=True, exist_ok=True)
        if sum(1 for _ in entry.parent.iterdir()) >= MOST_ENTRIES:
            return
        part = entry.with_suffix(f".{os.getpid()}")
        part.write_bytes(msgspec.json.encode((case, key)))
        part.replace(entry)


def _entry(folder: Path, evidence_digest: str) -> Path:
    total = hashlib.sha256((evidence_digest + _code()).encode())
    for name in (CASE_FILE, KEY_FILE):
        total.update((folder / name).read_bytes())
    home = os.environ.get("CASEKIT_HOME")
    place = Path(home) / "cache" if home else user_cache_path("casekit", appauthor=False)
    return place / "cases" / f"{total.hexdigest()}.json"


@cache
def _code() -> str:
    """A digest of the modules that decide how a case is read."""
    total = hashlib.sha256()
    for path in sorted(
        [*PACKAGE.glob("content/*.py"), PACKAGE / "domain" / "case.py", PACKAGE / "domain" / "key.py"]
    ):
        total.update(path.read_bytes())
    return total.hexdigest()


def _thawed(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Weeks are whole numbers again; JSON made text of them."""
    return tuple(
        replace(
            step,
            value={name: {int(week): q for week, q in weeks.items()} for name, weeks in step.value.items()},
        )
        if step.act == "forecast"
        else step
        for step in steps
    )

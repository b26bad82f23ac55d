"""Where cases live, how one is found by id or path, and the short list for a catalogue.

A checkout uses the `cases` folder beside the package, an installation the copy inside it. The environment
variable CASEKIT_CASES adds folders of one's own, which come first.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from casekit.domain.vocabulary import did_you_mean
from casekit.errors import UnknownIdError

PACKAGE = Path(__file__).parent.parent
VARIABLE = "CASEKIT_CASES"
CASE_FILE, KEY_FILE = "case.yaml", "key.yaml"
_CASE_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, kw_only=True)
class CaseSummary:
    """What a case card shows. `trouble` says why, if the case cannot be read; then most fields are empty."""

    id: str
    title: str
    level: int
    minutes: int
    setting: str
    objectives: tuple[str, ...]
    quote: str
    patient: str
    folder: Path
    trouble: str = ""

    def __str__(self) -> str:
        """One line for a list of cases."""
        return self.trouble or f"{self.id}: {self.title} (level {self.level}, {self.minutes} minutes)"


def case_roots() -> tuple[Path, ...]:
    """Folders that hold case folders: one's own first, then those that come with casekit."""
    own = [Path(each).expanduser() for each in os.environ.get(VARIABLE, "").split(os.pathsep) if each.strip()]
    checkout, packaged = PACKAGE.parent / "cases", PACKAGE / "library" / "cases"
    shipped = packaged if packaged.is_dir() else checkout
    return (*own, shipped)


def case_folders() -> Mapping[str, Path]:
    """Id to folder of every case. Of two with one id the first root wins."""
    folders: dict[str, Path] = {}
    for root in case_roots():
        for path in _case_folders_in(root):
            folders.setdefault(path.name, path)
    return folders


def _case_folders_in(root: Path) -> Iterator[Path]:
    if root.is_dir():
        yield from sorted(path for path in root.iterdir() if (path / CASE_FILE).is_file())


def find_case(id_or_path: str | Path) -> Path:
    """The folder of a case, by id or by the path of the folder or of a file in it.

    Raises UnknownIdError with the nearest ids if there is none.
    """
    text = str(id_or_path)
    if isinstance(id_or_path, str) and _CASE_ID.fullmatch(text):
        folders = case_folders()
        if text in folders:
            return folders[text]
    path = Path(text).expanduser()
    if text and "\x00" not in text and len(text) < 4000:
        if path.is_file():
            return path.parent
        if path.is_dir():
            return path
    raise UnknownIdError(_no_case(text))


def _no_case(text: str) -> str:
    ids = case_folders()
    if "/" in text or os.sep in text:
        return f'There is no case folder at "{text[:200]}". Give a folder that holds a {CASE_FILE}.'
    hint = did_you_mean(text, ids) or "casekit cases lists them."
    return f'No case is called "{text[:200]}". {hint}'


def list_cases() -> tuple[CaseSummary, ...]:
    """A summary of every case that can be found, by level and then by title."""
    summaries = [summarise(folder) for folder in case_folders().values()]
    return tuple(sorted(summaries, key=lambda each: (bool(each.trouble), each.level, each.title)))


def summarise(folder: Path) -> CaseSummary:
    """The summary of one case folder, without validating the rest of it."""
    from casekit.content.yaml_reader import read_yaml_file  # finding a case needs no YAML

    document = read_yaml_file(folder / CASE_FILE)
    data = document.data if document.usable and isinstance(document.data, dict) else {}
    patient = data.get("patient")
    objectives = data.get("objectives")
    level, minutes = _whole(data.get("level")), _whole(data.get("minutes"))
    readable = bool(_text(data.get("title")) and level and minutes)
    return CaseSummary(
        id=folder.name,
        title=_text(data.get("title")) or folder.name,
        level=level,
        minutes=minutes,
        setting=_text(data.get("setting")),
        objectives=tuple(map(_text, objectives)) if isinstance(objectives, list) else (),
        quote=_text(data.get("quote")),
        patient=_patient_line(patient) if isinstance(patient, dict) else "",
        folder=folder,
        trouble="" if readable else f"{folder.name} cannot be read: see casekit check {folder.name}.",
    )


def _patient_line(patient: Mapping[str, Any]) -> str:
    """`Ms Ada Lind, 41, bus driver`."""
    occupation = _text(patient.get("occupation"))
    if occupation[:2].istitle():
        occupation = occupation[0].lower() + occupation[1:]
    parts = (_text(patient.get("name")), str(_whole(patient.get("age")) or ""), occupation)
    return ", ".join(part for part in parts if part)


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


def _whole(value: Any) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else 0

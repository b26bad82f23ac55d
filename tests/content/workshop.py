"""What the content tests share: the good case, broken copies of it, and the vocabulary."""

from __future__ import annotations

import shutil
from pathlib import Path

from casekit.content.case_loader import LoadedCase, read_case
from casekit.content.vocabulary import load_vocabulary

HERE = Path(__file__).parent
CASE_ID = "a-sack-of-soil"
GOOD = HERE / "good" / CASE_ID
BAD = HERE / "bad"
VOCABULARY = load_vocabulary()


def copy_of_good(folder: Path) -> Path:
    """A copy of the good case that a test may change."""
    target = folder / CASE_ID
    shutil.copytree(GOOD, target)
    return target


def broken(name: str, folder: Path) -> Path:
    """The good case with the broken file of this name in place of its own."""
    target = copy_of_good(folder)
    shutil.copytree(BAD / name, target, dirs_exist_ok=True)
    return target


def edited(folder: Path, file: str, *edits: tuple[str, str]) -> Path:
    """The good case with these texts replaced, each of which must be there."""
    target = copy_of_good(folder)
    text = (target / file).read_text(encoding="utf-8")
    for old, new in edits:
        assert old in text, old
        text = text.replace(old, new, 1)
    (target / file).write_text(text, encoding="utf-8")
    return target


def read(folder: Path) -> LoadedCase:
    """Read with the vocabulary of the evidence."""
    return read_case(folder, VOCABULARY)

"""Ways to break a copy of the project that the notebook tests must see: strict nbval and the policy together.

An act of sabotage changes one thing and says so by returning True; False means that there is nothing of the
kind to break in this notebook. Stored acts change what a notebook claims to have shown; living acts change
what the package shows now and leave the notebooks as they were.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat

from casekit.refresh import NOTEBOOK_ENVIRONMENT, UNSET
from tests.notebooks.files import ROOT, read
from tests.notebooks.policy import faults
from tools.test import STRICT_NBVAL

TEXTS = ("image/svg+xml", "text/html", "text/plain")  # where an output's words are, richest first


@dataclass(frozen=True, kw_only=True)
class Stored:
    """A change to a notebook's file."""

    name: str
    act: Callable[[Any], bool]


@dataclass(frozen=True, kw_only=True)
class Living:
    """A change to the first place in a file of the package or the cases where `find` matches."""

    name: str
    files: str
    find: str
    put: str


def copy_project(folder: Path) -> Path:
    """A copy of what the notebooks need, which kernels started for it import instead of the project."""
    skip = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
    for part in ("casekit", "cases", "notebooks"):
        shutil.copytree(ROOT / part, folder / part, ignore=skip)
    (folder / "tests").mkdir()
    shutil.copy(ROOT / "tests" / "nbval.cfg", folder / "tests")
    (folder / "pytest.ini").write_text("[pytest]\n")
    return folder


def strict_status(project: Path, notebooks: Sequence[Path]) -> int:
    """Exit status of strict nbval on these notebooks of the copy: 0 all as stored, 1 a difference."""
    environment = {**os.environ, **NOTEBOOK_ENVIRONMENT, "PYTHONPATH": str(project)}
    kept = {key: value for key, value in environment.items() if key not in UNSET}
    command = [sys.executable, "-m", "pytest", "-q", "-x", *STRICT_NBVAL, *map(str, notebooks)]
    return subprocess.run(command, cwd=project, env=kept, capture_output=True).returncode


def seen(project: Path, notebooks: Sequence[Path]) -> bool:
    """Whether the policy or strict nbval refuses one of the notebooks."""
    if any(faults(read(path)) for path in notebooks):
        return True
    status = strict_status(project, notebooks)
    assert status in (0, 1), f"pytest could not run: exit status {status}"
    return status == 1


def damage(path: Path, sabotage: Stored) -> bool:
    """Apply to the file; False if it holds nothing to break in this way."""
    notebook = read(path)
    done = sabotage.act(notebook)
    nbformat.write(notebook, path)
    return done


def damage_project(project: Path, sabotage: Living) -> None:
    """Apply to the first file that matches. Raises LookupError if there is none: the act needs a new aim."""
    for path in sorted(project.glob(sabotage.files)):
        text, count = re.subn(sabotage.find, sabotage.put, path.read_text(encoding="utf-8"), count=1)
        if count:
            path.write_text(text, encoding="utf-8")
            return
    raise LookupError(f"{sabotage.name}: nothing in {sabotage.files} matches {sabotage.find}")


DIGIT = re.compile(r"\d")
POINTS = re.compile(r'(?<= [dxy]=")[^"]+|(?<= cx=")[^"]+')


def _cells(notebook: Any) -> list[Any]:
    return [cell for cell in notebook.cells if cell.cell_type == "code" and cell.outputs]


def _change_text(output: Any, change: Callable[[str], str]) -> bool:
    """Change the words of an output; True if they are others now."""
    holder, key = (output, "text") if "text" in output else (output.get("data", {}), None)
    key = key or next((name for name in TEXTS if name in holder), None)
    if key is None:
        return False
    before = holder[key]
    holder[key] = change(before)
    return bool(holder[key] != before)


def _any_text(notebook: Any, change: Callable[[str], str], *, last: bool) -> bool:
    outputs = [output for cell in _cells(notebook) for output in cell.outputs]
    return any(_change_text(output, change) for output in (reversed(outputs) if last else outputs))


def _next_digit(match: re.Match[str]) -> str:
    return str((int(match[0]) + 1) % 10)


def last_digit_changed(notebook: Any) -> bool:
    """A score, a dose or a probability reads differently."""
    return _any_text(notebook, lambda text: re.sub(r"\d(?=\D*\Z)", _next_digit, text), last=True)


def last_word_changed(notebook: Any) -> bool:
    """The very end of the last outline, far beyond what a short print shows."""
    return _any_text(notebook, lambda text: re.sub(r"\w+(?=\W*\Z)", "sabotaged", text), last=True)


def first_word_changed(notebook: Any) -> bool:
    """The first thing the notebook shows."""
    return _any_text(notebook, lambda text: re.sub(r"[A-Za-z]{4,}", "sabotaged", text, count=1), last=False)


def point_moved(notebook: Any) -> bool:
    """One coordinate of the first drawing."""

    def move(text: str) -> str:
        return POINTS.sub(lambda found: DIGIT.sub(_next_digit, found[0], count=1), text, count=1)

    outputs = [output for cell in _cells(notebook) for output in cell.outputs]
    drawings = [output for output in outputs if "image/svg+xml" in output.get("data", {})]
    return any(_change_text(output, move) for output in drawings)


def output_dropped(notebook: Any) -> bool:
    """What a cell showed is missing, as if stripped by hand."""
    cells = _cells(notebook)
    if cells:
        cells[-1].outputs = []
    return bool(cells)


def output_doubled(notebook: Any) -> bool:
    """A cell claims to have shown its result twice."""
    cells = _cells(notebook)
    if cells:
        cells[0].outputs = [*cells[0].outputs, *cells[0].outputs]
    return bool(cells)


def cell_never_run(notebook: Any) -> bool:
    """No count and no output: strict comparison alone would run the cell and compare nothing."""
    cells = _cells(notebook)
    if cells:
        cells[-1].outputs, cells[-1].execution_count = [], None
    return bool(cells)


def step_shows_nothing(notebook: Any) -> bool:
    """The source of the last cell no longer shows what is stored below it."""
    cells = _cells(notebook)
    if cells:
        cells[-1].source = "None"
    return bool(cells)


STORED = tuple(
    Stored(name=act.__name__, act=act)
    for act in (
        last_word_changed,
        last_digit_changed,
        first_word_changed,
        point_moved,
        output_dropped,
        output_doubled,
        cell_never_run,
        step_shows_nothing,
    )
)

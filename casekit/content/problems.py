"""A problem in a content file, told so that its author can mend it.

Reading, validation and lint all report with this one shape: where, what was found, what was allowed, what to
try. Problems are collected, never raised one by one; `CaseError` carries the whole list.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from casekit.errors import CaseError

PathPart = str | int
"""One step from a mapping (key) or a list (index) to what it holds."""


class Severity(StrEnum):
    """An error stops the case from being used; a warning asks the author to look again."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One problem at one place. `line` and `column` count from 1; `path` reads like `facts[2].state`.

    `message` may be empty when `found` and `expected` say everything.
    """

    file: str
    line: int
    column: int
    path: str
    severity: Severity
    rule: str
    message: str = ""
    found: str = ""
    expected: str = ""
    hint: str = ""

    @property
    def sentence(self) -> str:
        """Message, found and expected as running text, without the hint."""
        parts = [self.message] if self.message else []
        if self.found and self.expected:
            parts.append(f"found {self.found}; expected {self.expected}.")
        elif self.found:
            parts.append(f"found {self.found}.")
        elif self.expected:
            parts.append(f"expected {self.expected}.")
        return " ".join(parts)

    def __str__(self) -> str:
        """Two lines: the place, then what is wrong and what to try."""
        mark = " (warning)" if self.severity is Severity.WARNING else ""
        place = f"{self.file}:{self.line}:{self.column}:"
        head = " ".join(part for part in (place, self.path) if part) + mark
        return f"{head}\n  {' '.join(part for part in (self.sentence, self.hint) if part)}"

    def as_dict(self) -> dict[str, str | int]:
        """The eight keys that `check --json` prints."""
        return {
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "path": self.path,
            "severity": str(self.severity),
            "rule": self.rule,
            "message": self.sentence,
            "hint": self.hint,
        }


def show_path(parts: Sequence[PathPart]) -> str:
    """A path as the author would say it: `facts[2].state`; empty for the whole file."""
    text = ""
    for part in parts:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            text += f".{part}" if text else part
    return text


def show_file(path: Path) -> str:
    """The file relative to the working folder if it lies inside, else in full; slashes everywhere."""
    absolute = path.absolute()
    here = Path.cwd()
    return absolute.relative_to(here).as_posix() if absolute.is_relative_to(here) else absolute.as_posix()


def in_file_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Sorted by file, then by place; equal places keep their order."""
    return tuple(sorted(problems, key=lambda each: (each.file, each.line, each.column)))


def errors_of(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Only those that stop the case from being used."""
    return tuple(each for each in problems if each.severity is Severity.ERROR)


def case_error(problems: Sequence[Problem]) -> CaseError:
    """The exception that lists every problem, one after another."""
    count = len(problems)
    head = "1 problem" if count == 1 else f"{count} problems"
    body = "\n".join(str(problem) for problem in problems)
    return CaseError(f"{head}\n{body}", problems)

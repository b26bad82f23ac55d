"""The content of one YAML file as plain data, and where each part of it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from casekit.content.problems import PathPart, Problem, Severity, show_path


class Place(NamedTuple):
    """Line and column, both counted from 1."""

    line: int
    column: int


class Hole:
    """Stands where the reader already reported a problem, so that nobody reports it again."""

    def __repr__(self) -> str:
        return "HOLE"


HOLE = Hole()
TOP = Place(1, 1)


@dataclass(eq=False)
class Places:
    """Where the keys and values of one mapping or list begin. Marks are YAML marks, counted from 0."""

    start: Any
    keys: dict[PathPart, Any] = field(default_factory=dict)
    values: dict[PathPart, Any] = field(default_factory=dict)


@dataclass(eq=False)
class YamlDocument:
    """Plain data (dict, list, str, int, float, bool, None, Trap, HOLE) with the place of every part.

    `problems` are those of the text itself; `usable` is False if there was no reading on.
    """

    file: str
    raw: bytes = b""
    data: Any = HOLE
    problems: list[Problem] = field(default_factory=list)
    places: dict[int, Places] = field(default_factory=dict)
    usable: bool = True

    def place(self, path: Sequence[PathPart], *, at_key: bool = False) -> Place:
        """Where the value of this path begins (or its key). A part that is missing gives what holds it."""
        node, mark = self.data, None
        for depth, part in enumerate(path):
            places = self.places.get(id(node))
            if places is None or part not in places.values:
                break
            last = depth == len(path) - 1
            mark = places.keys.get(part) if at_key and last else None
            mark = mark or places.values[part]
            node = node[part]
        if mark is None:
            places = self.places.get(id(self.data))
            mark = places.start if places else None
        return Place(mark.line + 1, mark.column + 1) if mark is not None else TOP

    def problem(
        self, path: Sequence[PathPart], rule: str, *, severity: Severity = Severity.ERROR,
        at_key: bool = False, show: str | None = None, message: str = "", found: str = "",
        expected: str = "", hint: str = "",
    ) -> Problem:  # fmt: skip
        """A problem at this path of this file; `show` replaces the path as it is written out."""
        place = self.place(path, at_key=at_key)
        return Problem(
            file=self.file, line=place.line, column=place.column, severity=severity, rule=rule,
            path=show_path(path) if show is None else show, message=message, found=found, expected=expected,
            hint=hint,
        )  # fmt: skip

    def problem_at(
        self, mark: Any, path: Sequence[PathPart], rule: str, *, message: str = "", found: str = "",
        expected: str = "", hint: str = "",
    ) -> Problem:  # fmt: skip
        """An error at a mark of the parser, for what never became part of the data."""
        return Problem(
            file=self.file, line=mark.line + 1, column=mark.column + 1, path=show_path(path), rule=rule,
            severity=Severity.ERROR, message=message, found=found, expected=expected, hint=hint,
        )  # fmt: skip

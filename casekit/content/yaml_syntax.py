"""Syntax errors of YAML in the words of somebody who writes cases, with what to try."""

from __future__ import annotations

from typing import Any

import yaml

from casekit.content.problems import PathPart, Problem
from casekit.content.yaml_document import YamlDocument

_QUOTES = "Put the text in quotes."
_ADVICE = (
    # (what the parser says, what we say, what to try, whether the place is where the part began)
    ("found a tab character", "a tab stands where spaces belong.", "Indent with spaces only.", False),
    ("unexpected end of stream", "a quote opened here is never closed.",
     "Close it, or double a quote that belongs to the text.", True),
    ("mapping values are not allowed", "a colon stands where no key can be.",
     'Text with ": " inside needs quotes; otherwise check the indentation of this line.', False),
    ("block sequence entries are not allowed", "a list starts in the middle of a line.",
     'Put "- " on a line of its own below the key.', False),
    ("expected ',' or ']'", "the list opened with [ here does not end as it should.",
     "Check commas and the closing ]; text with a bracket, comma or colon needs quotes.", True),
    ("expected ',' or '}'", "the mapping opened with { here does not end as it should.",
     "Check commas and the closing }; text with a bracket, comma or colon needs quotes.", True),
    ("could not find expected ':'", "a line here has no colon.",
     'Each line is "name: value"; longer text goes below "name: |", indented.', False),
    ("expected key", "this line does not fit the ones above.",
     "Check its indentation, and that nothing follows a closing quote.", False),
    ("expected '-' indicator", "this line does not fit the list above.",
     'Entries of one list start with "- " in the same column.', False),
    ("unknown escape character", "a backslash in double quotes has a special meaning.",
     "Use single quotes around the text, or write \\\\ for a backslash.", False),
    ("expected alphabetic or numeric", "text that starts with * or & has a special meaning.", _QUOTES, False),
    ("found undefined tag handle", "text that starts with ! has a special meaning.", _QUOTES, False),
    ("expected <document start>", "text follows after the end of the content.",
     "Check the indentation: top-level keys start in column 1.", False),
    ("document indicator", "--- or ... stands inside a text.", "Indent it or remove it.", False),
    ("expected comment or line break", "text follows | or > in the same line.",
     "Begin the text in the next line, indented.", False),
    ("found unexpected ':'", "a colon stands where no key can be.", _QUOTES, False),
    ("maximum nesting depth", "nested far too deep.", "Check the brackets.", False),
    ("expected node content", "a value is missing here.", "Write the value, or remove the comma.", False),
)  # fmt: skip


def syntax_problem(
    document: YamlDocument, error: yaml.YAMLError, text: str, path: tuple[PathPart, ...], last_scalar: Any
) -> Problem:
    """The problem that stopped the parser; nothing after it could be read.

    `last_scalar` is the event before it: a quote left open shows only where the next one closes it.
    """
    said = str(getattr(error, "problem", None) or getattr(error, "reason", None) or error)
    mark: Any = getattr(error, "problem_mark", None)
    start: Any = getattr(error, "context_mark", None) or mark
    if mark is None:
        return document.problem(path, "yaml-syntax", message=f"not readable as YAML: {said}.", hint=_QUOTES)
    if "cannot start any token" in said:
        return _odd_start(document, text, mark, path)
    if "expected key" in said and _over_lines(last_scalar):
        message = (
            f"the quoted text that begins here ends in the middle of line {last_scalar.end_mark.line + 1}."
        )
        hint = "Close the quote where the text ends."
        return document.problem_at(last_scalar.start_mark, path, "yaml-syntax", message=message, hint=hint)
    for fragment, message, hint, at_start in _ADVICE:
        if fragment in said:
            where = start if at_start else mark
            return document.problem_at(where, path, "yaml-syntax", message=message, hint=hint)
    hint = "Check quotes, brackets and indentation of this line and the one above."
    return document.problem_at(mark, path, "yaml-syntax", message=f"not readable as YAML: {said}.", hint=hint)


def _over_lines(scalar: Any) -> bool:
    """Whether this is a quoted text of several lines."""
    return scalar is not None and scalar.style in ("'", '"') and scalar.end_mark.line > scalar.start_mark.line


def _odd_start(document: YamlDocument, text: str, mark: Any, path: tuple[PathPart, ...]) -> Problem:
    lines = text.splitlines()
    line = lines[mark.line] if mark.line < len(lines) else ""
    character = line[mark.column] if mark.column < len(line) else ""
    if character == "\t":
        return document.problem_at(
            mark,
            path,
            "yaml-syntax",
            message="a tab stands where spaces belong.",
            hint="Indent with spaces only.",
        )
    return document.problem_at(
        mark, path, "yaml-syntax", found=f"{character} at the start of a value",
        expected="a word, number or quote", hint="Put the text in quotes.",
    )  # fmt: skip

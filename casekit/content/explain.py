"""Validation errors in the words of somebody who writes cases: found, expected, and what to try.

Takes what pydantic reports and gives problems. What is allowed is decided by the formats, not here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, get_args, get_origin

from pydantic_core import ErrorDetails

from casekit.content.format_parts import Part
from casekit.content.problems import PathPart, Problem, show_path
from casekit.content.vocabulary import Vocabulary
from casekit.content.yaml_document import HOLE, YamlDocument
from casekit.content.yaml_scalars import Trap
from casekit.domain.vocabulary import did_you_mean

FEW = 20
"""As many words are listed; of more only the nearest are shown."""
_TEXT, _NUMBER = "text", "a number"
_TYPES = {
    "string_type": _TEXT,
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "int_parsing": "a whole number",
    "float_type": _NUMBER,
    "bool_type": "true or false",
    "list_type": "a list",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "finite_number": _NUMBER,
}
_BOUNDS = {
    "greater_than_equal": "at least {ge}",
    "less_than_equal": "at most {le}",
    "greater_than": "more than {gt}",
    "less_than": "less than {lt}",
}
_PATTERNS = {
    r"^[0-9]+\.[0-9]+\.[0-9]+$": ("three numbers with points between", "Start with 1.0.0."),
    r"^[a-z0-9]+(-[a-z0-9]+)*$": ("an id in kebab-case", "Use small letters, digits and single hyphens."),
    r"^[a-z][a-z0-9_]*$": ("an id in snake_case", "Use small letters, digits and underscores."),
    r"^[bdes][1-9][0-9]{2,4}$": ("an ICF code", "Write a letter and three to five digits, such as d450."),
}
_QUOTED = re.compile(r"'([^']*)'")


class _Explainer:
    """Turns the errors of one file into problems."""

    def __init__(self, document: YamlDocument, model: type[Part], vocabulary: Vocabulary) -> None:
        self.document = document
        self.model = model
        self.vocabulary = vocabulary

    def problem(self, error: ErrorDetails) -> Problem | None:
        """The problem, or None if the reader told it already."""
        path, at_key = list(error["loc"]), False
        if path and path[-1] == "[key]":
            path, at_key = path[:-1], True
        if error["input"] is HOLE or (path and path[-1] == "<<"):
            return None
        kind, context = error["type"], error.get("ctx", {})
        if kind == "missing":
            return self._missing(path)
        if kind in ("extra_forbidden", "invalid_key"):
            return self._unknown_key(path, error["input"])
        if kind == "rule":
            return self._rule(path, context)
        if kind == "unknown_word":
            return self._unknown_level(path, context)
        value = path[-1] if at_key else error["input"]
        rule, expected, hint = self._words(kind, context, value)
        found = f"{context['actual_length']} entries" if kind in ("too_short", "too_long") else show(value)
        return self.document.problem(path, rule, at_key=at_key, found=found, expected=expected, hint=hint)

    def _missing(self, path: Sequence[PathPart]) -> Problem:
        name = str(path[-1])
        field = part_at(self.model, path[:-1]).model_fields[name]
        return self.document.problem(
            path[:-1], "missing-key", show=show_path(path), message="is missing.",
            hint=f'Add "{name}:". {field.description or ""}'.rstrip(),
        )  # fmt: skip

    def _unknown_key(self, path: Sequence[PathPart], value: Any) -> Problem:
        name, keys = str(path[-1]), list(part_at(self.model, path[:-1]).model_fields)
        hint = did_you_mean(name, keys)
        if not hint and value is None:
            hint = "Text with a comma needs quotes inside { }."
        return self.document.problem(
            path, "unknown-key", at_key=True, found=f'the key "{short(name)}"', expected="a known key",
            hint=hint or f"Known here: {', '.join(keys)}.",
        )  # fmt: skip

    def _rule(self, path: Sequence[PathPart], context: Mapping[str, Any]) -> Problem:
        full = [*path, context["at"]] if context["at"] else list(path)
        return self.document.problem(full, "case-format", message=context["message"], hint=context["hint"])

    def _unknown_level(self, path: Sequence[PathPart], context: Mapping[str, Any]) -> Problem:
        full = [*path, context["at"]]
        node = self.document.data
        for part in full:
            node = node[part]
        words = context["words"].split(", ")
        return self.document.problem(
            full,
            "unknown-word",
            found=show(node),
            expected=one_of(words),
            hint=did_you_mean(str(node), words),
        )

    def _words(self, kind: str, context: Mapping[str, Any], found: Any) -> tuple[str, str, str]:
        """Rule id, what was expected, what to try."""
        if kind == "unknown_id":
            allowed = sorted(getattr(self.vocabulary, context["kind"]))
            listed = (
                f"Known: {', '.join(allowed)}." if len(allowed) <= FEW else "casekit evidence lists the ids."
            )
            return (
                "unknown-id",
                f"the id of a known {context['what']}",
                did_you_mean(str(found), allowed) or listed,
            )
        if kind in ("enum", "literal_error"):
            return _closed_set(_QUOTED.findall(str(context["expected"])), found)
        if kind in _TYPES:
            return "wrong-type", _TYPES[kind], type_hint(_TYPES[kind], found)
        if kind in _BOUNDS:
            expected = _BOUNDS[kind].format(**{name: f"{bound:g}" for name, bound in context.items()})
            return "out-of-range", expected, "Shares run from 0 to 1." if expected == "at most 1" else ""
        if kind == "string_pattern_mismatch":
            return ("wrong-form", *_PATTERNS[context["pattern"]])
        if kind == "string_too_short":
            return "wrong-length", "some text", "Write it, or remove the line if it is optional."
        if kind == "string_too_long":
            return "wrong-length", f"at most {context['max_length']} characters", "Shorten it."
        if kind in ("too_short", "too_long"):
            bound = "at least {min_length}" if kind == "too_short" else "at most {max_length}"
            return "wrong-length", bound.format(**context), ""
        return "wrong-type", "a value of the format", ""


def _closed_set(words: Sequence[str], found: Any) -> tuple[str, str, str]:
    near = did_you_mean(str(found), words)
    expected = "a known word" if near and len(words) > FEW else one_of(words)
    return "unknown-word", expected, trap_hint(found) or near


def explain(
    errors: Sequence[ErrorDetails], document: YamlDocument, model: type[Part], vocabulary: Vocabulary
) -> list[Problem]:
    """One problem for each error that the reader has not told already."""
    explainer = _Explainer(document, model, vocabulary)
    told = {(problem.line, problem.column) for problem in document.problems}
    problems = (explainer.problem(error) for error in errors)
    return [each for each in problems if each is not None and (each.line, each.column) not in told]


def short(text: str) -> str:
    """At most 60 characters, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:57]}..."


def show(value: Any) -> str:
    """A value as the author wrote it, or what kind of thing it is."""
    if isinstance(value, Trap):
        return value.text
    if isinstance(value, str):
        return f'"{short(value)}"' if value.strip() else "empty text"
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "nothing"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, dict):
        return "a mapping" if value else "an empty mapping"
    return "a list" if value else "an empty list"


def one_of(words: Sequence[str]) -> str:
    """`a, b or c`."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def trap_hint(found: Any) -> str:
    """What to do about a word that YAML readers understand differently; empty for any other value."""
    if isinstance(found, Trap):
        return f'Many YAML readers take it for {found.read_as}; put it in quotes: "{found.text}".'
    return ""


def type_hint(expected: str, found: Any) -> str:
    """What to try when a value has not the expected type."""
    if expected == _TEXT:
        return _text_hint(found)
    if isinstance(found, Trap):
        what = "true or false" if expected == "true or false" else "it as a plain number"
        return f"Many YAML readers take it for {found.read_as}; write {what}."
    if isinstance(found, str) and expected in (_NUMBER, "a whole number"):
        if re.fullmatch(r"[-+]?\d+(\.\d+)?", found.strip()):
            return "Remove the quotes."
        comma = re.fullmatch(r"[-+]?\d+,\d+", found.strip())
        return "Write a point instead of the comma." if comma else "Write digits only; the unit is fixed."
    if expected == "a list":
        return 'Put it in brackets: [...], or write each entry on a line that starts with "- ".'
    if expected == "a mapping":
        return 'Write "name: value" lines, indented.'
    return ""


def _text_hint(found: Any) -> str:
    if isinstance(found, dict):
        return 'Text with ": " inside needs quotes.'
    if isinstance(found, list):
        return "Text that starts with [ or - needs quotes."
    if found is None:
        return "Write something after the colon, or remove the line if it is optional."
    return trap_hint(found) or f'Put it in quotes: "{show(found)}".'


def part_at(model: type[Part], path: Sequence[PathPart]) -> type[Part]:
    """The model of the part that stands at this path."""
    current: Any = model
    for step in path:
        current = _inner(current)
        if isinstance(current, type) and issubclass(current, Part):
            current = current.model_fields[str(step)].annotation
        else:
            current = get_args(current)[-1]
    found = _inner(current)
    if not (isinstance(found, type) and issubclass(found, Part)):
        raise TypeError(f"{show_path(path)} is no mapping with fixed keys")
    return found


def _inner(annotation: Any) -> Any:
    """Without Annotated and without `| None`."""
    if hasattr(annotation, "__metadata__"):
        return _inner(annotation.__origin__)
    if get_origin(annotation) in (list, dict) or isinstance(annotation, type):
        return annotation
    real = [each for each in get_args(annotation) if each is not type(None)]
    return _inner(real[0]) if real else annotation

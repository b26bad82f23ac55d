"""From the bytes of a file to plain data with places, safely and with every problem named.

One pass over the events of PyYAML's C parser builds the data itself: no tags are followed, no aliases are
expanded, nothing is nested without bound. What the text means is not decided here (see `case_format`).
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from casekit.content.problems import PathPart, Severity, show_file
from casekit.content.yaml_document import HOLE, Places, YamlDocument
from casekit.content.yaml_scalars import Trap, plain_scalar
from casekit.content.yaml_syntax import syntax_problem

MAX_BYTES = 1_000_000
MAX_DEPTH = 40
MOST_PROBLEMS = 200
"""More problems of one file than this are not told: mending some of these mends the rest."""
_PARSER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_CONTROL = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_UTF8_BOM = b"\xef\xbb\xbf"


def read_yaml_file(path: Path) -> YamlDocument:
    """Read one file. A file that is not there or cannot be opened is a problem of the document."""
    name = show_file(path)
    if path.exists() and not path.is_file():
        return _refused(name, "file-missing", "this is no file.", "Give a folder that holds a case.yaml.")
    try:
        with path.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        return _refused(name, "file-missing", f"there is no file {path.name} here.", "Check name and folder.")
    except OSError as error:
        hint = "Check that it is a file and that you may read it."
        return _refused(name, "file-missing", f"cannot open the file: {error.strerror}.", hint)
    return read_yaml(raw, name)


def read_yaml(raw: bytes, file: str) -> YamlDocument:
    """Read one file from its bytes; `file` is the name that problems show."""
    if len(raw) > MAX_BYTES:
        hint = "Move pictures and long text to files in media/."
        return _refused(file, "file-too-large", "larger than 1 MB.", hint)
    if raw[:2] in _UTF16:
        return _refused(file, "file-encoding", "saved as UTF-16.", "Save it as UTF-8.")
    document = YamlDocument(file=file, raw=raw)
    if raw.startswith(_UTF8_BOM):
        raw = raw[3:]
        hint = 'Save it as "UTF-8" rather than "UTF-8 with BOM".'
        message = "begins with an invisible byte order mark."
        document.problems.append(
            document.problem((), "file-bom", severity=Severity.WARNING, message=message, hint=hint)
        )
    text = _decode(raw, document)
    if document.usable:
        _Reader(document).read(text)
    return document


def _refused(file: str, rule: str, message: str, hint: str) -> YamlDocument:
    document = YamlDocument(file=file, usable=False)
    document.problems.append(document.problem((), rule, message=message, hint=hint))
    return document


def _decode(raw: bytes, document: YamlDocument) -> str:
    if (nul := raw.find(0)) >= 0:
        hint = "Choose a text file; a picture or a word processor's file belongs elsewhere."
        _stop_at(
            document, raw[:nul].decode("utf-8", "replace"), "file-binary", "a NUL byte", "plain text", hint
        )
        return ""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        found = f"the byte 0x{raw[error.start]:02x}"
        before = raw[: error.start].decode("utf-8", "replace")
        hint = "Save it as UTF-8; an accent or a curly quote from another encoding is the usual cause."
        _stop_at(document, before, "file-encoding", found, "text in UTF-8", hint)
        return ""
    odd = _CONTROL.search(text)
    if odd is None:
        return text
    found = f"U+{ord(odd.group()):04X}, an invisible character"
    hint = "Delete it; it often comes along when text is pasted."
    _stop_at(document, text[: odd.start()], "file-control", found, "visible text", hint)
    return text


def _stop_at(document: YamlDocument, before: str, rule: str, found: str, expected: str, hint: str) -> None:
    lines = before.split("\n")
    mark = yaml.Mark(document.file, len(before), len(lines) - 1, len(lines[-1]), None, 0)
    document.usable = False
    document.problems.append(document.problem_at(mark, (), rule, found=found, expected=expected, hint=hint))


class _Frame:
    """An open mapping or list: what it holds so far, and the key that waits for its value."""

    __slots__ = ("key", "node", "places")

    def __init__(self, node: Any, mark: Any) -> None:
        self.node = node
        self.places = Places(mark)
        self.key: PathPart | None = None


class _StopReadingError(Exception):
    """Reading cannot go on; the problem is already noted."""


class _Reader:
    """Builds the data of one document from parser events, with a stack of its own instead of recursion."""

    def __init__(self, document: YamlDocument) -> None:
        self.document = document
        self.stack: list[_Frame] = []
        self.documents = 0
        self.last_scalar: Any = None

    def read(self, text: str) -> None:
        try:
            parser = _PARSER(text)
            try:
                self._consume(parser)
            finally:
                parser.dispose()
        except yaml.YAMLError as error:
            self.document.usable = False
            problem = syntax_problem(self.document, error, text, self._path(), self.last_scalar)
            self.document.problems.append(problem)
        except _StopReadingError:
            self.document.usable = False
        if self.document.usable and (self.documents == 0 or self.document.data is None):
            self.document.usable = False
            hint = 'Start from an example: "casekit new my-first-case" writes one.'
            self.document.problems.append(
                self.document.problem((), "file-empty", message="the file is empty.", hint=hint)
            )

    def _consume(self, parser: Any) -> None:
        next_event = parser.get_event
        while (event := next_event()) is not None:
            kind = type(event)
            if kind is yaml.ScalarEvent:
                self._scalar(event)
            elif kind is yaml.MappingStartEvent:
                self._open(event, {})
            elif kind is yaml.SequenceStartEvent:
                self._open(event, [])
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                self._close()
            elif kind is yaml.AliasEvent:
                self._refuse_alias(event)
            elif kind is yaml.DocumentStartEvent:
                self._start_document(event)

    def _scalar(self, event: Any) -> None:
        if event.tag is not None or event.anchor is not None:
            self._note_tag_or_anchor(event)
        self.last_scalar = event
        if event.tag is not None:
            self._add(HOLE, event.start_mark)
        elif event.style is None or event.style == "":
            self._add(plain_scalar(event.value), event.start_mark)
        else:
            self._add(event.value, event.start_mark)

    def _start_document(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            hint = 'Keep one case in a file: remove the line "---".'
            self._note(
                event.start_mark, (), "yaml-documents", message="a second document starts here.", hint=hint
            )
            raise _StopReadingError

    def _open(self, event: Any, node: Any) -> None:
        tagged = event.tag is not None
        if tagged or event.anchor is not None:
            self._note_tag_or_anchor(event)
        if len(self.stack) >= MAX_DEPTH:
            hint = "A case needs fewer than ten levels; check the brackets and the indentation."
            message = f"nested deeper than {MAX_DEPTH} levels."
            self._note(event.start_mark, (), "yaml-nesting", message=message, hint=hint)
            raise _StopReadingError
        if self.stack and type(self.stack[-1].node) is dict and self.stack[-1].key is None:
            found = "a list or mapping as a key"
            hint = 'Write "name: value". A word that starts with { or [ needs quotes.'
            self._note(event.start_mark, self._path(), "yaml-key", found=found, expected="a word", hint=hint)
            raise _StopReadingError
        frame = _Frame(node, event.start_mark)
        self._add(HOLE if tagged else node, event.start_mark, closed=False)
        self.document.places[id(node)] = frame.places
        self.stack.append(frame)

    def _close(self) -> None:
        self.stack.pop()
        if self.stack and type(self.stack[-1].node) is dict:
            self.stack[-1].key = None

    def _add(self, value: Any, mark: Any, *, closed: bool = True) -> None:
        if not self.stack:
            self.document.data = value
            return
        frame = self.stack[-1]
        node, places = frame.node, frame.places
        if type(node) is list:
            places.values[len(node)] = mark
            node.append(value)
        elif frame.key is None:
            frame.key = self._key(frame, value, mark)
        else:
            node[frame.key] = value
            places.values[frame.key] = mark
            if closed:
                frame.key = None

    def _key(self, frame: _Frame, value: Any, mark: Any) -> PathPart:
        key = value if type(value) is str or type(value) is int else self._odd_key(value, mark)
        if key == "<<":
            hint = "Write the keys out where they belong."
            message = '"<<" merges other keys in; cases do not use it.'
            self._note(mark, self._path(), "yaml-merge", message=message, hint=hint)
        elif key in frame.places.keys:
            first = frame.places.keys[key].line + 1
            hint = "Keep one of the two; plain YAML would silently drop the first."
            message = f'the key "{key}" stands here a second time; it is already in line {first}.'
            self._note(mark, (*self._path(), key), "yaml-duplicate-key", message=message, hint=hint)
        frame.places.keys[key] = mark
        return key

    def _odd_key(self, value: Any, mark: Any) -> str:
        if value is HOLE:
            return "!"
        text = value.text if isinstance(value, Trap) else "" if value is None else str(value).lower()
        hint = f'Put it in quotes: "{text}".' if text else 'Write "name: value".'
        found = f"{text} as a key" if text else "no key before the colon"
        self._note(mark, self._path(), "yaml-key", found=found, expected="a word", hint=hint)
        return text

    def _note_tag_or_anchor(self, event: Any) -> None:
        if event.anchor is not None:
            hint = f'Text that starts with & needs quotes: "&{event.anchor}".'
            message = f"&{event.anchor} marks a part to be repeated; cases do not use it."
            self._note(event.start_mark, self._path(), "yaml-anchor", message=message, hint=hint)
        if event.tag is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            hint = "Remove it, or put text that starts with ! in quotes."
            self._note(event.start_mark, self._path(), "yaml-tag", found=f"the tag {tag}",
                       expected="a plain value", hint=hint)  # fmt: skip

    def _refuse_alias(self, event: Any) -> None:
        hint = f'Write the part out again; text that starts with * needs quotes: "*{event.anchor}".'
        message = f"*{event.anchor} repeats another part of the file; cases do not use it."
        self._note(event.start_mark, self._path(), "yaml-alias", message=message, hint=hint)
        if self.stack and type(self.stack[-1].node) is dict and self.stack[-1].key is None:
            self._add(f"*{event.anchor}", event.start_mark)
        else:
            self._add(HOLE, event.start_mark)

    def _path(self) -> tuple[PathPart, ...]:
        parts: list[PathPart] = []
        for frame in self.stack:
            if type(frame.node) is list:
                parts.append(len(frame.node) if frame is self.stack[-1] else len(frame.node) - 1)
            elif frame.key is not None:
                parts.append(frame.key)
        return tuple(parts)

    def _note(self, mark: Any, path: tuple[PathPart, ...], rule: str, **words: str) -> None:
        self.document.problems.append(self.document.problem_at(mark, path, rule, **words))
        if len(self.document.problems) >= MOST_PROBLEMS:
            raise _StopReadingError

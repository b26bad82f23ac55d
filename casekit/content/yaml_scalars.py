"""What an unquoted word in YAML stands for, and the words that readers understand differently.

YAML 1.1 reads `no` as false, `012` as ten and `1:30` as ninety; YAML 1.2 does not. Such words become a
`Trap`, which no field accepts, so that the author is asked for quotes instead of being misread.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Trap:
    """An unquoted word with two meanings: its text, and what many YAML readers make of it."""

    text: str
    read_as: str


Scalar = str | int | float | bool | Trap | None

_TRUTH = {word: word.lower() == "true" for word in ("true", "True", "TRUE", "false", "False", "FALSE")}
_NOTHING = ("", "~", "null", "Null", "NULL")
_TRAP_WORDS = {
    **{word: "true" for base in ("yes", "on") for word in (base, base.title(), base.upper())},
    **{word: "false" for base in ("no", "off") for word in (base, base.title(), base.upper())},
}
_WORDS: dict[str, Scalar] = {
    **dict.fromkeys(_NOTHING),
    **_TRUTH,
    **{word: Trap(word, read_as) for word, read_as in _TRAP_WORDS.items()},
}
_MAY_BE_NUMBER = frozenset("-+.0123456789")
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})")
_FLOAT = re.compile(r"[-+]?(?:[0-9]{1,20}\.[0-9]{0,20}|\.[0-9]{1,20}|[0-9]{1,20})(?:[eE][-+]?[0-9]{1,3})?")
_TRAP_NUMBERS = (
    (re.compile(r"[-+]?0[0-9]+"), "a number in base eight"),
    (re.compile(r"[-+]?0[xbo][0-9a-fA-F_]+"), "a number in another base"),
    (re.compile(r"[-+]?[0-9]+(?::[0-5]?[0-9])+(?:\.[0-9]*)?"), "a number in base sixty"),
    (re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt ].*)?"), "a date"),
    (re.compile(r"[-+]?[0-9][0-9_]*_[0-9_]*(?:\.[0-9_]*)?"), "a number without its underscores"),
    (re.compile(r"[-+]?\.(?:inf|Inf|INF)"), "infinity"),
    (re.compile(r"\.(?:nan|NaN|NAN)"), "not a number"),
)


def plain_scalar(text: str) -> Scalar:
    """The value of an unquoted scalar."""
    if text in _WORDS:
        return _WORDS[text]
    return _number_or_text(text) if text[0] in _MAY_BE_NUMBER else text


def _number_or_text(text: str) -> Scalar:
    if _INTEGER.fullmatch(text):
        return int(text)
    for pattern, read_as in _TRAP_NUMBERS:
        if pattern.fullmatch(text):
            return Trap(text, read_as)
    if not _FLOAT.fullmatch(text):
        return text
    number = float(text)
    return number if math.isfinite(number) else Trap(text, "infinity")

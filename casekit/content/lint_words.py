"""Lint rules about text: it must not name the answer, carry HTML, or be unfinished.

The words that name a condition come from its id and name in the evidence; the lists here are about English.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from casekit.content.lint_rules import CaseRule, Draft, Fault, KeyedDraft, KeyRule, Path_
from casekit.content.problems import Severity
from casekit.content.yaml_document import YamlDocument

_WORD = re.compile(r"[a-z0-9]+")
_TAG = re.compile(r"<\s*/?\s*[A-Za-z!][^>]*>")
_TODO = re.compile(r"\b(TODO|FIXME|XXX)\b")
_NAMES_NOTHING = frozenset({
    "acute", "axial", "back", "bone", "buttock", "chronic", "compression", "deep", "defect", "degenerative",
    "disc", "disruption", "gluteal", "greater", "hip", "internal", "joint", "junction", "leg", "ligament",
    "low", "lower", "lumbar", "lumbosacral", "muscle", "muscles", "nerve", "neurogenic", "non", "origin",
    "osteoporotic", "pain", "pars", "presentation", "presenting", "region", "related", "root", "specific",
    "spinal", "spine", "stress", "symptomatic", "syndrome", "vertebral", "with",
})  # fmt: skip
"""Words of condition names that say nothing alone."""
_EVERYDAY = frozenset(["fracture", "infection", "strain", "sprain", "stone", "colic", "rupturing", "zoster"])
"""Words a doctor may well use in a question whatever the diagnosis is; they only count outside questions."""


def _plain(text: str) -> str:
    return f" {' '.join(_WORD.findall(text.lower()))} "


def _phrases(draft: KeyedDraft) -> set[str]:
    """Full names of the keyed diagnosis, as the evidence and its id give them."""
    phrases = set()
    for condition in _keyed(draft):
        name = draft.vocabulary.names.get(condition, "")
        phrases.add(_plain(condition.replace("_", " ")))
        phrases.add(_plain(re.sub(r"\(.*?\)", "", name)))
        phrases.update(_plain(part) for part in re.findall(r"\((.*?)\)", name) if len(part.split()) > 1)
    return phrases


def _keyed(draft: KeyedDraft) -> set[str]:
    diagnosis = draft.key.diagnosis
    named = (diagnosis.lead, *diagnosis.acceptable)
    return {member for each in named for member in draft.members(each)}


def _telling_words(draft: KeyedDraft) -> set[str]:
    """Single words that give the keyed diagnosis away."""
    words: set[str] = set()
    for condition in _keyed(draft):
        words.update(
            _WORD.findall(
                f"{condition.replace('_', ' ')} {draft.vocabulary.names.get(condition, '')}".lower()
            )
        )
    return {word for word in words if len(word) > 3 and word not in _NAMES_NOTHING}


def _shown_first(draft: Draft) -> Iterator[tuple[Path_, str]]:
    """Text a learner meets before any question: no telling word may stand here."""
    case = draft.case
    yield ("id",), case.id
    yield ("title",), case.title
    yield ("quote",), case.quote
    yield ("presentation",), case.presentation
    for name in ("occupation", "home", "medicines", "expects", "worries", "beliefs"):
        yield ("patient", name), getattr(case.patient, name)
    for index, area in enumerate(case.body_chart):
        yield ("body_chart", index), f"{area.label} {area.feels}"
    for index, objective in enumerate(case.objectives):
        yield ("objectives", index), objective
    for index, fact in enumerate(case.facts):
        if fact.media:
            yield ("facts", index, "media"), fact.media
            yield ("facts", index, "alt"), fact.alt


def _offered(draft: Draft) -> Iterator[tuple[Path_, str]]:
    """What can be chosen: the names of findings are allowed, the name of the diagnosis is not."""
    for index, fact in enumerate(draft.case.facts):
        for name in ("id", "group", "ask"):
            yield ("facts", index, name), getattr(fact, name)
    for index, goal in enumerate(draft.case.goals):
        yield ("goals", index), f"{goal.id} {goal.label} {goal.words}"


def _names_answer(draft: KeyedDraft) -> Iterator[Fault]:
    phrases, telling = _phrases(draft), _telling_words(draft)
    places = ((_shown_first(draft), telling), (_offered(draft), telling - _EVERYDAY))
    for texts, words in places:
        for path, text in texts:
            if told := _told(text, phrases, words):
                hint = "Say it without this word; learners see it before they decide."
                yield Fault(path=path, message=f'gives the diagnosis away: "{told}".', hint=hint)


def _told(text: str, phrases: set[str], words: set[str]) -> str:
    plain = _plain(text)
    for phrase in sorted(phrases):
        if phrase in plain:
            return phrase.strip()
    found = plain.split()
    return next((word for word in found if word in words or word.removesuffix("s") in words), "")


def _texts(document: YamlDocument) -> Iterator[tuple[Path_, str]]:
    """Every text of a file with its path."""
    waiting: list[tuple[Path_, Any]] = [((), document.data)]
    while waiting:
        path, node = waiting.pop()
        if isinstance(node, str):
            yield path, node
        elif isinstance(node, dict):
            waiting.extend(((*path, key), value) for key, value in node.items())
        elif isinstance(node, list):
            waiting.extend(((*path, index), value) for index, value in enumerate(node))


def _tags(document: YamlDocument, *, in_key: bool) -> Iterator[Fault]:
    for path, text in _texts(document):
        if tag := _TAG.search(text):
            hint = "Use Markdown; tags are shown as they are typed."
            yield Fault(path=path, in_key=in_key, message=f"has an HTML tag: {tag.group()[:40]}", hint=hint)


def _unfinished(document: YamlDocument, *, in_key: bool) -> Iterator[Fault]:
    for path, text in _texts(document):
        if word := _TODO.search(text):
            yield Fault(
                path=path, in_key=in_key, message=f"is not finished: {word.group()}.", hint="Write the text."
            )


def _warning(rule: str, meaning: str, check: Any) -> tuple[CaseRule, KeyRule]:
    return (
        CaseRule(
            id=rule, meaning=meaning, severity=Severity.WARNING,
            check=lambda draft: check(draft.case_document, in_key=False),
        ),
        KeyRule(
            id=rule, meaning=meaning, severity=Severity.WARNING,
            check=lambda draft: check(draft.key_document, in_key=True),
        ),
    )  # fmt: skip


_HTML = _warning("html-tag", "Text is Markdown without HTML.", _tags)
_TODOS = _warning("todo", "Nothing is left to be written.", _unfinished)
WORD_CASE_RULES = (_HTML[0], _TODOS[0])
WORD_KEY_RULES = (
    KeyRule(id="names-answer", meaning="What learners see never names the diagnosis.", check=_names_answer),
    _HTML[1],
    _TODOS[1],
)

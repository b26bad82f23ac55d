"""What a lint rule is: it looks at a case that could be read and names the faults it finds.

The rules themselves are in the `lint_*` modules beside this one, by subject; `lint` runs them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from casekit.content.problems import PathPart, Problem, Severity
from casekit.content.vocabulary import GROUP, Vocabulary
from casekit.content.yaml_document import YamlDocument
from casekit.domain.case import Case, Fact
from casekit.domain.key import Key
from casekit.domain.vocabulary import did_you_mean

Path_ = tuple[PathPart, ...]
"""Where a fault stands in its file."""


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A case under lint, with the places of its parts."""

    folder: Path
    case: Case
    case_document: YamlDocument
    vocabulary: Vocabulary

    def fact_or_none(self, fact_id: str) -> Fact | None:
        """The fact of this id, or None."""
        return next((fact for fact in self.case.facts if fact.id == fact_id), None)

    def near_fact(self, fact_id: str) -> str:
        """The nearest fact ids as a hint."""
        return (
            did_you_mean(fact_id, (fact.id for fact in self.case.facts))
            or "Use the id of a fact of case.yaml."
        )

    def members(self, hypothesis: str) -> frozenset[str]:
        """The conditions a hypothesis stands for: itself, or those of the group."""
        return self.vocabulary.members.get(hypothesis, frozenset({hypothesis}))

    def on_board(self, hypothesis: str) -> str:
        """The hypothesis as the board shows it: the group for each of its members."""
        return GROUP if hypothesis in self.members(GROUP) else hypothesis


@dataclass(frozen=True, kw_only=True)
class KeyedDraft(Draft):
    """A case under lint together with its key."""

    key: Key
    key_document: YamlDocument


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One fault at one place. `in_key` says that the path is one of key.yaml."""

    path: Path_ = ()
    in_key: bool = False
    message: str = ""
    found: str = ""
    expected: str = ""
    hint: str = ""


@dataclass(frozen=True, kw_only=True)
class CaseRule:
    """A rule about case.yaml alone. `meaning` is one line for the list of rules."""

    id: str
    meaning: str
    check: Callable[[Draft], Iterable[Fault]] = field(repr=False)
    severity: Severity = Severity.ERROR

    def problems(self, draft: Draft) -> Iterator[Problem]:
        """The faults of this case as problems."""
        for fault in self.check(draft):
            yield _problem(fault, self.id, self.severity, draft.case_document)


@dataclass(frozen=True, kw_only=True)
class KeyRule:
    """A rule about case.yaml and key.yaml together."""

    id: str
    meaning: str
    check: Callable[[KeyedDraft], Iterable[Fault]] = field(repr=False)
    severity: Severity = Severity.ERROR

    def problems(self, draft: KeyedDraft) -> Iterator[Problem]:
        """The faults of this case as problems."""
        for fault in self.check(draft):
            document = draft.key_document if fault.in_key else draft.case_document
            yield _problem(fault, self.id, self.severity, document)


def _problem(fault: Fault, rule: str, severity: Severity, document: YamlDocument) -> Problem:
    return document.problem(
        fault.path,
        rule,
        severity=severity,
        message=fault.message,
        found=fault.found,
        expected=fault.expected,
        hint=fault.hint,
    )


def twice(ids: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Index and id of every id that already stood before."""
    seen: set[str] = set()
    for index, each in enumerate(ids):
        if each in seen:
            yield index, each
        seen.add(each)

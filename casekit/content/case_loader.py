"""From a case folder to `Case` and `Key`: read, validate, build; every problem collected.

What is read here is only checked for its form. Whether the case teaches what it says is for `lint`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casekit.content.library import CASE_FILE, KEY_FILE
from casekit.content.media import media_problems
from casekit.content.problems import Problem, Severity, case_error, errors_of, in_file_order, show_file
from casekit.content.vocabulary import Vocabulary
from casekit.content.yaml_document import YamlDocument
from casekit.content.yaml_reader import MOST_PROBLEMS, read_yaml_file
from casekit.domain.case import Case
from casekit.domain.key import Key

if TYPE_CHECKING:
    from casekit.content.format_parts import Part



@dataclass(frozen=True, kw_only=True)
class LoadedCase:
    """What came of reading a folder. `case` or `key` is None if its file has errors; the problems say why.

    `key` and `key_document` are also None, without a problem, in a learner bundle that has no key.yaml.
    """

    folder: Path
    case: Case | None
    key: Key | None
    problems: tuple[Problem, ...]
    case_document: YamlDocument
    key_document: YamlDocument | None

    @property
    def errors(self) -> tuple[Problem, ...]:
        """Only the problems that stop the case from being used."""
        return errors_of(self.problems)


def read_case(folder: Path, vocabulary: Vocabulary) -> LoadedCase:
    """Read a case folder. Never raises for what the files contain."""
    case_document = read_yaml_file(folder / CASE_FILE)
    key_path = folder / KEY_FILE
    key_document = read_yaml_file(key_path) if key_path.exists() or key_path.is_symlink() else None
    documents = [document for document in (case_document, key_document) if document is not None]
    case = _build_case(case_document, _content_hash(documents), vocabulary)
    key = _build_key(key_document, vocabulary) if key_document is not None else None
    if case is not None:
        case_document.problems.extend(media_problems(case, case_document, folder))
    return LoadedCase(
        folder=folder,
        case=None if errors_of(case_document.problems) else case,
        key=None if key_document is None or errors_of(key_document.problems) else key,
        problems=in_file_order(problem for document in documents for problem in document.problems),
        case_document=case_document,
        key_document=key_document,
    )


def load_case(folder: Path, vocabulary: Vocabulary) -> tuple[Case, Key]:
    """Case and key of a folder. Raises CaseError listing every problem if either cannot be used."""
    loaded = read_case(folder, vocabulary)
    if loaded.errors:
        raise case_error(loaded.errors)
    if loaded.case is None or loaded.key is None:
        raise case_error([missing_key(folder)])
    return loaded.case, loaded.key


def missing_key(folder: Path) -> Problem:
    """The problem of a folder without answers."""
    return Problem(
        file=show_file(folder / KEY_FILE), line=1, column=1, path="", severity=Severity.ERROR,
        rule="file-missing", message="there is no key.yaml beside case.yaml.",
        hint="A case needs its answers to be played.",
    )  # fmt: skip


def _content_hash(documents: list[YamlDocument]) -> str:
    total = hashlib.sha256()
    for document in documents:
        total.update(document.raw.replace(b"\r\n", b"\n"))
    return total.hexdigest()


def _build_case(document: YamlDocument, content_hash: str, vocabulary: Vocabulary) -> Case | None:
    from casekit.content.case_format import CaseFile

    part = _validated(document, CaseFile, vocabulary)
    return part.build(content_hash) if isinstance(part, CaseFile) else None


def _build_key(document: YamlDocument, vocabulary: Vocabulary) -> Key | None:
    from casekit.content.key_format import KeyFile

    part = _validated(document, KeyFile, vocabulary)
    data: Mapping[str, Any] = document.data if isinstance(document.data, dict) else {}
    return part.build(data) if isinstance(part, KeyFile) else None


def _validated(document: YamlDocument, model: type[Part], vocabulary: Vocabulary) -> Part | None:
    """The validated file, or None with the problems added to the document."""
    if not document.usable:
        return None
    from pydantic import ValidationError

    try:
        return model.model_validate(document.data, context=vocabulary)
    except ValidationError as error:
        from casekit.content.explain import explain

        details = error.errors(include_url=False)[:MOST_PROBLEMS]
        document.problems.extend(explain(details, document, model, vocabulary))
        return None

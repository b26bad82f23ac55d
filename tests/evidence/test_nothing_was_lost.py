"""The package's evidence against a digest taken from the vetted files before they were brought in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from casekit.content.evidence import load_evidence
from casekit.content.evidence_files import arrange, read_tree, to_image, tree_of
from tests.evidence.row_digest import digest_of, rows_of

FROZEN = json.loads((Path(__file__).parent / "frozen.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def tree() -> dict[str, Any]:
    return read_tree()


@pytest.mark.parametrize("section", sorted(FROZEN["rows"]))
def test_every_row_of_the_section_is_there_unchanged(tree: dict[str, Any], section: str) -> None:
    frozen = FROZEN["rows"][section]
    expected = [frozen[start : start + 8] for start in range(0, len(frozen), 8)]
    rows = list(rows_of(tree[section]))
    changed = [name for (name, row), digest in zip(rows, expected, strict=False) if digest_of(row) != digest]
    assert changed == []
    assert len(rows) == len(expected)


@pytest.mark.parametrize("subject", sorted(FROZEN["sources"]))
def test_every_source_of_the_subject_is_found_by_its_old_id(subject: str) -> None:
    sources = load_evidence().sources
    missing = [name for name in FROZEN["sources"][subject] if name not in sources]
    assert missing == []


@pytest.mark.parametrize("subject", sorted(FROZEN["sources"]))
def test_every_citation_is_kept_word_for_word(subject: str) -> None:
    sources = load_evidence().sources

    def readings(name: str) -> Iterator[str]:
        source = sources.get(name)
        assert source is not None
        citations = [source.citation, *(note["citation"] for note in source.also if "citation" in note)]
        for citation in citations:
            for doi in (source.doi, ""):
                for pmid in (source.pmid, ""):
                    yield digest_of([citation, doi.lower(), pmid])

    changed = [
        name for name, digest in FROZEN["sources"][subject].items() if digest not in set(readings(name))
    ]
    assert changed == []


def test_one_work_has_one_entry() -> None:
    seen: dict[str, str] = {}
    for source in load_evidence().sources:
        for key in filter(None, (source.doi.lower(), source.pmid)):
            assert seen.setdefault(key, source.id) == source.id, f"{key} stands under two ids"


def test_typed_objects_give_every_value_back(tree: dict[str, Any]) -> None:
    """What the loader builds holds all that the files say: nothing is dropped on the way to the types."""
    image = to_image(arrange(tree, "0" * 64))
    plain = msgspec.json.decode(msgspec.json.encode(load_evidence()))
    flat = tree_of(image)
    typed = {
        **plain["diagnosis"],
        **plain["treatment"],
        **plain["outcome"],
        "sources": plain["sources"]["items"],
    }
    lost = [place for name in typed for place in _lost(flat[name], typed[name], name)]
    assert lost[:20] == []


def _lost(given: Any, kept: Any, path: str) -> Iterator[str]:
    if isinstance(given, dict):
        if not isinstance(kept, dict):
            yield path
            return
        for key, value in given.items():
            if key not in kept:
                yield f"{path}.{key}"
            else:
                yield from _lost(value, kept[key], f"{path}.{key}")
    elif isinstance(given, list):
        if not isinstance(kept, list) or len(kept) != len(given):
            yield path
            return
        for number, (one, other) in enumerate(zip(given, kept, strict=True)):
            yield from _lost(one, other, f"{path}[{number}]")
    elif given != kept:
        yield f"{path}: {given!r} became {kept!r}"

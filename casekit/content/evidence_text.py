"""An entry of the evidence as text for a terminal: every field, then its sources with how they were checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from casekit.content.evidence import current_image, load_evidence
from casekit.content.evidence_files import tree_of
from casekit.domain.sources import Source
from casekit.domain.vocabulary import did_you_mean
from casekit.errors import UnknownIdError

_KEYED = ("instruments",)
_REFERENCES = ("source", "sources", "guidelines", "dose_source", "harms_source")
_RELATED = {
    # section: the fields by which its rows belong to an id
    "likelihoods": ("finding", "condition"),
    "indications": ("modality",),
    "effects": ("modality",),
    "contraindications": ("modality", "attribute"),
    "alert_rules": ("conditions", "any", "all"),
}
_MOST_RELATED = 12


def overview() -> str:
    """Sections of the evidence with the number of entries."""
    tree = tree_of(current_image())
    lines = ["casekit evidence ID prints an entry. Sections:"]
    lines += [f"  {name}: {len(rows)}" for name, rows in tree.items() if isinstance(rows, list | dict)]
    return "\n".join(lines)


def describe(entry: str) -> str:
    """The entry of this id with its related rows and sources.

    Raises UnknownIdError with the nearest ids if there is none.
    """
    tree = tree_of(current_image())
    entries = dict(_entries(tree))
    if entry not in entries:
        raise UnknownIdError(f'No entry is called "{entry}". {did_you_mean(entry, entries)}'.strip())
    section, row = entries[entry]
    related = [(name, other) for name, other in _related(tree, entry) if other is not row]
    parts = [f"{section}: {entry}", *_lines(row, 1)]
    for name, other in related[:_MOST_RELATED]:
        parts += ["", f"{name}: {other.get('id', '')}", *_lines(other, 1)]
    if len(related) > _MOST_RELATED:
        parts += ["", f"… and {len(related) - _MOST_RELATED} more rows that name {entry}"]
    cited = dict.fromkeys(
        name for r in (row, *(other for _, other in related[:_MOST_RELATED])) for name in _cited(r)
    )
    if cited:
        parts += ["", "Sources"]
        sources = load_evidence().sources
        parts += [_source_line(name, sources.get(name)) for name in cited]
    return "\n".join(parts)


def _entries(tree: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, dict[str, Any]]]]:
    for section, rows in reversed(
        list(tree.items())
    ):  # the first section of an id wins: conditions over plans
        if isinstance(rows, list):
            for row in rows:
                if isinstance(row, dict) and "id" in row:
                    yield row["id"], (section, row)
                    if section == "modalities":
                        yield from _agents(row)
        elif section in _KEYED:
            for name, row in rows.items():
                yield name, (section, row)
    table = tree["model_proposal"]["parameters"]
    for kind in ("modifiers", "treatments"):
        for name, row in table[kind]["table"].items():
            yield name, (f"model_proposal, {kind}", row)


def _agents(row: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, dict[str, Any]]]]:
    for agent in row.get("agents", []):
        yield agent["id"], (f"modalities, {row['id']}, agents", agent)


def _related(tree: Mapping[str, Any], entry: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for section, fields in _RELATED.items():
        for row in tree[section]:
            if any(entry == row.get(f) or (isinstance(row.get(f), list) and entry in row[f]) for f in fields):
                yield section, row


def _lines(value: Any, depth: int) -> Iterator[str]:
    pad = "  " * depth
    for key, inner in value.items():
        if isinstance(inner, dict):
            yield f"{pad}{key}:"
            yield from _lines(inner, depth + 1)
        elif isinstance(inner, list) and any(isinstance(item, dict) for item in inner):
            yield f"{pad}{key}:"
            for item in inner:
                text = ", ".join(f"{k} {v}" for k, v in item.items()) if isinstance(item, dict) else str(item)
                yield f"{pad}  - {text}"
        elif isinstance(inner, list):
            yield f"{pad}{key}: {', '.join(map(str, inner))}"
        else:
            yield f"{pad}{key}: {inner}"


def _cited(row: Mapping[str, Any]) -> Iterator[str]:
    for key, inner in row.items():
        if key in _REFERENCES:
            yield from (
                [inner] if isinstance(inner, str) else [name for name in inner or [] if isinstance(name, str)]
            )
        elif isinstance(inner, dict):
            yield from _cited(inner)
        elif isinstance(inner, list):
            for item in inner:
                if isinstance(item, dict):
                    yield from _cited(item)


def _source_line(name: str, source: Source | None) -> str:
    if source is None:
        return f"  {name}: not in the list of sources"
    checked = f" [{source.verification}]" if source.verification else ""
    return f"  {name}: {source.citation} {source.url}{checked}".rstrip()

"""A short digest of every row of the evidence, so that a test can say which row changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any


def rows_of(section: Any) -> Iterator[tuple[str, Any]]:
    """Rows of a section with a name for each: its id, its key, or its place."""
    if isinstance(section, list):
        for number, row in enumerate(section):
            name = (
                row.get("id", row.get("setting", row.get("attribute", ""))) if isinstance(row, dict) else row
            )
            yield f"{number} {name}".strip(), row
    elif isinstance(section, dict):
        yield from section.items()
    else:
        yield "value", section


def digest_of(row: Any) -> str:
    """Eight hexadecimal digits of a row's whole content, whatever the order of its keys."""
    text = json.dumps(row, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def digests(tree: dict[str, Any]) -> dict[str, str]:
    """Section to the digests of its rows, one after another."""
    return {name: "".join(digest_of(row) for _, row in rows_of(section)) for name, section in tree.items()}

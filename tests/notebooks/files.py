"""The notebooks under test, and small ones made up to show that a guard sees what it should."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

ROOT = Path(__file__).resolve().parent.parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=[path.stem for path in NOTEBOOKS])


def read(path: Path) -> Any:
    return nbformat.read(path, as_version=4)


def printed(source: str, text: str, *, count: int | None = 1, tags: Sequence[str] = ()) -> Any:
    """A code cell as stored after it printed `text`."""
    outputs = [new_output("stream", name="stdout", text=text)] if text else []
    return new_code_cell(source, execution_count=count, outputs=outputs, metadata={"tags": list(tags)})


def made_of(*cells: Any, title: str = "# A title") -> Any:
    return new_notebook(cells=[new_markdown_cell(title), *cells])


def saved(notebook: Any, folder: Path, name: str = "made_up.ipynb") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, folder / name)
    return folder / name

"""Running notebooks anew and storing what strict testing compares with: `refresh(paths)`.

Everything that could differ between two runs is fixed or left out, so that a second refresh changes no byte:
clock, seed and store by environment variables, counts by position, no times, no widget state and no widget
model ids (an empty id shows nothing until the notebook is run; the outline in text/plain stays).
"""

from __future__ import annotations

import copy
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from casekit.errors import CasekitError

NOTEBOOK_ENVIRONMENT: Mapping[str, str] = {
    "PYTHONHASHSEED": "0",
    "TZ": "UTC",
    "LC_ALL": "C.UTF-8",
    "PYTHONWARNINGS": "error::DeprecationWarning:casekit",
    "CASEKIT_SEED": "0",
    "CASEKIT_NOW": "2026-01-05T09:00:00Z",
    "CASEKIT_STORE": ":memory:",
}
UNSET = ("MPLBACKEND",)  # a backend chosen by the shell would change what a figure prints
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
CELL_SECONDS = 60
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}


class NotebookRunError(CasekitError):
    """A notebook that does not run from top to bottom; the message names file and cell."""


def refresh(paths: Iterable[Path]) -> list[Path]:
    """Run each notebook and write it back with its outputs. Returns those whose file has changed.

    Raises NotebookRunError at the first cell that fails; the file is then left as it was.
    """
    return [path for path in paths if _write_if_changed(path, stored_form(run(path)))]


def run(path: Path) -> Any:
    """A fresh kernel runs all cells in the fixed environment, in the notebook's folder; returns the notebook.

    Raises NotebookRunError naming the cell, counted from 1 over code cells, and what it said.
    """
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, DeadKernelError

    notebook = nbformat.read(path, as_version=4)
    for cell in _code_cells(notebook):
        cell.outputs, cell.execution_count = [], None
    client = NotebookClient(
        notebook,
        timeout=CELL_SECONDS,
        kernel_name=KERNEL["name"],
        resources={"metadata": {"path": str(path.parent)}},
        store_widget_state=False,
        record_timing=False,
        allow_errors=False,
    )
    try:
        with fixed_environment():
            return client.execute()
    except (CellExecutionError, DeadKernelError, TimeoutError) as error:
        done = sum(cell.execution_count is not None for cell in _code_cells(notebook))
        raise NotebookRunError(f"{path}: code cell {max(done, 1)} does not run:\n{error}") from error


def stored_form(notebook: Any) -> Any:
    """The same notebook as it is kept in the project: only what is the same in every run."""
    kept = copy.deepcopy(notebook)
    language = {"name": "python"}
    kept.metadata = {**_own_metadata(kept.metadata), "kernelspec": KERNEL, "language_info": language}
    for cell in kept.cells:
        cell.metadata = {key: cell.metadata[key] for key in ("tags",) if key in cell.metadata}
    for count, cell in enumerate(_code_cells(kept), start=1):
        cell.execution_count = count
        cell.outputs = [_stored_output(output, count) for output in cell.outputs]
    return kept


@contextmanager
def fixed_environment() -> Iterator[None]:
    """The environment of notebook tests, for kernels started inside the block."""
    before = dict(os.environ)
    os.environ.update(NOTEBOOK_ENVIRONMENT)
    for name in UNSET:
        os.environ.pop(name, None)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def _own_metadata(metadata: Mapping[str, Any]) -> dict[str, Any]:
    return {key: metadata[key] for key in ("title", "voila") if key in metadata}


def _code_cells(notebook: Any) -> list[Any]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def _stored_output(output: Any, count: int) -> Any:
    if output.output_type == "execute_result":
        output.execution_count = count
    if WIDGET_VIEW in output.get("data", {}):
        output.data[WIDGET_VIEW]["model_id"] = ""
    output.pop("transient", None)
    return output


def _write_if_changed(path: Path, notebook: Any) -> bool:
    import nbformat

    text = nbformat.writes(notebook, indent=1) + "\n"
    if path.read_text(encoding="utf-8") == text:
        return False
    path.write_text(text, encoding="utf-8", newline="\n")
    return True


def main(argv: Sequence[str]) -> int:
    """Refresh the notebooks named, or all of the project; print which changed. Exit status 1 if one fails."""
    from casekit.notebook_folder import notebook_folder

    paths = [Path(name) for name in argv] or sorted(notebook_folder().glob("*.ipynb"))
    try:
        changed = refresh(paths)
    except CasekitError as error:
        print(error, file=sys.stderr)
        return 1
    print("\n".join(f"changed: {path}" for path in changed) or f"{len(paths)} notebooks are current")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

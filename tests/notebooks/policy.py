"""What a notebook of the project must look like, so that strict comparison can see a change in it.

Strict nbval does not compare a cell that was never run, nor pictures, nor what a container's short print
leaves out; the rules here close these gaps and keep the cells thin. Each rule yields one line a fault.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import Any

TAGS = {"no-output"}  # the only tag a code cell may carry: this cell is meant to print nothing
MAX_LINES = 10
UNSEEN_PICTURES = {"image/png", "image/jpeg"}
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
STOCK_WIDGETS = {
    "BoundedIntText",
    "Button",
    "Checkbox",
    "Dropdown",
    "HTML",
    "Text",
    "Textarea",
    "VBox",
}  # those whose labels and states reach assistive technology

MARKER = re.compile(r"NBVAL_|raises-exception|nbval-")
MAGIC = re.compile(r"^\s*[%!]|get_ipython\(", re.MULTILINE)
ESCAPES_COMPARISON = re.compile(r"\b(Output|interact|interactive|interact_manual|clear_output|Thread)\s*\(")
ADDRESS = re.compile(r"\bat 0x[0-9a-fA-F]+")
ABSOLUTE_PATH = re.compile(r"(?<![\w.:/])(/(home|root|tmp|Users|usr|var|work|mnt|opt)/|[A-Z]:\\)")
SHORT_CONTAINER = re.compile(r"^(VBox|HBox|Box|GridBox|Accordion|Tab|Stack)\(children=")


def faults(notebook: Any) -> list[str]:
    """Every breach of the rules, with the number of the code cell counted from 1."""
    found = [f"notebook: {fault}" for fault in _whole(notebook)]
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for number, cell in enumerate(cells, start=1):
        rules = (_counted(cell, number), _answered(cell), _unmarked(cell), _thin(cell), _visible(cell))
        found += [f"code cell {number}: {fault}" for rule in rules for fault in rule]
    return found


def _whole(notebook: Any) -> Iterator[str]:
    if "widgets" in notebook.metadata:
        yield "widget state is stored; nothing compares it"
    first = notebook.cells[0] if notebook.cells else None
    if first is None or first.cell_type != "markdown" or not first.source.startswith("# "):
        yield 'the first cell is not Markdown with a "# " title'


def _counted(cell: Any, number: int) -> Iterator[str]:
    if not cell.source.strip():
        yield "empty"
    if cell.execution_count != number:
        yield f"execution_count is {cell.execution_count}, so it was not run in order from a fresh kernel"


def _answered(cell: Any) -> Iterator[str]:
    silent = "no-output" in cell.metadata.get("tags", [])
    if not cell.outputs and not silent:
        yield 'no output, and no tag "no-output"'
    if cell.outputs and silent:
        yield 'tagged "no-output", but prints'


def _unmarked(cell: Any) -> Iterator[str]:
    foreign = set(cell.metadata.get("tags", [])) - TAGS
    if foreign:
        yield f"tags {sorted(foreign)}; allowed: {sorted(TAGS)}"
    if MARKER.search(cell.source):
        yield "a mark that switches comparison off"
    if MAGIC.search(cell.source):
        yield "a magic or shell line, whose failure nobody notices"
    hiding = ESCAPES_COMPARISON.search(cell.source)
    if hiding:
        yield f"{hiding.group(1)}(…) hides what it prints from comparison"


def _thin(cell: Any) -> Iterator[str]:
    if len(cell.source.splitlines()) > MAX_LINES:
        yield f"more than {MAX_LINES} lines"
    if MAGIC.search(cell.source):
        return  # not Python; reported already
    for node in ast.walk(ast.parse(cell.source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            yield "defines a function or class; that belongs into the package"
        elif isinstance(node, ast.For | ast.AsyncFor | ast.While):
            yield "a loop; that belongs into the package"
        elif isinstance(node, ast.Constant) and type(node.value) in (int, float, complex):
            yield f"the number {node.value!r}; numbers belong into cases and evidence"
        elif isinstance(node, ast.ImportFrom) and node.module == "ipywidgets":
            foreign = {alias.name for alias in node.names} - STOCK_WIDGETS
            if foreign:
                yield f"stock widgets {sorted(foreign)}; accessible ones are {sorted(STOCK_WIDGETS)}"
        elif isinstance(node, ast.Import) and any(alias.name == "ipywidgets" for alias in node.names):
            yield "imports all of ipywidgets; name the widgets, so that the list of accessible ones holds"


def _visible(cell: Any) -> Iterator[str]:
    for output in cell.outputs:
        data = output.get("data", {})
        if UNSEEN_PICTURES & set(data):
            yield "a bitmap, which nobody compares; use SVG"
        if WIDGET_VIEW in data and SHORT_CONTAINER.search(str(data.get("text/plain", ""))):
            yield "a container printed in short, which hides its children from comparison"
        if output.output_type == "error":
            yield f"stores the error {output.ename}"
        text = str(output.get("text", "")) + "".join(map(str, data.values()))
        if ADDRESS.search(text):
            yield "prints a memory address"
        if ABSOLUTE_PATH.search(text):
            yield "prints a path of one machine"

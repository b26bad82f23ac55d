"""Guard 1: the notebooks keep to the rules without which strict comparison is blind."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from nbformat.v4 import new_code_cell, new_output

from tests.notebooks.files import NOTEBOOKS, each_notebook, made_of, printed, read
from tests.notebooks.policy import WIDGET_VIEW, faults


def test_there_are_notebooks() -> None:
    assert NOTEBOOKS, "notebooks/ is empty: nothing would be tested"


@each_notebook
def test_notebook_keeps_to_the_rules(path: Path) -> None:
    assert faults(read(path)) == []


def shown(source: str, data: dict[str, Any]) -> Any:
    return new_code_cell(source, execution_count=1, outputs=[new_output("display_data", data=data)])


GOOD = printed("print(name)", "x\n")
BAD = [
    # what is wrong, the notebook, words of the fault
    ("never run, so nothing is compared", made_of(printed("show()", "x", count=None)), "execution_count"),
    ("run out of order", made_of(printed("show()", "x", count=7)), "execution_count is 7"),
    ("output stripped", made_of(printed("show()", "")), "no output"),
    ("silence promised, words printed", made_of(printed("show()", "x", tags=["no-output"])), "but prints"),
    ("comparison off by comment", made_of(printed("# NBVAL_IGNORE_OUTPUT\nshow()", "x")), "mark"),
    ("comparison off by tag", made_of(printed("show()", "x", tags=["nbval-skip"])), "tags"),
    ("a magic that fails silently", made_of(printed("%matplotlib inline", "x")), "magic"),
    ("a shell line", made_of(printed("!ls", "x")), "magic"),
    ("text caught in a widget", made_of(printed("with Output() as o: pass", "x")), "Output"),
    ("a thread whose error is lost", made_of(printed("Thread(target=f)", "x")), "Thread"),
    ("a function in a cell", made_of(printed("def f(): pass\nf()", "x")), "defines"),
    ("a loop in a cell", made_of(printed("for x in y: show(x)", "x")), "loop"),
    ("a medical number in a cell", made_of(printed("casekit.show(age=63)", "x")), "number 63"),
    ("a long cell", made_of(printed("\n".join(["show()"] * 11), "x")), "more than 10 lines"),
    ("an inaccessible stock widget", made_of(printed("from ipywidgets import IntSlider", "x")), "IntSlider"),
    ("a bitmap", made_of(shown("show()", {"image/png": "aGk=", "text/plain": "x"})), "bitmap"),
    (
        "children hidden by the short print",
        made_of(shown("show()", {WIDGET_VIEW: {}, "text/plain": "VBox(children=(Button(),…"})),
        "hides its children",
    ),
    ("a memory address", made_of(printed("show()", "<View at 0x7f00aa>")), "address"),
    ("a path of one machine", made_of(printed("show()", "read /home/me/case.yaml")), "path"),
    ("no title", made_of(GOOD, title="words"), "title"),
]


@pytest.mark.parametrize(("notebook", "words"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_fault_is_seen(notebook: Any, words: str) -> None:
    [fault] = faults(notebook)
    assert words in fault


def test_stored_widget_state_is_seen() -> None:
    notebook = made_of(GOOD)
    notebook.metadata["widgets"] = {}
    assert faults(notebook) == ["notebook: widget state is stored; nothing compares it"]


def test_good_notebook_has_no_fault() -> None:
    assert faults(made_of(GOOD, printed("x = name", "", count=2, tags=["no-output"]))) == []

"""Guard 4: a broken copy of the notebooks, or of what they show, never passes.

A small fixed set runs always: every way of breaking on one notebook, one way on every notebook, and every
change of the package on all of them. `make sabotage` breaks every notebook in every way.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from casekit.refresh import refresh
from tests.notebooks.files import NOTEBOOKS, made_of, printed, read, saved
from tests.notebooks.sabotage import (
    STORED,
    Living,
    Stored,
    copy_project,
    damage,
    damage_project,
    point_moved,
    seen,
    strict_status,
)

EVERYTHING = os.environ.get("CASEKIT_SABOTAGE") == "all"
SAMPLE = NOTEBOOKS[1:2] or NOTEBOOKS[:1]  # the first lesson, for every way of breaking


def stored_acts() -> list[tuple[Path, Stored]]:
    return [
        (path, act)
        for path in NOTEBOOKS
        for act in STORED
        if (EVERYTHING or path in SAMPLE or act is STORED[0]) and applies(path, act)
    ]


def applies(path: Path, act: Stored) -> bool:
    """Whether the notebook holds something to break in this way; the file itself is not touched."""
    return act.act(read(path))


LESSON_CASE = "cases/lightning-down-to-the-big-toe/case.yaml"
LIVING = (
    Living(
        name="the patient's disability score is another",
        files=LESSON_CASE,
        find=r"(instrument: odi, [^}]*score: )\d+",
        put=r"\g<1>99",
    ),
    Living(
        name="the patient says something else",
        files=LESSON_CASE,
        find=r"(?m)^quote: .*",
        put="quote: No.",
    ),
    Living(
        name="a published ratio is another",
        files="casekit/evidence/likelihoods.yaml",
        find=r"(?s)(finding: sciatica_below_knee\n  condition: disc_herniation_radiculo.*?lr_pos: )7\.92",
        put=r"\g<1>1.92",
    ),
    Living(
        name="the calculation weighs a finding wrongly",
        files="casekit/reasoning/account.py",
        find=r"value / total for name, value in weights",
        put="(value / total) ** 2 for name, value in weights",
    ),
    Living(
        name="an instruction is worded otherwise",
        files="casekit/ui/panels/history.py",
        find="Choose what to ask",
        put="Select what to ask",
    ),
)


@pytest.mark.parametrize(
    ("path", "act"), stored_acts(), ids=[f"{path.stem}-{act.name}" for path, act in stored_acts()]
)
def test_broken_notebook_is_refused(path: Path, act: Stored, tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    broken = project / "notebooks" / path.name
    assert damage(broken, act)
    assert seen(project, [broken])


@pytest.mark.parametrize("act", LIVING, ids=[act.name for act in LIVING])
def test_changed_package_is_noticed(act: Living, tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    damage_project(project, act)
    assert seen(project, sorted((project / "notebooks").glob("*.ipynb")))


def test_untouched_copy_passes(tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    assert not seen(project, [project / "notebooks" / path.name for path in SAMPLE])


def test_every_way_applies_to_some_notebook() -> None:
    unused = {act.name for act in STORED} - {act.name for _, act in stored_acts()} - {"point_moved"}
    assert unused == set()


DRAWING = "<svg xmlns='http://www.w3.org/2000/svg'><circle cx=\"12\" cy=\"5\" r=\"2\"/></svg>"
DRAWING_CELL = printed(f"from IPython.display import SVG\nSVG({DRAWING!r})", "")


def test_moved_point_of_a_drawing_is_seen(tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    path = saved(made_of(DRAWING_CELL), project / "notebooks", "drawing.ipynb")
    refresh([path])
    assert strict_status(project, [path]) == 0
    assert damage(path, Stored(name="point_moved", act=point_moved))
    assert strict_status(project, [path]) == 1


def test_strict_comparison_alone_does_not_see_a_cell_never_run(tmp_path: Path) -> None:
    """Why the policy is needed: should nbval learn it one day, this test says so."""
    project = copy_project(tmp_path)
    path = saved(made_of(printed("print('now')", "", count=None)), project / "notebooks", "unrun.ipynb")
    assert strict_status(project, [path]) == 0
    assert seen(project, [path])

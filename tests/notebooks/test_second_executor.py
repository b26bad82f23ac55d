"""Guard 5: run once by nbclient, each notebook ends well, says what is stored, fails nowhere in silence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from nbclient.exceptions import CellExecutionError, DeadKernelError

from casekit.refresh import stored_form
from tests.notebooks.files import each_notebook, made_of, printed, read, saved
from tests.notebooks.second_executor import UnheardFailureError, executed


def outputs(notebook: Any) -> list[Any]:
    return [cell.outputs for cell in stored_form(notebook).cells if cell.cell_type == "code"]


@each_notebook
def test_second_executor_finds_what_is_stored(path: Path) -> None:
    assert outputs(executed(path)) == outputs(read(path))


@each_notebook
def test_stored_file_is_what_refresh_would_write(path: Path) -> None:
    assert stored_form(read(path)) == read(path)


def test_bad_magic_fails(tmp_path: Path) -> None:
    path = saved(made_of(printed("%no_such_magic\nprint('lost')", "x")), tmp_path)
    with pytest.raises(CellExecutionError):
        executed(path)


def test_dead_kernel_fails(tmp_path: Path) -> None:
    path = saved(made_of(printed("import os\nos._exit(1)", "x")), tmp_path)
    with pytest.raises(DeadKernelError):
        executed(path)


def test_task_that_fails_with_nobody_waiting_is_heard(tmp_path: Path) -> None:
    fail = "import asyncio\nasync def fail(): raise ValueError('nobody waits')\n"
    start = f"{fail}task = asyncio.create_task(fail())"
    let_go = "await asyncio.wait([task])\ndel task"
    path = saved(made_of(printed(start, ""), printed(let_go, "", count=2)), tmp_path)
    with pytest.raises(UnheardFailureError, match="nobody waits"):
        executed(path)

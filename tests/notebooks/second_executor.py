"""Running a notebook without nbval, and hearing what nbval cannot.

nbval ignores the status a cell ends with and anything that fails behind it. nbclient checks the status; the
lines put before and after the notebook report asyncio tasks that failed with nobody waiting for them.
"""

from __future__ import annotations

import ast
import asyncio
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

from casekit.refresh import fixed_environment

LISTEN = """
import asyncio as _asyncio
_unheard = []
_asyncio.get_running_loop().set_exception_handler(
    lambda loop, context: _unheard.append(f"{context['message']}: {context.get('exception')!r}")
)
"""
HEARD = "__import__('gc').collect() and None or sorted(set(_unheard))"


class UnheardFailureError(AssertionError):
    """Something failed in the background while the notebook ran."""


def executed(path: Path) -> Any:
    """Run the notebook in its folder; the notebook with new outputs.

    Raises nbclient's CellExecutionError if a cell ends badly, DeadKernelError if the kernel dies, and
    UnheardFailureError if a task failed that no cell waited for.
    """
    with fixed_environment():
        return asyncio.run(_executed(path))


async def _executed(path: Path) -> Any:
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook, timeout=60, resources={"metadata": {"path": str(path.parent)}}, store_widget_state=False
    )
    async with client.async_setup_kernel():
        await _ask(client, LISTEN, {})
        for index, cell in enumerate(notebook.cells):
            await client.async_execute_cell(cell, index)
        unheard = await _ask(client, "", {"unheard": HEARD})
    if unheard:
        raise UnheardFailureError(f"{path.name}: {unheard}")
    return notebook


async def _ask(client: Any, code: str, expressions: dict[str, str]) -> list[str]:
    """Run code that leaves no trace in the notebook; the list one of the expressions gives."""
    reply = await client.kc.execute(
        code,
        silent=not expressions,
        store_history=False,
        user_expressions=expressions,
        reply=True,
        timeout=60,
    )
    content = reply["content"]
    assert content["status"] == "ok", content
    answers = [answer["data"]["text/plain"] for answer in content.get("user_expressions", {}).values()]
    found: list[str] = ast.literal_eval(answers[0]) if answers else []
    return found

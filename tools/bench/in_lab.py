"""A notebook of given cells open in JupyterLab, on casekit's server or a stock one, timed in the page.

Times run from the event to the change of the page, both seen in the browser: what a user feels.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_notebook
from playwright.sync_api import Browser, Page, sync_playwright

from casekit.refresh import KERNEL
from tests.browser.harness import ONE_MINUTE, open_notebook
from tests.browser.servers import Kind, running
from tools.chromium import FLAGS, HOW_TO_INSTALL, find_chromium

NAME = "bench.ipynb"
AS_A_USER = {"PYTHONDONTWRITEBYTECODE": ""}  # a user's Python keeps compiled files between starts
EXAMPLES = 12  # clicks or openings that are compared; the first is left out by who asks

# Click what the first selector finds; milliseconds until the text or markup the second finds is another.
CLICK_UNTIL_CHANGED = """([button, watched]) => new Promise((resolve, reject) => {
  const look = () => [...document.querySelectorAll(watched)].map((node) => node.outerHTML).join("");
  const before = look();
  const start = performance.now();
  const observer = new MutationObserver(() => {
    const now = look();
    if (now === before || now === "") return;
    observer.disconnect();
    resolve(performance.now() - start);
  });
  observer.observe(document.body, {childList: true, subtree: true, attributes: true, characterData: true});
  setTimeout(() => { observer.disconnect(); reject(new Error(`nothing changed in ${watched}`)); }, 20000);
  document.querySelector(button).click();
})"""

# Run all cells; milliseconds until the selector finds something of some size.
RUN_UNTIL_SHOWN = """(shown) => new Promise((resolve, reject) => {
  const start = performance.now();
  const observer = new MutationObserver(() => {
    const node = document.querySelector(shown);
    if (!node || node.getBoundingClientRect().height === 0) return;
    observer.disconnect();
    resolve(performance.now() - start);
  });
  observer.observe(document.body, {childList: true, subtree: true, attributes: true});
  setTimeout(() => { observer.disconnect(); reject(new Error(`nothing shown: ${shown}`)); }, 40000);
  window.jupyterapp.commands.execute("notebook:run-all-cells");
})"""

FRESH_KERNEL = """async () => {
  await window.jupyterapp.commands.execute("notebook:clear-all-cell-outputs");
  const kernel = window.jupyterapp.shell.currentWidget.sessionContext.session.kernel;
  await kernel.restart();
  await kernel.info;
  await kernel.requestExecute({code: "pass", silent: true}).done;
}"""


@contextmanager
def chromium() -> Iterator[Browser]:
    """The system's Chromium. Raises RuntimeError saying how to get one."""
    executable = find_chromium()
    if executable is None:
        raise RuntimeError(HOW_TO_INSTALL)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(FLAGS))
        yield browser
        browser.close()


@contextmanager
def notebook_in_lab(browser: Browser, kind: Kind, cells: Sequence[str]) -> Iterator[Page]:
    """A page with a notebook of these cells, not run yet, in its own server with an empty home."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / NAME
        code = [new_code_cell(cell) for cell in cells]
        notebook = new_notebook(cells=code, metadata={"kernelspec": KERNEL})
        nbformat.write(notebook, path)
        with running(kind, Path(folder) / "work", [path], environment=AS_A_USER) as server:
            page = browser.new_page(viewport={"width": 1280, "height": 1200})
            page.set_default_timeout(ONE_MINUTE)
            open_notebook(page, server, NAME)
            yield page
            page.close()


def run_until_shown(page: Page, selector: str) -> float:
    """Milliseconds from running all cells to the first sight of the selector."""
    return float(page.evaluate(RUN_UNTIL_SHOWN, selector))


def click_until_changed(page: Page, button: str, watched: str) -> float:
    """Milliseconds from a click to a change of what `watched` finds."""
    return float(page.evaluate(CLICK_UNTIL_CHANGED, [button, watched]))


def fresh_kernel(page: Page) -> None:
    """Restart the kernel of the open notebook, clear its outputs and wait until it is ready."""
    page.evaluate(FRESH_KERNEL)

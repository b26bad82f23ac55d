"""What every walk in a browser needs: open, run, look for faults of access and layout, kill a kernel.

Each helper waits for a sign on the page, never for a time. Faults come back as lists of readable lines, so
that a test says `assert axe_violations(page, root) == []` and shows what is wrong.
"""

from __future__ import annotations

import json
from typing import Any, Literal

import psutil
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from tests.browser.servers import Server

Theme = Literal["light", "dark"]

ONE_MINUTE = 60_000  # milliseconds; how long a sign may take to come on a slow machine
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]

# Waiting for a function takes any promise for a yes, so what must be awaited is evaluated, not waited for.
LAB_OPEN = "() => Boolean(window.jupyterapp?.shell.currentWidget?.sessionContext)"
LAB_CONNECTED = """async () => {
  const panel = window.jupyterapp.shell.currentWidget;
  await panel.context.ready;
  await panel.sessionContext.ready;
  await panel.sessionContext.session.kernel.info;
}"""
LAB_IDLE = "() => window.jupyterapp.shell.currentWidget.sessionContext.session?.kernel?.status === 'idle'"
LAB_CELLS_WITHOUT_COUNT = """() => {
  const cells = window.jupyterapp.shell.currentWidget.content.widgets;
  return cells.filter(cell => cell.model.type === "code" && cell.model.sharedModel.source.trim()
    && cell.model.executionCount === null).length;
}"""
VOILA_READY = """() => {
  const cells = document.getElementById("rendered_cells");
  return cells !== null && cells.style.display !== "none" && document.getElementById("loading") === null;
}"""
WIDER_THAN_VIEW = """(selector) => {
  const view = document.documentElement.clientWidth;
  const root = selector ? document.querySelector(selector) : document.documentElement;
  const limit = root.getBoundingClientRect().left + root.clientWidth;
  const faults = [];
  if (root.scrollWidth > root.clientWidth)
    faults.push(`root: ${root.scrollWidth} px in ${root.clientWidth} px`);
  if (!selector && root.scrollWidth <= view) return faults;
  const scrolls = (node) => {
    for (let up = node.parentElement; up && up !== root; up = up.parentElement)
      if (["auto", "scroll", "hidden", "clip"].includes(getComputedStyle(up).overflowX)) return true;
    return false;
  };
  for (const node of root.querySelectorAll("*")) {
    const box = node.getBoundingClientRect();
    if (box.width > 0 && box.right > limit + 1 && !scrolls(node))
      faults.push(`${node.tagName.toLowerCase()}.${node.getAttribute("class") ?? ""}: ends ${
        Math.round(box.right - limit)} px too far right`);
  }
  return faults.slice(0, 20);
}"""


def open_notebook(page: Page, server: Server, name: str, theme: Theme = "light") -> None:
    """Show a notebook of the server's folder and wait for its kernel (Lab) or its last cell (Voilà).

    In Lab nothing is run yet: `run_all` does that. `theme` is what the system asks for; both follow it.
    """
    page.emulate_media(color_scheme=theme)
    page.goto(server.address(name))
    if server.kind != "voila":
        page.wait_for_function(LAB_OPEN, timeout=ONE_MINUTE)
        page.evaluate(LAB_CONNECTED)
        page.wait_for_function(LAB_IDLE, timeout=ONE_MINUTE)
    else:
        page.wait_for_function(VOILA_READY, timeout=ONE_MINUTE)


def run_all(page: Page) -> None:
    """Run every cell of the open notebook in Lab and wait until each has its number. Voilà has done so."""
    if not _in_lab(page):
        return
    page.evaluate("() => window.jupyterapp.commands.execute('notebook:clear-all-cell-outputs')")
    page.evaluate("() => window.jupyterapp.commands.execute('notebook:run-all-cells')")
    page.wait_for_function(f"() => ({LAB_CELLS_WITHOUT_COUNT})() === 0", timeout=ONE_MINUTE)


def set_theme(page: Page, theme: Theme) -> None:
    """Let the system ask for light or dark and wait until the page has followed."""
    page.emulate_media(color_scheme=theme)
    light = "true" if theme == "light" else "false"
    page.wait_for_selector(f"body[data-jp-theme-light={light}]", state="attached")


def axe_violations(page: Page, root_selector: str) -> list[str]:
    """Serious and critical findings of axe (WCAG 2.2, A and AA) inside the root, one readable line each."""
    page.evaluate(AXE_SCRIPT)
    options = json.dumps({"runOnly": {"type": "tag", "values": AXE_TAGS}, "resultTypes": ["violations"]})
    found: dict[str, Any] = page.evaluate(f"(root) => axe.run(root, {options})", root_selector)
    return [
        f"{rule['impact']} {rule['id']}: {rule['help']} — {node['target']} {node['html'][:160]}"
        for rule in found["violations"]
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"]
    ]


def no_horizontal_scroll(page: Page, root_selector: str | None = None) -> list[str]:
    """What is wider than the page, or than the root; empty if nothing is.

    Boxes that scroll or clip by themselves, such as a wide table in its own frame, are allowed.
    """
    faults: list[str] = page.evaluate(WIDER_THAN_VIEW, root_selector)
    return faults


def kernel_id(page: Page) -> str:
    """Id of the kernel behind the open page."""
    in_lab = "window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.id"
    in_voila = "JSON.parse(document.getElementById('jupyter-config-data').text).kernelId"
    return str(page.evaluate(in_lab if _in_lab(page) else in_voila))


def kernel_process(server: Server, kernel: str) -> psutil.Process:
    """The process of one of the server's kernels. Raises LookupError if it is gone."""
    for child in psutil.Process(server.pid).children(recursive=True):
        if any(kernel in part for part in child.cmdline()):
            return child
    raise LookupError(f"no process of {server.kind} server {server.pid} serves kernel {kernel}")


def kill_kernel(page: Page, server: Server) -> None:
    """End the kernel of the open page as a crash would (kill -9) and wait until the process is gone."""
    process = kernel_process(server, kernel_id(page))
    process.kill()
    process.wait(timeout=20)


def _in_lab(page: Page) -> bool:
    return bool(page.evaluate("() => document.body.dataset.voila === undefined"))

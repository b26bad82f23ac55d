"""Dragging a forecast's handle: work and layout of one movement, which must fit into a frame.

Sixty movements of a real mouse; what counts is the movement slower than 19 in 20.
"""

from __future__ import annotations

import statistics

from playwright.sync_api import Page

from tools.bench.in_lab import chromium, notebook_in_lab, run_until_shown
from tools.bench.measurement import Measurement
from tools.bench.replay import CASE

FORECAST = f"import casekit\ncasekit.show({CASE!r}, steps='forecast', worked=True)"
HANDLE = ".ck-quantile-row [data-handle='50']"
MOVEMENTS = 60

# Between the first listener of a movement and the last, plus the layout the new place asks for.
WATCH = """(handle) => {
  window.benchTimes = [];
  let start = 0;
  window.addEventListener("pointermove", () => { start = performance.now(); }, true);
  window.addEventListener("pointermove", () => {
    document.querySelector(handle).getBoundingClientRect();
    window.benchTimes.push(performance.now() - start);
  });
}"""


def measure() -> list[Measurement]:
    """One row."""
    with chromium() as browser, notebook_in_lab(browser, "lab", [FORECAST]) as page:
        run_until_shown(page, HANDLE)
        times = _dragged(page)
    return [
        Measurement(
            name="drag on an instrument, a movement",
            against="one frame",
            unit="ms",
            value=statistics.quantiles(times, n=20)[-1],
            target=16,
        )
    ]


def _dragged(page: Page) -> list[float]:
    page.locator(HANDLE).first.scroll_into_view_if_needed()
    page.evaluate(WATCH, HANDLE)
    box = page.locator(HANDLE).first.bounding_box()
    if box is None:
        raise RuntimeError(f"{HANDLE} is not on the page")
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    before = page.locator(HANDLE).first.get_attribute("style")
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(MOVEMENTS):
        page.mouse.move(x + step, y)
    page.mouse.up()
    if page.locator(HANDLE).first.get_attribute("style") == before:
        raise RuntimeError("the handle did not move")
    times: list[float] = page.evaluate("() => window.benchTimes")
    return times

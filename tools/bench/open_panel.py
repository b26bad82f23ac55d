"""From running the cell to a question that can be clicked, in a fresh kernel; against a bare slider."""

from __future__ import annotations

from playwright.sync_api import Page

from tools.bench.click_answer import QUESTION, VISIT
from tools.bench.in_lab import chromium, fresh_kernel, notebook_in_lab, run_until_shown
from tools.bench.measurement import Measurement, in_turn

SLIDER = "import ipywidgets\nipywidgets.IntSlider()"
HANDLE = ".widget-slider .noUi-handle"


def measure() -> list[Measurement]:
    """One row."""
    with (
        chromium() as browser,
        notebook_in_lab(browser, "lab", [VISIT]) as ours,
        notebook_in_lab(browser, "stock lab", [SLIDER]) as stock,
    ):

        def opened(page: Page, shown: str) -> float:
            fresh_kernel(page)
            return run_until_shown(page, shown)

        taken = in_turn(
            {"visit": lambda: opened(ours, QUESTION), "slider": lambda: opened(stock, HANDLE)}, rounds=7
        )
    return [
        Measurement(
            name="cell run → usable panel, fresh kernel",
            against="a bare slider, fresh kernel",
            unit="ms",
            value=taken["visit"],
            counterpart=taken["slider"],
            target=1.3,
        )
    ]

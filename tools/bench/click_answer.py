"""From a click on a question to the patient's answer on the page, in JupyterLab.

Against an Output with an inline matplotlib figure on a stock server, which one would build instead.
"""

from __future__ import annotations

from tools.bench import inline_figure
from tools.bench.in_lab import EXAMPLES, chromium, click_until_changed, notebook_in_lab, run_until_shown
from tools.bench.measurement import Measurement, in_turn
from tools.bench.replay import CASE

VISIT = f"import casekit\ncasekit.show({CASE!r}, steps='history', worked=True)"
QUESTION = ".ck-question"
ANSWERED = ".ck-asked"


def measure() -> list[Measurement]:
    """One row."""
    with (
        chromium() as browser,
        notebook_in_lab(browser, "lab", [VISIT]) as ours,
        notebook_in_lab(browser, "stock lab", [inline_figure.CELL]) as stock,
    ):
        run_until_shown(ours, QUESTION)
        run_until_shown(stock, inline_figure.BUTTON)
        taken = in_turn(
            {
                "visit": lambda: click_until_changed(ours, QUESTION, ANSWERED),
                "figure": lambda: click_until_changed(stock, inline_figure.BUTTON, inline_figure.WATCHED),
            },
            rounds=EXAMPLES,
        )
    return [
        Measurement(
            name="click → answer on the page",
            against="Output + inline matplotlib, stock server",
            unit="ms",
            value=taken["visit"],
            counterpart=taken["figure"],
            target=0.15,
        )
    ]

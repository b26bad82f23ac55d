"""From a click to a redrawn matplotlib chart in JupyterLab: casekit's page and figure, new numbers each time.

Against an Output with an inline figure on a stock server. A visit keeps finished figures; here each is new.
"""

from __future__ import annotations

from tools.bench import inline_figure
from tools.bench.in_lab import EXAMPLES, chromium, click_until_changed, notebook_in_lab, run_until_shown
from tools.bench.measurement import Measurement, in_turn

CELL = """\
from casekit.plots import differential_over_time as chart
from casekit.plots.svg import drawn
from casekit.ui.view import Page
class Chart(Page):
    clicks = 0
    def __init__(self):
        super().__init__()
        self.handle({})
    def handle(self, message):
        self.clicks += 1
        values = tuple(0.2 + 0.01 * (self.clicks + step) for step in range(4))
        steps = ("door note", "history", "examination", "tests")
        data = chart.DifferentialOverTime(steps=steps, you=values, calculated=values[::-1])
        figure = drawn(chart.draw, data, chart.WIDTHS, "Chart", data.description)
        button = '<button class="bench-next" type="button" data-send="act" data-act="next">Next</button>'
        self.html = f'<div data-panel="chart">{button}<div class="bench-figure">{figure}</div></div>'
Chart()"""
BUTTON = ".bench-next"
FIGURE = ".bench-figure"


def measure() -> list[Measurement]:
    """One row."""
    with (
        chromium() as browser,
        notebook_in_lab(browser, "lab", [CELL]) as ours,
        notebook_in_lab(browser, "stock lab", [inline_figure.CELL]) as stock,
    ):
        run_until_shown(ours, BUTTON)
        run_until_shown(stock, inline_figure.BUTTON)
        taken = in_turn(
            {
                "chart": lambda: click_until_changed(ours, BUTTON, FIGURE),
                "figure": lambda: click_until_changed(stock, inline_figure.BUTTON, inline_figure.WATCHED),
            },
            rounds=EXAMPLES,
        )
    return [
        Measurement(
            name="click → redrawn matplotlib chart",
            against="Output + inline matplotlib, stock server",
            unit="ms",
            value=taken["chart"],
            counterpart=taken["figure"],
            target=0.5,
        )
    ]

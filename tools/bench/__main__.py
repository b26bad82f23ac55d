"""`make bench`: run all measurements, or those named; print the table and write build/bench.json.

    python -m tools.bench [import_time evidence_cold …]

A missed target is shown and is no error; a measurement that cannot be taken is. Exit status 1 in that case.
"""

from __future__ import annotations

import importlib
import json
import os
import platform
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

from tools.bench.measurement import Measurement

NAMES = (
    "click_answer",
    "click_chart",
    "drag",
    "open_panel",
    "kernel_memory",
    "import_time",
    "evidence_cold",
    "check_cases",
    "notebook_tests",
    "replay",
)
OUTPUT = Path("build") / "bench.json"


def main(names: Sequence[str]) -> int:
    """Measure, print, write. Unknown names end with the list of the known ones."""
    unknown = sorted(set(names) - set(NAMES))
    if unknown:
        print(f"no measurement called {', '.join(unknown)}; there are {', '.join(NAMES)}", file=sys.stderr)
        return 2
    rows: list[Measurement] = []
    failed: list[str] = []
    for name in names or NAMES:
        print(f"measuring {name} …", file=sys.stderr, flush=True)
        try:
            rows += importlib.import_module(f"tools.bench.{name}").measure()
        except Exception:  # one that cannot be measured must not hide the others
            traceback.print_exc()
            failed.append(name)
    print(table(rows))
    _write(rows, failed)
    if failed:
        print(f"could not be measured: {', '.join(failed)}")
    return 1 if failed else 0


def table(rows: Sequence[Measurement]) -> str:
    """The rows as aligned text: name, value, counterpart, ratio, target, met."""
    head = ("path", "value", "against", "counterpart", "ratio", "target", "met")
    cells = [head, *(_line(row) for row in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(cells[0]))]
    lines = ["  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)) for line in cells]
    return "\n".join(["", *(line.rstrip() for line in lines)])


def _line(row: Measurement) -> tuple[str, str, str, str, str, str, str]:
    sign = "≥" if row.at_least else "≤"
    times = "×" if row.ratio is not None else f" {row.unit}"
    return (
        row.name,
        f"{row.value:.3g} {row.unit}",
        row.against,
        "–" if row.counterpart is None else f"{row.counterpart:.3g} {row.unit}",
        "–" if row.ratio is None else f"{row.ratio:.2f}×",
        f"{sign} {row.target:g}{times}",
        "yes" if row.met else "NO",
    )


def _write(rows: Sequence[Measurement], failed: Sequence[str]) -> None:
    OUTPUT.parent.mkdir(exist_ok=True)
    machine = {"python": platform.python_version(), "system": platform.platform(), "cores": os.cpu_count()}
    content = {"machine": machine, "rows": [row.as_dict() for row in rows], "not_measured": list(failed)}
    OUTPUT.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

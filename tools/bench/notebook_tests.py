"""Strict testing of all notebooks, against only running them by nbclient; one after the other in both."""

from __future__ import annotations

import os
import subprocess
import sys
import time

from casekit.refresh import NOTEBOOK_ENVIRONMENT
from tools.bench.measurement import Measurement, in_turn
from tools.test import ROOT, STRICT_NBVAL

RUN = """
import sys
from pathlib import Path
from casekit.refresh import run
for name in sys.argv[1:]:
    run(Path(name))
"""


def measure() -> list[Measurement]:
    """One row."""
    notebooks = [str(path) for path in sorted((ROOT / "notebooks").glob("*.ipynb"))]
    strict = [sys.executable, "-m", "pytest", "-q", *STRICT_NBVAL, *notebooks]
    bare = [sys.executable, "-c", RUN, *notebooks]
    taken = in_turn({"strict": lambda: _seconds(strict), "bare": lambda: _seconds(bare)}, rounds=2)
    return [
        Measurement(
            name=f"strict tests of {len(notebooks)} notebooks",
            against="nbclient runs them",
            unit="s",
            value=taken["strict"],
            counterpart=taken["bare"],
            target=1.3,
        )
    ]


def _seconds(command: list[str]) -> float:
    start = time.perf_counter()
    environment = {**os.environ, **NOTEBOOK_ENVIRONMENT}
    subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True)
    return time.perf_counter() - start

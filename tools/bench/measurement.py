"""One row of the bench table, and taking times so that they can be compared.

Absolute times differ from machine to machine; the ratio of two medians taken in turn in the same run holds.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Measurement:
    """A measured path, its counterpart if there is one, and the target.

    With a counterpart the target is the largest ratio allowed; without, it is a limit in `unit`: a largest
    value, or a smallest one if `at_least`.
    """

    name: str
    unit: str
    value: float
    target: float
    against: str = "–"
    counterpart: float | None = None
    at_least: bool = False

    @property
    def ratio(self) -> float | None:
        """How many times the counterpart, or None without one."""
        return None if self.counterpart is None else self.value / self.counterpart

    @property
    def met(self) -> bool:
        """Whether the target is reached."""
        judged = self.value if self.ratio is None else self.ratio
        return judged >= self.target if self.at_least else judged <= self.target

    def as_dict(self) -> dict[str, Any]:
        """For build/bench.json."""
        kind = "ratio" if self.counterpart is not None else ("at least" if self.at_least else "at most")
        return {
            "name": self.name,
            "against": self.against,
            "unit": self.unit,
            "value": self.value,
            "counterpart": self.counterpart,
            "ratio": self.ratio,
            "target": self.target,
            "target_is": kind,
            "met": self.met,
        }


def in_turn(ways: Mapping[str, Callable[[], float]], rounds: int) -> dict[str, float]:
    """Median of each way, taken in turn so that a busy moment touches all. The first round warms up only."""
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(rounds + 1):
        for name, way in ways.items():
            value = way()
            if number:
                taken[name].append(value)
    return {name: statistics.median(values) for name, values in taken.items()}


def as_a_user() -> dict[str, str]:
    """The environment without what only developers set: a user's Python keeps compiled files."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def fresh_python(setup: str, timed: str) -> float:
    """Milliseconds a statement takes in a new Python process, after `setup`, without the process's start."""
    clock = "time.perf_counter()"
    code = f"import time\n{setup}\nstart = {clock}\n{timed}\nprint(({clock} - start) * 1000)"
    command = [sys.executable, "-c", code]
    result = subprocess.run(command, env=as_a_user(), capture_output=True, text=True, check=True)
    return float(result.stdout.split()[-1])

"""All that must hold, step by step, with a plain ending.

Every step runs even if an earlier one failed: one run tells all there is to mend.
`--quick` leaves out what executes notebooks or needs a browser.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from casekit.refresh import NOTEBOOK_ENVIRONMENT
from tools.chromium import HOW_TO_INSTALL, find_chromium

ROOT = Path(__file__).resolve().parent.parent
PYTEST = (sys.executable, "-m", "pytest", "-q")
CASEKIT = (sys.executable, "-m", "casekit")
STRICT_NBVAL = (
    "--nbval",
    "--nbval-current-env",
    "--nbval-sanitize-with=tests/nbval.cfg",
    "--nbval-cell-timeout=60",
    "--nbval-kernel-startup-timeout=120",
    "-p",
    "no:cacheprovider",
)


@dataclass(frozen=True, kw_only=True)
class Step:
    """One command and the words for it in the summary."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)


QUICK = (
    Step(name="style", command=(sys.executable, "-m", "ruff", "check", ".")),
    Step(name="types", command=(sys.executable, "-m", "mypy")),
    Step(name="schema is current", command=(*CASEKIT, "schema", "--check")),
    Step(name="cases", command=(*CASEKIT, "check", "--prove")),
)
FULL = (
    *QUICK,
    Step(
        name="unit tests",
        command=(*PYTEST, "tests", "--ignore=tests/browser", "--ignore=tests/notebooks", "-n", "2"),
    ),
    Step(
        name="notebooks, strict",
        command=(*PYTEST, "notebooks", *STRICT_NBVAL, "-n", "2", "--dist", "loadfile"),
        environment=NOTEBOOK_ENVIRONMENT,
    ),
    Step(name="notebook guards", command=(*PYTEST, "tests/notebooks", "-n", "2")),
    Step(name="browser", command=(*PYTEST, "tests/browser")),
)


def run(step: Step) -> tuple[bool, float]:
    """Run one step in the project's folder; say whether it passed and how many seconds it took."""
    print(f"\n── {step.name} " + "─" * max(0, 70 - len(step.name)), flush=True)
    start = time.monotonic()
    result = subprocess.run(step.command, cwd=ROOT, env={**os.environ, **step.environment})
    return result.returncode == 0, time.monotonic() - start


def summary(results: Sequence[tuple[str, bool, float]]) -> str:
    """The ending: a line for each step and one sentence on the whole."""
    words = {True: "passed", False: "FAILED"}
    lines = [f"  {words[passed]}  {seconds:6.1f} s  {name}" for name, passed, seconds in results]
    failed = [name for name, passed, _ in results if not passed]
    total = sum(seconds for _, _, seconds in results)
    verdict = f"{len(failed)} of {len(results)} steps failed: {', '.join(failed)}." if failed else (
        f"All {len(results)} steps passed in {total:.0f} s."
    )
    return "\n".join(["", *lines, "", verdict])


def main(arguments: Sequence[str]) -> int:
    """Exit status 0 if every step passed, else 1."""
    steps = QUICK if "--quick" in arguments else FULL
    if steps is FULL and find_chromium() is None:
        print(HOW_TO_INSTALL, file=sys.stderr)
        return 1
    results = [(step.name, *run(step)) for step in steps]
    print(summary(results))
    return 0 if all(passed for _, passed, _ in results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

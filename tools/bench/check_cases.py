"""Checking many cases, against only parsing the same files by PyYAML's C loader; and whether it stays linear.

The cases are copies of the project's under other names. Linear to ten thousand is judged by the time a case
takes at ten times as many; `CASEKIT_BENCH_CASES` sets the larger number (10000 takes some minutes).
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from pathlib import Path

import yaml

from casekit.checking import check_cases
from tools.bench.measurement import Measurement

ROOT = Path(__file__).resolve().parent.parent.parent
FEW = 100
MANY = int(os.environ.get("CASEKIT_BENCH_CASES", "1000"))


def measure() -> list[Measurement]:
    """Two rows: the ratio at the larger number, and how much dearer a case is there."""
    with tempfile.TemporaryDirectory() as folder:
        cases = _copies(Path(folder), MANY)
        check_cases(cases[:3])  # warm: evidence and vocabulary are read once
        few = _seconds_to_check(cases[:FEW]) / FEW
        many = _seconds_to_check(cases) / MANY
        parsed = _seconds_to_parse(cases) / MANY
    return [
        Measurement(
            name=f"check {MANY} cases, each",
            against="C-loader parse of the same files",
            unit="ms",
            value=many * 1000,
            counterpart=parsed * 1000,
            target=2,
        ),
        Measurement(
            name=f"check: a case among {MANY}",
            against=f"a case among {FEW}",
            unit="ms",
            value=many * 1000,
            counterpart=few * 1000,
            target=1.2,
        ),
    ]


def _copies(folder: Path, number: int) -> list[Path]:
    models = sorted(path.parent for path in (ROOT / "cases").glob("*/case.yaml"))
    made = []
    for count in range(number):
        model = models[count % len(models)]
        copy = folder / f"copy-{count:05d}"
        shutil.copytree(model, copy)
        for path in copy.glob("*.yaml"):
            text = path.read_text(encoding="utf-8")
            path.write_text(text.replace(f"id: {model.name}", f"id: {copy.name}", 1), encoding="utf-8")
        made.append(copy)
    return made


def _seconds_to_check(cases: list[Path]) -> float:
    start = time.perf_counter()
    problems, _ = check_cases(cases)
    spent = time.perf_counter() - start
    errors = [problem for problem in problems if str(problem.severity) == "error"]
    if errors:
        raise RuntimeError(f"the copies are not what should be measured: {errors[0]}")
    return spent


def _seconds_to_parse(cases: list[Path]) -> float:
    start = time.perf_counter()
    for case in cases:
        for path in case.glob("*.yaml"):
            with path.open("rb") as file:
                yaml.load(file, Loader=yaml.CSafeLoader)  # it is the safe one, in C
    return time.perf_counter() - start

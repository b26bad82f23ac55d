"""How long it takes until the evidence is there, in a new process, `import casekit` included."""

from __future__ import annotations

from tools.bench.measurement import Measurement, fresh_python, in_turn


def measure() -> list[Measurement]:
    """One row."""
    taken = in_turn({"cold": lambda: fresh_python("", "import casekit; casekit.load_evidence()")}, rounds=9)
    return [Measurement(name="evidence ready, cold", unit="ms", value=taken["cold"], target=100)]

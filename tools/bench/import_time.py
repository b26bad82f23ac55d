"""How long `import casekit` takes, against `import ipywidgets`, each in a new process."""

from __future__ import annotations

from tools.bench.measurement import Measurement, fresh_python, in_turn


def measure() -> list[Measurement]:
    """One row."""
    ways = {
        "casekit": lambda: fresh_python("", "import casekit"),
        "ipywidgets": lambda: fresh_python("", "import ipywidgets"),
    }
    taken = in_turn(ways, rounds=9)
    return [
        Measurement(
            name="import casekit",
            against="import ipywidgets",
            unit="ms",
            value=taken["casekit"],
            counterpart=taken["ipywidgets"],
            target=0.5,
        )
    ]

"""Resident memory of a kernel that shows a whole visit, against one that shows a bare ipywidgets slider."""

from __future__ import annotations

import psutil
from jupyter_client.manager import start_new_kernel

from casekit.refresh import fixed_environment
from tools.bench.measurement import Measurement, in_turn
from tools.bench.replay import CASE

VISIT = f"import casekit\ncasekit.show({CASE!r})"
SLIDER = "import ipywidgets\nipywidgets.IntSlider()"


def measure() -> list[Measurement]:
    """One row, before the first chart is drawn."""
    taken = in_turn({"visit": lambda: _mebibytes(VISIT), "slider": lambda: _mebibytes(SLIDER)}, rounds=3)
    return [
        Measurement(
            name="kernel memory before the first chart",
            against="kernel with a slider",
            unit="MiB",
            value=taken["visit"],
            counterpart=taken["slider"],
            target=1.15,
        )
    ]


def _mebibytes(code: str) -> float:
    with fixed_environment():
        manager, client = start_new_kernel(kernel_name="python3")
    try:
        reply = client.execute_interactive(code, output_hook=lambda _: None, timeout=60)
        if reply["content"]["status"] != "ok":
            raise RuntimeError(reply["content"])
        ask = {"pid": "__import__('os').getpid()"}
        asked = client.execute("", user_expressions=ask, reply=True, timeout=60)
        pid = int(asked["content"]["user_expressions"]["pid"]["data"]["text/plain"])
        return psutil.Process(pid).memory_info().rss / 2**20
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)

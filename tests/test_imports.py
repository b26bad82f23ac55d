"""Imports point one way: ui → plots, encounter → reasoning → domain; content → domain; the rest on top."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "casekit"

# A layer may import itself and what stands beside its name. Files in no layer (api, cli, lab, …) are on top.
ALLOWED = {
    "domain": set[str](),
    "reasoning": {"domain"},
    "encounter": {"reasoning", "domain"},
    "content": {"domain"},
    "plots": {"domain", "reasoning"},
    "ui": {"plots", "encounter", "reasoning", "domain"},
}
COMMON = {"errors"}  # what a refusal looks like is known everywhere

# Who may import what from outside. A name that is not listed may be imported anywhere.
ONLY_IN = {
    "anywidget": {"ui"},
    "ipywidgets": {"ui"},
    "matplotlib": {"plots"},
}
NEVER_IN = {
    "domain": {"numpy", "pydantic", "msgspec", "yaml"},
    "reasoning": {"numpy", "pydantic", "msgspec", "yaml"},
    "encounter": {"numpy", "pydantic", "msgspec", "yaml"},
}
TOO_HEAVY_AT_START = ("ipywidgets", "anywidget", "matplotlib", "numpy", "IPython", "jupyterlab", "voila")


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def layer(path: Path) -> str:
    """The folder below casekit/, or "top" for a file that stands in casekit/ itself."""
    parts = path.relative_to(PACKAGE).parts
    return parts[0] if len(parts) > 1 else "top"


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """Line and full dotted name of every import in the file, inside functions too."""
    package = ("casekit", *path.relative_to(PACKAGE).parts[:-1])
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), str(path))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) + "." if node.level else ""
            yield from ((node.lineno, f"{base}{node.module or ''}.{alias.name}") for alias in node.names)


def wrong_inside(path: Path) -> Iterator[str]:
    here = layer(path)
    for line, name in imported(path):
        parts = name.replace("..", ".").split(".")
        if parts[0] != "casekit" or here not in ALLOWED or len(parts) < 2:
            continue
        if parts[1] not in ALLOWED[here] | COMMON | {here}:
            yield f"{path.relative_to(PACKAGE.parent)}:{line}: {here} imports {name}"


def wrong_outside(path: Path) -> Iterator[str]:
    here = layer(path)
    for line, name in imported(path):
        root = name.split(".")[0]
        if here not in ONLY_IN.get(root, {here}) or root in NEVER_IN.get(here, set()):
            yield f"{path.relative_to(PACKAGE.parent)}:{line}: {here} imports {name}"
        if here == "domain" and root not in sys.stdlib_module_names | {"casekit"}:
            yield f"{path.relative_to(PACKAGE.parent)}:{line}: domain imports {name}, not standard library"


def test_every_folder_of_modules_is_a_known_layer() -> None:
    assert {layer(path) for path in modules()} <= {*ALLOWED, "top"}


def test_no_layer_imports_from_above() -> None:
    assert [fault for path in modules() for fault in wrong_inside(path)] == []


def test_foreign_packages_stay_where_they_belong() -> None:
    assert [fault for path in modules() for fault in wrong_outside(path)] == []


@pytest.mark.parametrize(
    "statement",
    [
        "import casekit",
        "import casekit.cli",
        "from casekit.cli import main; main(['--help'])",
        "import casekit.lab",
    ],
)
def test_starting_loads_no_widgets_and_no_plots(statement: str) -> None:
    code = f"""
import sys
try:
    {statement}
except SystemExit:
    pass
print([name for name in {TOO_HEAVY_AT_START!r} if name in sys.modules])
"""
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip().splitlines()[-1] == "[]"


def test_a_forbidden_import_would_be_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules[__name__], "PACKAGE", tmp_path / "casekit")
    bad = tmp_path / "casekit" / "domain" / "bad.py"
    bad.parent.mkdir(parents=True)
    bad.write_text("def late():\n    from ..reasoning import differential\n    import matplotlib.pyplot\n")
    [upwards] = wrong_inside(bad)
    assert upwards == "casekit/domain/bad.py:2: domain imports casekit.reasoning.differential"
    assert len(list(wrong_outside(bad))) == 2  # not in plots, and not standard library

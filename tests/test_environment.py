"""environment.yml, pyproject.toml and uv.lock tell one story, and it names public places only."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
ENVIRONMENT: dict[str, Any] = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))

CONDA_NAMES = {"matplotlib-base": "matplotlib"}  # conda-forge's name for matplotlib without a desktop toolkit
CONDA_ONLY = {"python", "pip"}  # pip is what installs the project itself there


def requirements(lines: list[str]) -> dict[str, Requirement]:
    found = [Requirement(line) for line in lines]
    return {canonicalize_name(CONDA_NAMES.get(item.name, item.name)): item for item in found}


def conda_lines() -> list[str]:
    lines = [line for line in ENVIRONMENT["dependencies"] if isinstance(line, str)]
    return [line for line in lines if re.split(r"[<>=!~ ]", line)[0] not in CONDA_ONLY]


PYPROJECT = requirements(PROJECT["dependencies"])
CONDA = requirements(conda_lines())


def test_both_name_the_same_packages() -> None:
    assert sorted(CONDA) == sorted(PYPROJECT)


@pytest.mark.parametrize("name", sorted(PYPROJECT))
def test_bounds_of_a_package_are_the_same_in_both(name: str) -> None:
    assert CONDA[name].specifier == PYPROJECT[name].specifier


def test_conda_python_is_one_the_project_allows() -> None:
    [version] = [
        line.removeprefix("python=")
        for line in ENVIRONMENT["dependencies"]
        if isinstance(line, str) and line.startswith("python=")
    ]
    assert f"{version}.0" in Requirement(f"python{PROJECT['requires-python']}").specifier


def test_the_project_itself_is_installed_from_the_checkout() -> None:
    assert {"pip": ["-e ."]} in ENVIRONMENT["dependencies"]
    assert ENVIRONMENT["channels"] == ["conda-forge", "nodefaults"]


def test_the_lock_names_public_addresses_only() -> None:
    lock = (ROOT / "uv.lock").read_text(encoding="utf-8")
    hosts = set(re.findall(r"https?://[^/\"\s]+", lock))
    assert hosts == {"https://pypi.org", "https://files.pythonhosted.org"}

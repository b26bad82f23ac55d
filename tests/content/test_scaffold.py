"""A first case for an author: it loads, it is valid for the editor, and it never overwrites."""

from __future__ import annotations

from pathlib import Path

import pytest

from casekit.content.case_loader import load_case
from casekit.content.lint import check_case
from casekit.content.problems import errors_of
from casekit.content.scaffold import new_case
from casekit.content.schema import FOLDER
from casekit.errors import CasekitError, InputError
from tests.content.workshop import VOCABULARY


def test_a_new_case_loads_and_only_warns(tmp_path: Path) -> None:
    folder = new_case(tmp_path / "cases", "my-first-case")
    assert folder == tmp_path / "cases" / "my-first-case"
    case, key = load_case(folder, VOCABULARY)
    assert (case.id, key.id) == ("my-first-case", "my-first-case")
    problems = check_case(folder, VOCABULARY)
    assert errors_of(problems) == ()
    assert {problem.rule for problem in problems} == {"todo", "fact-count"}


def test_the_editor_finds_the_schema_from_the_case(tmp_path: Path) -> None:
    folder = new_case(tmp_path, "my-first-case")
    for name in ("case", "key"):
        first = (folder / f"{name}.yaml").read_text(encoding="utf-8").splitlines()[0]
        address = first.removeprefix("# yaml-language-server: $schema=")
        assert (folder / address).read_bytes() == (FOLDER / f"{name}.schema.json").read_bytes()


def test_the_first_lines_tell_how_to_check_it(tmp_path: Path) -> None:
    folder = new_case(tmp_path, "my-first-case")
    assert f"casekit check {folder}" in (folder / "case.yaml").read_text(encoding="utf-8")


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    folder = new_case(tmp_path, "my-first-case")
    (folder / "case.yaml").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="is there already"):
        new_case(tmp_path, "my-first-case")
    assert (folder / "case.yaml").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("case_id", ["My Case", "my_case", "-a", "a--b", "../a", "/etc/a", "", "a" * 81])
def test_an_id_that_is_no_kebab_case_is_refused(case_id: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="small letters, digits and single hyphens"):
        new_case(tmp_path, case_id)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "cases").write_text("a file", encoding="utf-8")
    with pytest.raises(CasekitError, match="cannot be written: Not a directory"):
        new_case(tmp_path / "cases", "my-first-case")

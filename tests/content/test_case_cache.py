"""A sound case opens again without parsing; any change of its files is read anew."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from casekit import api
from casekit.content.case_loader import load_case
from casekit.content.library import case_folders
from casekit.content.vocabulary import load_vocabulary
from casekit.errors import CaseError

CASES = sorted(case_folders())


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CASEKIT_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("CASEKIT_STORE", raising=False)
    return tmp_path / "home"


@pytest.mark.parametrize("case_id", CASES)
def test_a_kept_case_equals_the_one_that_was_read(case_id: str, own_home: Path) -> None:
    read = load_case(case_folders()[case_id], load_vocabulary())
    assert api.load_case_and_key(case_id) == read
    assert len(list((own_home / "cache" / "cases").iterdir())) == 1
    assert api.load_case_and_key(case_id) == read


def copied(folder: Path) -> Path:
    shutil.copytree(case_folders()[CASES[0]], folder / CASES[0])
    return folder / CASES[0]


def test_an_edited_case_is_read_anew(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    api.load_case(folder)
    path = folder / "case.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("version: 1.0.0", "version: 1.0.1"), encoding="utf-8"
    )
    assert api.load_case(folder).version == "1.0.1"


def test_a_case_that_became_unsound_is_refused(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    api.load_case(folder)
    path = folder / "case.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("level: ", "levl: "), encoding="utf-8")
    with pytest.raises(CaseError, match="levl"):
        api.load_case(folder)


@pytest.mark.parametrize("rubbish", [b"", b"[1,2]", b"\xff\x00"])
def test_a_damaged_entry_is_as_good_as_none(own_home: Path, rubbish: bytes) -> None:
    read = api.load_case_and_key(CASES[0])
    for entry in (own_home / "cache" / "cases").iterdir():
        entry.write_bytes(rubbish)
    assert api.load_case_and_key(CASES[0]) == read

"""Finding cases by id or path, and the catalogue."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from casekit.content import library
from casekit.content.library import case_folders, find_case, list_cases, summarise
from casekit.errors import UnknownIdError
from tests.content.workshop import BAD, CASE_ID, GOOD, copy_of_good, edited


@pytest.fixture(autouse=True)
def own_cases(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of one's own with the good case in it, and nothing that comes with casekit."""
    monkeypatch.setenv(library.VARIABLE, str(tmp_path / "mine"))
    monkeypatch.setattr(library, "PACKAGE", tmp_path / "installed" / "casekit")
    return copy_of_good(tmp_path / "mine")


def test_a_case_is_found_by_id_and_by_any_path_to_it(
    own_cases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(own_cases.parent)
    for name in (CASE_ID, own_cases, str(own_cases), f"./{CASE_ID}", own_cases / "key.yaml"):
        assert find_case(name).resolve() == own_cases


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("a-sack-of-soils", 'No case is called "a-sack-of-soils". Did you mean "a-sack-of-soil"?'),
        ("zzz", 'No case is called "zzz". casekit cases lists them.'),
        ("../elsewhere/case", 'There is no case folder at "../elsewhere/case".'),
        ("", 'No case is called "".'),
        ("a\x00b", "No case is called"),
        ("x" * 5000, "No case is called"),
    ],
)
def test_an_unknown_case_is_told_with_the_nearest_ids(name: str, said: str) -> None:
    with pytest.raises(UnknownIdError) as caught:
        find_case(name)
    assert str(caught.value).startswith(said)
    assert len(str(caught.value)) < 400


def test_own_folders_come_first_and_may_be_several(
    own_cases: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy_of_good(tmp_path / "other")
    copy_of_good(tmp_path / "other" / "nested")
    copy_of_good(tmp_path / "installed" / "cases").rename(tmp_path / "installed" / "cases" / "shipped")
    folders = f"{tmp_path / 'mine'}{os.pathsep}{tmp_path / 'other'}"
    monkeypatch.setenv(library.VARIABLE, folders)
    assert case_folders() == {CASE_ID: own_cases, "shipped": tmp_path / "installed" / "cases" / "shipped"}


def test_an_installed_package_has_its_cases_inside(tmp_path: Path) -> None:
    shipped = copy_of_good(tmp_path / "installed" / "casekit" / "library" / "cases").rename(
        tmp_path / "installed" / "casekit" / "library" / "cases" / "shipped"
    )
    assert case_folders()["shipped"] == shipped


def test_the_catalogue_shows_what_a_card_needs(own_cases: Path) -> None:
    (card,) = list_cases()
    assert str(card) == "a-sack-of-soil: A sack of soil (level 2, 20 minutes)"
    assert (card.setting, card.objectives) == ("primary_care", ("Ask before you scan",))
    assert (card.patient, card.quote) == ("Ms Jo Example, 36, gardener", "I cannot put my socks on.")
    assert (card.folder, card.trouble) == (own_cases, "")


@pytest.mark.parametrize(
    "name", ["empty", "picture", "only-a-list", "tag", "nothing-after-colon", "missing-key"]
)
def test_an_unreadable_case_keeps_its_place_and_says_so(name: str, own_cases: Path) -> None:
    (own_cases / "case.yaml").write_bytes((BAD / name / "case.yaml").read_bytes())
    (card,) = list_cases()
    assert str(card) == "a-sack-of-soil cannot be read: see casekit check a-sack-of-soil."


def test_cases_are_listed_by_level_then_title(tmp_path: Path) -> None:
    for name, level, title in (("b", 1, "Zebra"), ("c", 1, "Apple"), ("d", 4, "Early")):
        folder = edited(
            tmp_path / name, "case.yaml", ("level: 2", f"level: {level}"), ("A sack of soil", title)
        )
        folder.rename(tmp_path / "mine" / name)
    assert [card.title for card in list_cases()] == ["Apple", "Zebra", "A sack of soil", "Early"]


def test_an_occupation_in_capitals_stays() -> None:
    assert summarise(GOOD).patient == "Ms Jo Example, 36, gardener"
    assert (
        library._patient_line({"name": "Mr A", "age": 3, "occupation": "IT worker"}) == "Mr A, 3, IT worker"
    )

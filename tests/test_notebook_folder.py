"""Which notebook `casekit lab` and `casekit app` open, and that a student's own copy is never overwritten."""

from __future__ import annotations

import os
from pathlib import Path

import nbformat
import pytest
from nbformat.sign import NotebookNotary
from nbformat.v4 import new_code_cell, new_notebook

from casekit import lab, notebook_folder
from casekit.errors import InputError, UnknownIdError
from casekit.notebook_folder import START, copied_notebooks, find_notebook, own_notebooks, user_folder


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """As after `pip install`: no checkout around the package. Returns the user's folder."""
    package = tmp_path / "site-packages" / "casekit"
    packaged = package / "library" / "notebooks"
    packaged.mkdir(parents=True)
    for name in (START, "10_diagnosis"):
        (packaged / f"{name}.ipynb").write_text("packaged")
    monkeypatch.setattr(notebook_folder, "PACKAGE", package)
    monkeypatch.setenv("CASEKIT_HOME", str(tmp_path / "home"))
    return tmp_path / "home" / "notebooks"


def test_checkout_uses_its_own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "pyproject.toml").touch()
    monkeypatch.setattr(notebook_folder, "PACKAGE", tmp_path / "casekit")
    assert notebook_folder.notebook_folder() == tmp_path / "notebooks"


def test_installation_copies_and_says_so(installed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert find_notebook(None) == installed / f"{START}.ipynb"
    assert capsys.readouterr().out == f"Copied to {installed}: {START}.ipynb, 10_diagnosis.ipynb\n"


def test_own_notes_are_kept(installed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    installed.mkdir(parents=True)
    (installed / f"{START}.ipynb").write_text("my notes")
    find_notebook(None)  # copies the other one
    assert (installed / f"{START}.ipynb").read_text() == "my notes"
    find_notebook(None)  # nothing is left to copy
    assert capsys.readouterr().out == f"Copied to {installed}: 10_diagnosis.ipynb\n"


def test_only_unchanged_notebooks_count_as_our_own(installed: Path) -> None:
    find_notebook(None)
    (installed / "10_diagnosis.ipynb").write_text("changed")
    (installed / "mine.ipynb").touch()
    assert own_notebooks() == [installed / f"{START}.ipynb"]


@pytest.mark.parametrize("name", ["10_diagnosis", "10_diagnosis.ipynb"])
def test_notebook_is_found_by_name(installed: Path, name: str) -> None:
    assert find_notebook(name) == installed / "10_diagnosis.ipynb"


def test_notebook_is_found_by_path(tmp_path: Path) -> None:
    own = tmp_path / "own.ipynb"
    own.touch()
    assert find_notebook(str(own)) == own


def test_unknown_notebook_is_refused_with_the_nearest(installed: Path) -> None:
    with pytest.raises(UnknownIdError) as refusal:
        find_notebook("10_diagnoses")
    assert str(refusal.value) == (
        f'no notebook "10_diagnoses" as a file or in {installed}; '
        f'there are: {START}, 10_diagnosis. Did you mean "10_diagnosis"?'
    )


def test_without_casekit_home_the_documents_are_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CASEKIT_HOME", raising=False)
    assert user_folder().name == "casekit"


def test_nothing_packaged_copies_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert copied_notebooks(tmp_path / "nowhere", tmp_path / "user") == tmp_path / "user"
    assert capsys.readouterr().out == ""


@pytest.mark.usefixtures("installed")
def test_kernels_to_keep_warm_must_be_a_number() -> None:
    with pytest.raises(InputError, match='--warm=N: found "two"; expected a whole number of kernels'):
        lab.app(["--warm=two"])


def test_packaged_settings_come_before_the_users(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUPYTER_PATH", os.pathsep.join(["/own/share", "/more"]))
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", "")
    lab._use_packaged_settings()
    lab._use_packaged_settings()  # twice is once
    package = Path(lab.__file__).parent
    shared = [str(package / "share/jupyter"), "/own/share", "/more"]
    assert os.environ["JUPYTER_PATH"].split(os.pathsep) == shared
    assert os.environ["JUPYTER_CONFIG_PATH"] == str(package / "etc/jupyter")


def test_own_notebooks_are_signed_so_that_lab_trusts_their_views(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "data"))
    path = tmp_path / "own.ipynb"
    nbformat.write(new_notebook(cells=[new_code_cell("show()")]), path)
    lab._trust([path])
    notary = NotebookNotary()
    assert notary.check_signature(nbformat.read(path, as_version=4))
    notary.store.close()

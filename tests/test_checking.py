"""What an author is told by `casekit check --prove`: a sound case is silent, each fault is named where it is."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from casekit.checking import check_case, check_cases
from casekit.content.library import case_folders
from casekit.content.problems import Severity
from casekit.content.scaffold import new_case

CASES = sorted(case_folders())
SAMPLE = "lightning-down-to-the-big-toe"


def errors(folder: Path) -> list[str]:
    return [str(problem) for problem in check_case(folder, prove=True) if problem.severity is Severity.ERROR]


@pytest.mark.parametrize("case_id", CASES)
def test_every_shipped_case_is_proved_without_a_word(case_id: str) -> None:
    assert check_case(case_folders()[case_id], prove=True) == []


def test_a_new_case_can_be_proved_as_it_stands(tmp_path: Path) -> None:
    assert errors(new_case(tmp_path, "my-first-patient")) == []


def changed(folder: Path, old: str, new: str) -> Path:
    copy = folder / SAMPLE
    shutil.copytree(case_folders()[SAMPLE], copy)
    key = copy / "key.yaml"
    text = key.read_text(encoding="utf-8")
    assert old in text
    key.write_text(text.replace(old, new, 1), encoding="utf-8")
    return copy


# what is broken in the key, and the words that must say so
FAULTS = [
    ("disc_herniation_radiculopathy: 0.95", "disc_herniation_radiculopathy: 0.55", "estimate"),
    ("odi: {6: [21, 38, 54]", "odi: {6: [38, 38, 38]", "the expert earns"),
    ("lead: disc_herniation_radiculopathy\n", "lead: facet_joint_pain\n", "facet"),
    ("- {modality: mckenzie_directional", "- {modality: bed_rest", "bed_rest"),
]


@pytest.mark.parametrize(("old", "new", "words"), FAULTS)
def test_an_expert_who_would_not_get_full_marks_is_reported(
    tmp_path: Path, old: str, new: str, words: str
) -> None:
    found = errors(changed(tmp_path, old, new))
    assert any(words in problem for problem in found), found


def test_all_problems_of_all_cases_are_counted() -> None:
    problems, sentence = check_cases([])
    assert problems == []
    assert sentence == f"{len(CASES)} cases checked: 0 errors, 0 warnings."


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "casekit", *arguments], capture_output=True, text=True, check=False
    )


def test_the_command_ends_with_1_for_problems_and_2_for_wrong_use(tmp_path: Path) -> None:
    folder = changed(tmp_path, "odi: {6: [21, 38, 54]", "odi: {6: [54, 38, 21]")
    told = run("check", str(folder), "--json")
    assert told.returncode == 1
    rows = json.loads(told.stdout)
    assert set(rows[0]) == {"file", "line", "column", "path", "severity", "rule", "message", "hint"}
    assert run("check", str(folder)).stdout.count("key.yaml:") == len(rows)
    assert run("cases").returncode == 0
    assert run("play").returncode == 2
    missing = run("play", "lightning-down-to-the-big-tow", "--as", "expert")
    assert missing.returncode == 1
    assert 'Did you mean "lightning-down-to-the-big-toe"?' in missing.stderr
    assert "Traceback" not in missing.stderr


def test_an_entry_of_the_evidence_is_printed_with_its_sources() -> None:
    shown = run("evidence", "slr_positive")
    assert shown.returncode == 0
    assert "vanderwindt2010: van der Windt" in shown.stdout
    assert "https://doi.org/" in shown.stdout
    wrong = run("evidence", "slr_positiv")
    assert wrong.returncode == 1
    assert 'Did you mean "slr_positive' in wrong.stderr


def test_a_journal_that_is_none_is_refused_without_a_traceback(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("hello\n")
    told = run("score", str(tmp_path / "a.jsonl"))
    assert told.returncode == 1
    assert "Line 1" in told.stderr
    assert "Traceback" not in told.stderr

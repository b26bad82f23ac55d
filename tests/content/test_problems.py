"""How a problem looks: on a terminal, as JSON, in an exception."""

from __future__ import annotations

from pathlib import Path

import pytest

from casekit.content.problems import Problem, Severity, case_error, in_file_order, show_file, show_path

PROBLEM = Problem(
    file="cases/legs-that-tire/case.yaml", line=14, column=9, path="facts[2].state", severity=Severity.ERROR,
    rule="unknown-word", found='"abscent"', expected="present, absent or not_assessed",
    hint='Did you mean "absent"?',
)  # fmt: skip


def test_a_problem_says_where_what_was_found_and_what_to_try() -> None:
    assert str(PROBLEM) == (
        "cases/legs-that-tire/case.yaml:14:9: facts[2].state\n"
        '  found "abscent"; expected present, absent or not_assessed. Did you mean "absent"?'
    )


def test_a_warning_is_marked_as_one() -> None:
    warning = Problem(
        file="f.yaml",
        line=1,
        column=1,
        path="",
        severity=Severity.WARNING,
        rule="todo",
        message="is not finished.",
    )
    assert str(warning) == "f.yaml:1:1: (warning)\n  is not finished."


def test_json_has_the_eight_agreed_keys() -> None:
    assert PROBLEM.as_dict() == {
        "file": "cases/legs-that-tire/case.yaml", "line": 14, "column": 9, "path": "facts[2].state",
        "severity": "error", "rule": "unknown-word",
        "message": 'found "abscent"; expected present, absent or not_assessed.',
        "hint": 'Did you mean "absent"?',
    }  # fmt: skip


def test_the_exception_lists_every_problem() -> None:
    error = case_error([PROBLEM, PROBLEM])
    assert str(error) == f"2 problems\n{PROBLEM}\n{PROBLEM}"
    assert error.problems == (PROBLEM, PROBLEM)
    assert str(case_error([PROBLEM])).startswith("1 problem\n")


def test_a_path_reads_as_it_is_spoken() -> None:
    assert show_path(("expert", 11, "forecast", "odi", 6)) == "expert[11].forecast.odi[6]"
    assert show_path(()) == ""


def test_problems_come_in_file_order() -> None:
    def at(file: str, line: int) -> Problem:
        return Problem(file=file, line=line, column=1, path="", severity=Severity.ERROR, rule="r")

    given = [at("key.yaml", 1), at("case.yaml", 9), at("case.yaml", 2)]
    assert [(each.file, each.line) for each in in_file_order(given)] == [
        ("case.yaml", 2), ("case.yaml", 9), ("key.yaml", 1),
    ]  # fmt: skip


def test_files_are_named_from_the_working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert show_file(tmp_path / "cases" / "case.yaml") == "cases/case.yaml"
    assert show_file(Path("/elsewhere/case.yaml")) == "/elsewhere/case.yaml"

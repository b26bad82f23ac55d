"""Reading YAML: the same data as a plain reader gives, with places, and nothing dangerous."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from casekit.content.yaml_document import HOLE
from casekit.content.yaml_reader import MAX_BYTES, MAX_DEPTH, MOST_PROBLEMS, read_yaml, read_yaml_file
from casekit.content.yaml_scalars import Trap, plain_scalar
from tests.content.workshop import GOOD

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Co", "Cn", "Cf")), max_size=12)
WORDS = WORDS.filter(lambda word: not word or isinstance(plain_scalar(word), str))  # no traps
NUMBERS = st.one_of(st.integers(-(10**9), 10**9), st.floats(-1e6, 1e6).map(lambda number: round(number, 3)))
PLAIN = st.recursive(
    st.one_of(WORDS, NUMBERS, st.booleans(), st.none()),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(WORDS, inner, max_size=4)),
    max_leaves=12,
)


def rule_of(text: str) -> str:
    return read_yaml(text.encode(), "f.yaml").problems[0].rule


@given(st.dictionaries(WORDS, PLAIN, min_size=1, max_size=4))
@settings(max_examples=150, deadline=None)
def test_what_a_plain_writer_wrote_is_read_back(data: dict[str, Any]) -> None:
    document = read_yaml(yaml.safe_dump(data, allow_unicode=True).encode(), "f.yaml")
    assert document.problems == []
    assert document.data == data


@pytest.mark.parametrize("name", ["case.yaml", "key.yaml"])
def test_a_case_reads_like_a_plain_loader_reads_it(name: str) -> None:
    raw = (GOOD / name).read_bytes()
    assert read_yaml(raw, name).data == yaml.load(raw, Loader=yaml.SafeLoader)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None), ("~", None), ("null", None), ("true", True), ("False", False), ("word", "word"),
        ("0", 0), ("-7", -7), ("+5", 5), ("2.50", 2.5), (".5", 0.5), ("1e3", 1000.0), ("2.1a", "2.1a"),
        ("1.2.3", "1.2.3"), ("-", "-"), (".", "."), ("nothing", "nothing"), ("yesterday", "yesterday"),
        ("9" * 40, "9" * 40), ("1e309", Trap("1e309", "infinity")),
        ("no", Trap("no", "false")), ("ON", Trap("ON", "true")), ("Off", Trap("Off", "false")),
        ("012", Trap("012", "a number in base eight")), ("08", Trap("08", "a number in base eight")),
        ("0x1F", Trap("0x1F", "a number in another base")), ("1:30", Trap("1:30", "a number in base sixty")),
        ("2024-01-01", Trap("2024-01-01", "a date")),
        ("1_000", Trap("1_000", "a number without its underscores")),
        (".inf", Trap(".inf", "infinity")), (".NaN", Trap(".NaN", "not a number")),
    ],
)  # fmt: skip
def test_an_unquoted_word_is_a_value_or_a_trap(text: str, value: object) -> None:
    found = plain_scalar(text)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize("text", ["a: 'no'", 'a: "no"', "a: |\n  no"])
def test_quoted_words_are_text(text: str) -> None:
    assert read_yaml(text.encode(), "f.yaml").data["a"].strip() == "no"


def test_places_are_those_of_key_and_value() -> None:
    document = read_yaml("a: 1\nb:\n  - x\n  - {c: é, d: 2}\n".encode(), "f.yaml")
    assert document.place(("b", 1, "d")) == (4, 15)
    assert document.place(("b", 1, "d"), at_key=True) == (4, 12)
    assert document.place(("b", 1, "missing")) == (4, 5), "what holds it"
    assert document.place(()) == (1, 1)
    assert document.place(("nowhere", 3)) == (1, 1)


@pytest.mark.parametrize(
    ("text", "rule", "why"),
    [
        ("a: &x 1", "yaml-anchor", "an anchor alone"),
        ("a: *x", "yaml-alias", "an alias of nothing"),
        ("a: &x [*x]", "yaml-anchor", "a list inside itself"),
        ("a: !!binary aGk=", "yaml-tag", "a built-in tag"),
        ("a: !important x", "yaml-tag", "a private tag"),
        ("a: !!map {b: 1}", "yaml-tag", "a tag on a mapping"),
        ("!!str a: 1", "yaml-tag", "a tag on a key"),
        ("1.5: x", "yaml-key", "a fraction as a key"),
        ("~: x", "yaml-key", "nothing as a key"),
        (": x", "yaml-syntax", "no key at all"),
        ("[a, b]: x", "yaml-key", "a list as a key"),
        ("? {a: 1}\n: x", "yaml-key", "a mapping as a key"),
        ("a: 1\na: 2", "yaml-duplicate-key", "a key twice"),
        ("a: {b: 1, b: 2}", "yaml-duplicate-key", "a key twice inside"),
        ("1: x\n1: y", "yaml-duplicate-key", "a number twice"),
        ("<<: {a: 1}", "yaml-merge", "a merge key"),
        ("%YAML 1.1\n---\n%", "yaml-syntax", "a directive in the wrong place"),
        ("---\n", "file-empty", "an empty document"),
        ("null", "file-empty", "nothing"),
    ],
)
def test_what_cases_do_not_use_is_refused(text: str, rule: str, why: str) -> None:
    assert rule_of(text) == rule, why


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: | text", "text follows | or > in the same line."),
        ("a: [b, c", "the list opened with [ here does not end as it should."),
        ("[a:[b]", "a colon stands where no key can be."),
        ("a: 1\n b: 2", "a colon stands where no key can be."),
        ("- a\nb: 1", "this line does not fit the list above."),
        ("a: 'b' c", "this line does not fit the ones above."),
        ("a: [,]", "a value is missing here."),
        ("a: 'b\n--- c'", "--- or ... stands inside a text."),
        ("a: !x!y z", "text that starts with ! has a special meaning."),
        ("a: b\nc", "a line here has no colon."),
    ],
)
def test_syntax_errors_are_told_in_plain_words(text: str, said: str) -> None:
    assert [problem.message for problem in read_yaml(text.encode(), "f.yaml").problems] == [said]


def test_a_refused_part_is_a_hole_that_nobody_reports_again() -> None:
    assert read_yaml(b"a: &x 1\nb: *x\nc: !t 2", "f.yaml").data == {"a": 1, "b": HOLE, "c": HOLE}


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_deep_nesting_is_refused_in_a_moment(opening: str) -> None:
    begun = time.perf_counter()
    document = read_yaml((opening * (900_000 // len(opening))).encode(), "f.yaml")
    assert not document.usable
    assert document.problems[0].rule in ("yaml-nesting", "yaml-key", "yaml-syntax")
    assert time.perf_counter() - begun < 20


def test_nesting_up_to_the_limit_is_read() -> None:
    assert read_yaml(("[" * MAX_DEPTH + "]" * MAX_DEPTH).encode(), "f.yaml").usable
    assert not read_yaml(("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1)).encode(), "f.yaml").usable


def test_a_billion_laughs_are_never_expanded() -> None:
    lines = ["a0: &a0 [x, x]"] + [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 60)]
    document = read_yaml("\n".join(lines).encode(), "f.yaml")
    assert {problem.rule for problem in document.problems} == {"yaml-anchor", "yaml-alias"}
    assert len(document.problems) == MOST_PROBLEMS, "the rest is not told"


def test_a_file_over_a_megabyte_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_bytes(b"a: 1\n#" + b"x" * MAX_BYTES)
    assert read_yaml_file(path).problems[0].sentence == "larger than 1 MB."


@pytest.mark.parametrize(("kind", "said"), [("none", "no file"), ("folder", "no file"), ("pipe", "no file")])
def test_what_is_no_file_is_refused_without_waiting(kind: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    if kind == "folder":
        path.mkdir()
    if kind == "pipe":
        os.mkfifo(path)
    assert said in read_yaml_file(path).problems[0].sentence


def test_windows_line_ends_change_nothing() -> None:
    raw = (GOOD / "case.yaml").read_bytes()
    assert read_yaml(raw.replace(b"\n", b"\r\n"), "f.yaml").data == read_yaml(raw, "f.yaml").data

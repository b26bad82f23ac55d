"""From a folder to domain objects, and what happens when something is wrong with it."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casekit.content.case_loader import load_case, read_case
from casekit.content.library import summarise
from casekit.content.lint import check_case
from casekit.domain.case import FactKind
from casekit.domain.vocabulary import Phase, Setting, State, Urgency
from casekit.errors import CaseError
from tests.content.workshop import GOOD, VOCABULARY, copy_of_good, edited, read


def test_a_good_case_becomes_domain_objects() -> None:
    case, key = load_case(GOOD, VOCABULARY)
    assert (case.id, case.setting, case.phase, case.level) == (key.id, Setting.PRIMARY_CARE, Phase.ACUTE, 2)
    assert case.fact("mri_lumbar").kind is FactKind.IMAGING
    assert case.fact("mri_lumbar").alt == "A side view of five vertebrae, one disc darker."
    assert case.measure("odi").version == "2.1a"
    assert case.forecast_weeks == (6, 12)
    assert case.goals[0].at_most == (34, 26, 18, 10)
    assert case.presentation == "Two days ago I lifted a sack of soil. Since then I cannot bend."
    assert key.diagnosis.urgency is Urgency.ROUTINE
    assert key.plan.required == (("advice_self_management",), ("stay_active",))
    assert key.prognosis.modifiers == {"recovery_expectation": "positive", "compensation": "no"}


def test_one_finding_may_be_written_short() -> None:
    case, _ = load_case(GOOD, VOCABULARY)
    assert case.fact("leg_pain").findings == {"sciatica_below_knee": State.ABSENT}
    assert case.fact("saddle").findings == {
        "saddle_anaesthesia": State.ABSENT,
        "bladder_dysfunction": State.ABSENT,
    }


def test_reply_and_result_are_both_what_comes_back() -> None:
    case, _ = load_case(GOOD, VOCABULARY)
    assert case.fact("outlook").reply == "It will pass."
    assert case.fact("palpation").reply == "Sore on the left."


def test_acts_are_kept_as_they_stand_in_the_file() -> None:
    _, key = load_case(GOOD, VOCABULARY)
    assert [step.act for step in key.expert][:4] == ["estimate", "ask", "estimate", "examine"]
    assert key.expert[1].value == ["leg_pain", "saddle", "tablets"]
    assert key.expert[11].value["odi"] == {6: [0, 15, 32], 12: [0, 11, 29]}
    assert key.decoy[-1].value is True


def test_the_content_hash_is_of_both_files_and_not_of_line_ends(tmp_path: Path) -> None:
    folder = copy_of_good(tmp_path)
    first = load_case(folder, VOCABULARY)[0].content_hash
    for name in ("case.yaml", "key.yaml"):
        (folder / name).write_bytes((folder / name).read_bytes().replace(b"\n", b"\r\n"))
    assert load_case(folder, VOCABULARY)[0].content_hash == first
    (folder / "key.yaml").write_bytes((folder / "key.yaml").read_bytes() + b"# one more\n")
    assert load_case(folder, VOCABULARY)[0].content_hash != first
    assert len(first) == 64


def test_a_learner_bundle_has_no_key_and_no_problem(tmp_path: Path) -> None:
    folder = copy_of_good(tmp_path)
    (folder / "key.yaml").unlink()
    loaded = read(folder)
    assert loaded.case is not None
    assert (loaded.key, loaded.key_document, loaded.problems) == (None, None, ())
    with pytest.raises(CaseError, match=r"there is no key\.yaml beside case\.yaml"):
        load_case(folder, VOCABULARY)


def test_every_problem_of_both_files_is_told_at_once(tmp_path: Path) -> None:
    folder = edited(
        tmp_path, "case.yaml", ("level: 2", "level: 9"), ("age: 36", "age: old"), ("icf: d850", "icf: walk"),
        ("state: absent", "state: abscent"),
    )  # fmt: skip
    key = (folder / "key.yaml").read_text(encoding="utf-8")
    (folder / "key.yaml").write_text(key.replace("phase: acute", "phase: acut"), encoding="utf-8")
    with pytest.raises(CaseError) as caught:
        load_case(folder, VOCABULARY)
    assert str(caught.value).startswith("5 problems\n")
    for words in ("level", "patient.age", "goals[0].icf", "facts[1].state", "prognosis.phase"):
        assert words in str(caught.value)


def test_a_folder_without_case_is_told(tmp_path: Path) -> None:
    loaded = read_case(tmp_path / "nowhere", VOCABULARY)
    assert [problem.sentence for problem in loaded.errors] == ["there is no file case.yaml here."]
    assert loaded.case is None


def test_a_link_out_of_the_media_folder_is_refused(tmp_path: Path) -> None:
    folder = copy_of_good(tmp_path)
    (tmp_path / "secret.svg").write_text("<svg/>", encoding="utf-8")
    (folder / "media" / "slice.svg").unlink()
    (folder / "media" / "slice.svg").symlink_to(tmp_path / "secret.svg")
    assert "a link that leads out of the media folder" in read(folder).errors[0].sentence


def test_a_loop_of_links_is_refused(tmp_path: Path) -> None:
    folder = copy_of_good(tmp_path)
    (folder / "media" / "slice.svg").unlink()
    (folder / "media" / "slice.svg").symlink_to(folder / "media" / "slice.svg")
    assert read(folder).errors[0].rule == "media-path"


def _spoiled(raw: bytes, seed: int) -> bytes:
    """The bytes with some of them changed, dropped, doubled or swapped for what YAML minds."""
    luck = random.Random(seed)  # noqa: S311 (no secret)
    spoiled = bytearray(raw)
    for _ in range(luck.randint(1, 6)):
        place = luck.randrange(len(spoiled))
        what = luck.choice(("byte", "cut", "drop", "mark", "double"))
        if what == "byte":
            spoiled[place] = luck.randrange(256)
        elif what == "cut":
            del spoiled[place : place + luck.randint(1, 40)]
        elif what == "drop":
            del spoiled[place]
        elif what == "mark":
            spoiled[place:place] = luck.choice(
                (b"&a ", b"*a", b"!t ", b"[", b"{", b"- ", b": ", b"\t", b"\n", b"'")
            )
        else:
            spoiled[place:place] = spoiled[place : place + luck.randint(1, 60)]
    return bytes(spoiled)


@given(seed=st.integers(0, 10**9), name=st.sampled_from(["case.yaml", "key.yaml"]))
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_happens_to_the_bytes_the_author_gets_a_list(seed: int, name: str, tmp_path: Path) -> None:
    folder = tmp_path / GOOD.name
    if not folder.exists():
        copy_of_good(tmp_path)
    for each in ("case.yaml", "key.yaml"):
        raw = (GOOD / each).read_bytes()
        (folder / each).write_bytes(_spoiled(raw, seed) if each == name else raw)
    loaded = read(folder)
    assert (loaded.case is None or loaded.key is None) == bool(loaded.errors)
    for problem in check_case(folder, VOCABULARY):
        assert problem.line >= 1
        assert problem.column >= 1
        assert str(problem)
    summarise(folder)
    if loaded.errors:
        with pytest.raises(CaseError) as caught:
            load_case(folder, VOCABULARY)
        assert caught.value.problems == loaded.errors
    else:
        load_case(folder, VOCABULARY)

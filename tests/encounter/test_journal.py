"""A journal loses nothing: it is chained, mended after a cut, read only when it must not be written."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casekit.encounter.events import EventKind, from_line, make_event, to_line
from casekit.encounter.journal import FileJournal, Journal, read_journal
from casekit.errors import JournalError

NOW = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


def filled(path: Path, count: int = 3) -> FileJournal:
    journal = FileJournal(path)
    for number in range(count):
        journal.append(EventKind.ASKED, {"fact": f"fact_{number}"}, NOW)
    return journal


def test_what_was_appended_is_read_again_by_another_kernel(tmp_path: Path) -> None:
    filled(tmp_path / "v.jsonl").close()
    again = FileJournal(tmp_path / "v.jsonl")
    assert [event.data["fact"] for event in again.events] == ["fact_0", "fact_1", "fact_2"]
    assert again.read_only == ""


def test_each_event_is_on_disk_before_append_returns(tmp_path: Path) -> None:
    journal = FileJournal(tmp_path / "v.jsonl")
    journal.append(EventKind.ASKED, {"fact": "one"}, NOW)
    assert len((tmp_path / "v.jsonl").read_text().splitlines()) == 1


def test_only_a_torn_last_line_is_dropped_and_said(tmp_path: Path) -> None:
    path = tmp_path / "v.jsonl"
    filled(path).close()
    whole = path.read_bytes()
    path.write_bytes(whole + b'{"seq":4,"at":"2026')
    again = FileJournal(path)
    assert len(again.events) == 3
    assert "cut off" in again.repaired
    assert path.read_bytes() == whole
    again.append(EventKind.ASKED, {"fact": "after"}, NOW)
    again.close()
    assert len(FileJournal(path).events) == 4


@pytest.mark.parametrize("cut", range(1, 60, 7))
def test_a_cut_at_any_byte_of_the_last_line_keeps_the_others(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "v.jsonl"
    filled(path).close()
    path.write_bytes(path.read_bytes()[:-cut])
    assert len(FileJournal(path).events) == 2


def test_a_changed_line_makes_the_journal_read_only_up_to_it(tmp_path: Path) -> None:
    path = tmp_path / "v.jsonl"
    filled(path).close()
    path.write_text(path.read_text().replace("fact_1", "fact_9"))
    again = FileJournal(path)
    assert len(again.events) == 1
    assert "Line 2" in again.read_only
    with pytest.raises(JournalError, match="Line 2"):
        again.append(EventKind.ASKED, {"fact": "x"}, NOW)


def test_a_second_kernel_is_told_and_cannot_write(tmp_path: Path) -> None:
    path = tmp_path / "v.jsonl"
    first = filled(path)
    script = (
        "import sys; from pathlib import Path; from casekit.encounter.journal import FileJournal;"
        "print(FileJournal(Path(sys.argv[1])).read_only)"
    )
    told = subprocess.run(
        [sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True
    )
    assert "open in another notebook" in told.stdout
    first.close()
    told = subprocess.run(
        [sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == ""


def test_going_on_elsewhere_keeps_what_was_written_and_stops_the_first(tmp_path: Path) -> None:
    first = filled(tmp_path / "v.jsonl")
    second = FileJournal(tmp_path / "v.jsonl")
    assert "another notebook" in second.read_only
    second.take_over()
    second.append(EventKind.ASKED, {"fact": "later"}, NOW)
    with pytest.raises(JournalError, match="another notebook"):
        first.append(EventKind.ASKED, {"fact": "lost"}, NOW)
    assert [event.data["fact"] for event in read_journal(tmp_path / "v.jsonl")][-1] == "later"


def test_a_killed_kernel_never_blocks_the_next_one(tmp_path: Path) -> None:
    path = tmp_path / "v.jsonl"
    script = (
        "import os, sys; from pathlib import Path; from casekit.encounter.journal import FileJournal;"
        "journal = FileJournal(Path(sys.argv[1])); os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", script, str(path)], check=False)
    assert FileJournal(path).read_only == ""


def test_a_failed_write_keeps_nothing_and_says_what_is_safe(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "v.jsonl"
    journal = filled(path)
    before = path.read_bytes()

    def full(_number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(JournalError, match=r"not saved.*No space left on device.*still on the screen"):
        journal.append(EventKind.ASKED, {"fact": "lost"}, NOW)
    monkeypatch.undo()
    assert path.read_bytes() == before
    assert len(journal.events) == 3
    journal.append(EventKind.ASKED, {"fact": "kept"}, NOW)
    assert len(read_journal(path)) == 4


def test_starting_again_keeps_the_old_journal_beside_the_new(tmp_path: Path) -> None:
    path = tmp_path / "v.jsonl"
    journal = filled(path)
    journal.restart()
    journal.append(EventKind.ASKED, {"fact": "new"}, NOW)
    assert len(read_journal(path)) == 1
    assert len(read_journal(tmp_path / "v.1.jsonl")) == 3


def test_a_file_that_is_no_journal_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "v.jsonl"
    path.write_bytes(b"\x00\xff\n")
    with pytest.raises(JournalError, match="Line 1"):
        read_journal(path)


DATA = st.dictionaries(
    st.text(max_size=8),
    st.none()
    | st.booleans()
    | st.integers(-1000, 1000)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=12),
    max_size=4,
)  # fmt: skip


@settings(derandomize=True, max_examples=200)
@given(st.lists(DATA, min_size=1, max_size=5))
def test_any_data_survives_the_line_and_the_chain(rows: list[dict[str, object]]) -> None:
    previous = written = None
    for number, data in enumerate(rows, start=1):
        written = make_event(written, kind=EventKind.DRAFTED, data=data, at="2026-01-05T09:00:00+00:00")
        line = to_line(written)
        assert line.count("\n") == 1
        previous = from_line(line, previous, number)
        assert previous == written


@settings(derandomize=True, max_examples=200)
@given(st.integers(0, 2), st.integers(0, 200), st.characters(codec="ascii"))
def test_changing_any_character_of_a_line_is_noticed(which: int, place: int, character: str) -> None:
    memory = Journal()
    lines = [to_line(memory.append(EventKind.ASKED, {"fact": f"fact_{n}"}, NOW)) for n in range(3)]
    text = lines[which].rstrip("\n")
    changed = text[: place % len(text)] + character + text[place % len(text) + 1 :]
    try:
        same = json.loads(changed) == json.loads(text)
    except ValueError:
        same = False
    if same:
        return
    lines[which] = changed
    with pytest.raises(JournalError):
        read_all(lines)


def read_all(lines: list[str]) -> None:
    previous = None
    for number, line in enumerate(lines, start=1):
        previous = from_line(line, previous, number)

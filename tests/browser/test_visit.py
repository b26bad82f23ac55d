"""The radiculopathy case in a real browser: to the end by mouse and by keyboard, and nothing is ever lost."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from casekit.encounter.journal import read_journal
from tests.browser.harness import (
    Theme,
    axe_violations,
    kill_kernel,
    no_horizontal_scroll,
    open_notebook,
    run_all,
    set_theme,
)
from tests.browser.servers import Server
from tests.browser.walk import ROOT, Hand, Keyboard, Mouse, Student

NOTEBOOK = "40_full_case.ipynb"
JOURNAL = "visits/lightning-down-to-the-big-toe.jsonl"


@pytest.fixture(params=["lab", "voila"])
def server(request: pytest.FixtureRequest) -> Server:
    found: Server = request.getfixturevalue(f"{request.param}_server")
    shutil.rmtree(found.home / "visits", ignore_errors=True)
    return found


def begin(page: Page, server: Server, theme: Theme = "light", hand: Hand | None = None) -> Student:
    open_notebook(page, server, NOTEBOOK, theme=theme)
    run_all(page)
    student = Student(page, hand or Mouse())
    student.root.wait_for()
    return student


@pytest.mark.parametrize("hand", ["mouse", "keyboard"])
def test_a_student_completes_the_case(page: Page, server: Server, hand: str) -> None:
    student = begin(page, server, hand=Mouse() if hand == "mouse" else Keyboard(page))
    student.whole_visit()
    events = read_journal(server.home / JOURNAL)
    assert events[-1].kind == "closed"


def test_reloading_in_the_middle_resumes_with_what_was_typed(page: Page, server: Server) -> None:
    student = begin(page, server)
    student.door()
    student.ask("leg_path", "saddle_check")
    student.hand.write(student.root.locator("textarea[name=notes]"), "worse on sitting")
    student.press("Estimate and close the history")
    student.see("What is it, and how sure are you")
    student.root.locator('input[name="p.other"]').fill("17")
    # the draft is on disk before the page is left
    wait_for_event(page, server, lambda data: data.get("values", {}).get("p.other") == "17")
    again = begin(page, server)
    expect(again.root.get_by_text(re.compile("Nothing was lost")).first).to_be_visible()
    again.see("Ask Ms Ada Lind")
    expect(again.root.locator("#ck-fact-leg_path .ck-voice")).to_be_visible()
    expect(again.root.locator("textarea[name=notes]")).to_have_value("worse on sitting")
    again.press("Estimate and close the history")
    expect(again.root.locator('input[name="p.other"]')).to_have_value("17")


def wait_for_event(page: Page, server: Server, wanted: object) -> None:
    """Wait, by the page's own clock, until the journal holds an event whose data fits."""
    path = server.home / JOURNAL
    assert callable(wanted)
    for _ in range(200):
        lines = path.read_text().splitlines() if path.exists() else []
        if any(wanted(json.loads(line)["data"]) for line in lines):
            return
        page.wait_for_function("() => new Promise((done) => requestAnimationFrame(() => done(true)))")
    raise AssertionError("the draft never reached the journal")


def test_a_killed_kernel_loses_nothing(page: Page, server: Server) -> None:
    student = begin(page, server)
    student.door()
    student.history()
    student.ask("leg_raise")
    before = [event.hash for event in read_journal(server.home / JOURNAL)]
    kill_kernel(page, server)
    again = begin(page, server)
    assert [event.hash for event in read_journal(server.home / JOURNAL)][: len(before)] == before
    expect(again.root.get_by_text(re.compile("Nothing was lost")).first).to_be_visible()
    expect(again.root.locator("#ck-fact-leg_raise .ck-answer")).to_be_visible()
    again.press("Estimate and close the examination")
    again.estimate(3)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_step_is_accessible_and_narrow(page: Page, voila_server: Server, theme: Theme) -> None:
    shutil.rmtree(voila_server.home / "visits", ignore_errors=True)
    page.set_viewport_size({"width": 320, "height": 800})
    student = begin(page, voila_server, theme=theme)
    set_theme(page, theme)
    found: dict[str, list[str]] = {}
    for name, step in student.steps():
        found[name] = axe_violations(page, ROOT) + no_horizontal_scroll(page, ROOT)
        step()
    found["end"] = axe_violations(page, ROOT) + no_horizontal_scroll(page, ROOT)
    assert {name: faults for name, faults in found.items() if faults} == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_view_in_jupyterlab_is_accessible(page: Page, lab_server: Server, theme: Theme) -> None:
    shutil.rmtree(lab_server.home / "visits", ignore_errors=True)
    student = begin(page, lab_server, theme=theme)
    set_theme(page, theme)
    for _, step in student.steps()[:3]:
        assert axe_violations(page, ROOT) == []
        step()
    student.press("Order nothing")
    assert axe_violations(page, ROOT) == []


def test_the_start_page_opens_a_case_and_leads_back(page: Page, server: Server) -> None:
    open_notebook(page, server, "00_start_here.ipynb")
    run_all(page)
    student = Student(page, Mouse())
    student.see("Choose a patient")
    assert axe_violations(page, ROOT) == []
    student.press("Lightning down to the big toe")
    student.see("Ms Ada Lind")
    student.door()
    student.press("All patients")
    expect(student.root.get_by_text("Resume at the history")).to_be_visible()


def test_two_notebooks_on_one_visit_the_second_is_told(page: Page, lab_server: Server) -> None:
    shutil.rmtree(lab_server.home / "visits", ignore_errors=True)
    begin(page, lab_server).door()
    other = page.context.new_page()
    open_notebook(other, lab_server, "00_start_here.ipynb")
    run_all(other)
    second = Student(other, Mouse())
    second.press("Lightning down to the big toe")
    expect(second.root.get_by_text(re.compile("open in another notebook")).first).to_be_visible()
    assert second.root.locator("[data-act=ask]").count() == 0
    second.press("Go on here")
    second.ask("leg_path")
    first = Student(page, Mouse())
    first.hand.press(first.root.locator("#ck-fact-how_it_began button"))
    expect(first.root.get_by_text(re.compile("open in another notebook")).first).to_be_visible()


HOSTILE = '<img src=x onerror="window.hurt=1"><script>window.hurt=1</script>[x](javascript:window.hurt=1)'


def test_a_hostile_case_executes_nothing(page: Page, lab_server: Server) -> None:
    """Every text of the case, where it may stand, is replaced by markup that would run if it were not escaped."""
    shutil.rmtree(lab_server.home / "visits", ignore_errors=True)
    folder = hostile_case(lab_server.folder / "hostile")
    notebook = json.loads((lab_server.folder / NOTEBOOK).read_text())
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["source"] = f'import casekit\ncasekit.show("{folder.name}", journal=":memory:")'
    (lab_server.folder / "hostile.ipynb").write_text(json.dumps(notebook))
    open_notebook(page, lab_server, "hostile.ipynb")
    run_all(page)
    student = Student(page, Mouse())
    student.press("Make the first estimate")
    student.estimate(1)
    student.press("Go to the history")
    student.ask("leg_path", "saddle_check")
    student.hand.write(student.root.locator("textarea[name=notes]"), HOSTILE)
    student.press("Estimate and close the history")
    student.estimate(2)
    assert "onerror" in student.root.inner_text() or "onerror" in page.content()
    assert page.evaluate("() => window.hurt") is None
    assert student.root.locator("img, script, a[href^='javascript']").count() == 0


def hostile_case(folder: Path) -> Path:
    source = Path(__file__).resolve().parents[2] / "cases" / "lightning-down-to-the-big-toe"
    shutil.copytree(source, folder, dirs_exist_ok=True)
    text = (folder / "case.yaml").read_text(encoding="utf-8")
    text = text.replace("id: lightning-down-to-the-big-toe", "id: hostile")
    quoted = json.dumps(HOSTILE)
    for name in (
        "title",
        "quote",
        "occupation",
        "home",
        "medicines",
        "reply",
        "ask",
        "group",
        "expects",
        "worries",
    ):
        text = re.sub(
            rf"^(\s*)(- )?{name}: .*$",
            lambda m, n=name: f"{m[1]}{m[2] or ''}{n}: {quoted}",
            text,
            flags=re.MULTILINE,
        )
    text = re.sub(r"(presentation: \|\n)((?:  .*\n|\n)+)", lambda m: f"{m[1]}  {HOSTILE}\n", text)
    (folder / "case.yaml").write_text(text, encoding="utf-8")
    key = (
        (folder / "key.yaml")
        .read_text(encoding="utf-8")
        .replace("id: lightning-down-to-the-big-toe", "id: hostile")
    )
    (folder / "key.yaml").write_text(key, encoding="utf-8")
    return folder

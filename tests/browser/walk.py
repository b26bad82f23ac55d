"""A student at the radiculopathy case: every step of the visit, by mouse or by keyboard alone.

The hand decides how a control is reached and used; the story is the same. Nothing waits for a time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Protocol

from playwright.sync_api import Locator, Page, expect

ROOT = ".ck-root"
ESTIMATE = {"disc_herniation_radiculopathy": "60", "idiopathic_axial": "35", "other": "5"}
MOST_TABS = 400


class Hand(Protocol):
    """How a student presses, types and ticks."""

    def press(self, target: Locator) -> None:
        """Use a button or link."""

    def write(self, target: Locator, text: str) -> None:
        """Fill a field."""

    def choose(self, target: Locator, value: str) -> None:
        """Pick an option of a select."""

    def tick(self, target: Locator) -> None:
        """Set a checkbox or radio button."""


class Mouse:
    """Points and clicks."""

    def press(self, target: Locator) -> None:
        target.click()

    def write(self, target: Locator, text: str) -> None:
        target.fill(text)

    def choose(self, target: Locator, value: str) -> None:
        target.select_option(value)

    def tick(self, target: Locator) -> None:
        target.check()


class Keyboard:
    """Tab, arrows, Space and Enter, and nothing else; the focus ring must be visible wherever it stops."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def press(self, target: Locator) -> None:
        self._reach(target)
        self._page.keyboard.press("Enter")

    def write(self, target: Locator, text: str) -> None:
        self._reach(target)
        self._page.keyboard.press("ControlOrMeta+A")
        self._page.keyboard.type(text)

    def choose(self, target: Locator, value: str) -> None:
        self._reach(target)
        for _ in range(MOST_TABS):
            if target.input_value() == value:
                return
            self._page.keyboard.press("ArrowDown")
        raise AssertionError(f"no option {value}")

    def tick(self, target: Locator) -> None:
        if target.get_attribute("type") == "radio":
            self._reach_group(target)
            return
        self._reach(target)
        if not target.is_checked():
            self._page.keyboard.press("Space")

    def _reach(self, target: Locator) -> None:
        self._tab_until(target, "(node) => document.activeElement === node")
        style = (
            "const s = getComputedStyle(node); return s.outlineStyle !== 'none' || s.boxShadow !== 'none';"
        )
        shown = f"(node) => {{ {style} }}"
        assert self._page.evaluate(shown, target.element_handle()), f"no visible focus on {target}"

    def _reach_group(self, target: Locator) -> None:
        inside = (
            "(node) => document.activeElement.type === 'radio' && document.activeElement.name === node.name"
        )
        self._tab_until(target, inside)
        self._page.keyboard.press("Space")
        size = self._page.locator(f'{ROOT} input[type=radio][name="{target.get_attribute("name")}"]').count()
        for _ in range(size):
            if target.is_checked():
                return
            self._page.keyboard.press("ArrowDown")
        raise AssertionError(f"the arrows never reach {target}")

    def _tab_until(self, target: Locator, arrived: str) -> None:
        target.wait_for()
        handle = target.element_handle()
        before = "(node) => !!(document.activeElement.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_PRECEDING)"
        for _ in range(MOST_TABS):
            if self._page.evaluate(arrived, handle):
                return
            # backwards if the target stands before the focus, as a person would
            self._page.keyboard.press("Shift+Tab" if self._page.evaluate(before, handle) else "Tab")
        raise AssertionError(f"the keyboard never reaches {target}")


class Student:
    """One student before the page."""

    def __init__(self, page: Page, hand: Hand) -> None:
        self.page = page
        self.hand = hand
        self.root = page.locator(ROOT).first

    def button(self, name: str) -> Locator:
        return self.root.get_by_role("button", name=re.compile(name)).first

    def press(self, name: str) -> None:
        self.hand.press(self.button(name))

    def see(self, heading: str) -> None:
        expect(self.root.get_by_role("heading", name=re.compile(heading)).first).to_be_visible()

    def estimate(self, number: int, values: Mapping[str, str] = ESTIMATE) -> None:
        """Share out 100 % and commit."""
        self.see("What is it, and how sure are you")
        for field in self.root.locator('input[type=number][name^="p."]').all():
            name = str(field.get_attribute("name")).removeprefix("p.")
            wanted = values.get(name, "0")
            if field.input_value() != wanted:
                self.hand.write(field, wanted)
        expect(self.root.locator("[data-sum]")).to_have_text("100 %")
        self.press(f"Commit estimate {number}")
        self.see("How the calculation got there")

    def ask(self, *facts: str) -> None:
        for fact in facts:
            line = self.root.locator(f"#ck-fact-{fact}")
            group = line.locator("xpath=ancestor::details")
            if group.get_attribute("open") is None:
                self.hand.press(group.locator("summary"))
            self.hand.press(line.locator("button"))
            expect(line.locator(".ck-voice, .ck-answer")).to_be_visible()

    # ---- the visit ------------------------------------------------------------------------------

    def door(self) -> None:
        self.see("Ms Ada Lind")
        self.press("Make the first estimate")
        self.estimate(1)
        self.press("Go to the history")

    def history(self) -> None:
        self.see("Ask Ms Ada Lind")
        self.ask("leg_path", "saddle_check", "bladder_bowel", "tablets", "kidneys")
        self.press("Estimate and close the history")
        self.estimate(2)
        self.press("Go to the examination")

    def examination(self) -> None:
        self.see("Examine Ms Ada Lind")
        self.ask("leg_raise", "strength")
        self.press("Estimate and close the examination")
        self.estimate(3)
        self.press("Go to the tests")

    def tests(self) -> None:
        self.see("Which test would change what you do")
        self.press("Order nothing")
        self.press("Estimate again")
        self.estimate(4)
        self.press("Go to the diagnosis")

    def diagnosis(self) -> None:
        self.hand.write(self.root.locator("textarea[name=summary]"), "Five weeks of left L5 root pain.")
        self.press("Keep the summary")
        expect(self.root.get_by_text(re.compile("✓ Kept")).first).to_be_visible()
        self.hand.choose(self.root.locator("select[name=lead]"), "disc_herniation_radiculopathy")
        self.hand.tick(self.root.locator("input[name=urgency][value=routine]"))
        self.press("Commit the diagnosis")

    def goals(self) -> None:
        self.see("What does she want to do again")
        self.hand.tick(self.root.locator("input[type=checkbox][name$='.take']").first)
        self.hand.choose(self.root.locator("select[name$='.measure']").first, "odi")
        self.hand.write(self.root.locator("input[name$='.target']").first, "24")
        self.hand.write(self.root.locator("input[name$='.by_week']").first, "12")
        for name in ("importance", "difficulty"):
            self.hand.tick(self.root.locator(f"input[type=radio][name$='.{name}'][value='2']").first)
        self.press("Commit the goals")

    def plan(self) -> None:
        self.see("A plan with Ms Ada Lind")
        self.hand.write(self.root.locator("input[name=search]"), "McKenzie")
        self.press("Add McKenzie")
        expect(self.root.get_by_text("Your plan, 1 entry").first).to_be_visible()
        self.press("Commit the plan")

    def forecast(self) -> None:
        self.see("How will Ms Ada Lind be")
        for field in self.root.locator("input[data-q]").all():
            scale = float(str(field.get_attribute("max"))) / 100
            wanted = {"10": 15, "50": 35, "90": 55}[str(field.get_attribute("data-q"))] * scale
            self.hand.write(field, f"{wanted:g}")
        self.press("Commit the forecast")

    def follow_up(self) -> None:
        self.press("See her at 6 weeks")
        self.press("See her at 12 weeks")
        self.press("Close the visit and read the debrief")

    def debrief(self) -> None:
        expect(self.root.get_by_text("of 100").first).to_be_visible()
        self.see("Score")

    def steps(self) -> list[tuple[str, Callable[[], None]]]:
        """The visit's steps by name, in their order."""
        return [
            ("door", self.door), ("history", self.history), ("examination", self.examination), ("tests", self.tests),
            ("diagnosis", self.diagnosis), ("goals", self.goals), ("plan", self.plan), ("forecast", self.forecast),
            ("follow_up", self.follow_up), ("debrief", self.debrief),
        ]  # fmt: skip

    def whole_visit(self) -> None:
        """From the door note to the debrief."""
        for _, step in self.steps():
            step()

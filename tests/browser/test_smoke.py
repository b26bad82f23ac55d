"""The harness itself: a click reaches Python and the answer the page, in JupyterLab and as a Voilà page."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.harness import (
    axe_violations,
    kernel_id,
    kernel_process,
    kill_kernel,
    no_horizontal_scroll,
    open_notebook,
    run_all,
    set_theme,
)
from tests.browser.servers import Server

ROOT = "[data-casekit-smoke]"


@pytest.fixture(params=["lab", "voila"])
def server(request: pytest.FixtureRequest) -> Server:
    found: Server = request.getfixturevalue(f"{request.param}_server")
    return found


def test_click_is_answered_by_python(page: Page, server: Server) -> None:
    open_notebook(page, server, "smoke.ipynb")
    run_all(page)
    page.get_by_role("button", name="Ask Python").click()
    expect(page.locator(f"{ROOT} [role=status]")).to_have_text("asked 1 times")
    page.get_by_role("button", name="Ask Python").click()
    expect(page.locator(f"{ROOT} [role=status]")).to_have_text("asked 2 times")


def test_page_follows_the_systems_theme(page: Page, server: Server) -> None:
    open_notebook(page, server, "smoke.ipynb", theme="dark")
    run_all(page)
    assert page.evaluate("() => document.body.dataset.jpThemeLight") == "false"
    dark = background(page)
    set_theme(page, "light")
    assert background(page) != dark


def background(page: Page) -> str:
    return str(page.evaluate("() => getComputedStyle(document.body).getPropertyValue('--jp-layout-color0')"))


def test_kernel_can_be_killed(page: Page, server: Server) -> None:
    open_notebook(page, server, "smoke.ipynb")
    run_all(page)
    kernel = kernel_id(page)
    before = kernel_process(server, kernel).pid
    kill_kernel(page, server)
    page.reload()
    open_notebook(page, server, "smoke.ipynb")
    run_all(page)
    assert kernel_process(server, kernel_id(page)).pid != before
    page.get_by_role("button", name="Ask Python").click()
    expect(page.locator(f"{ROOT} [role=status]")).to_have_text("asked 1 times")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_voila_page_is_accessible_and_narrow(page: Page, voila_server: Server, theme: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    open_notebook(page, voila_server, "smoke.ipynb")
    set_theme(page, "dark" if theme == "dark" else "light")
    expect(page.locator(f"main {ROOT} button")).to_be_visible()
    assert axe_violations(page, "html") == []
    assert no_horizontal_scroll(page) == []
    assert page.title() == "A page that answers · casekit"
    expect(page.get_by_role("main")).to_have_count(1)
    assert page.locator("html").get_attribute("lang") == "en"
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    assert page.get_by_text("import anywidget").count() == 0


def test_voila_start_address_leads_to_the_first_notebook(page: Page, voila_server: Server) -> None:
    page.goto(voila_server.url)
    page.wait_for_url("**/voila/render/smoke.ipynb")


def test_faults_of_access_and_width_are_seen(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.set_content("<main id=root><button></button><p style='width:900px'>wide</p></main>")
    assert [line.split(":")[0] for line in axe_violations(page, "#root")] == ["critical button-name"]
    assert no_horizontal_scroll(page) != []
    assert no_horizontal_scroll(page, "#root") != []


def test_lab_shows_no_news(page: Page, lab_server: Server) -> None:
    open_notebook(page, lab_server, "smoke.ipynb")
    fetched = page.evaluate(
        """async () => (await window.jupyterapp.serviceManager.settings.fetch(
             "@jupyterlab/apputils-extension:notification")).schema.properties.fetchNews.default"""
    )
    assert fetched == "false"

"""Fixtures of the walks: one server of each kind a run, one browser a run, one page a test.

A page that asks a foreign host for anything, or throws, fails its test. Without Chromium every test here
fails with the words how to get it; none is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Request, WebError, sync_playwright

from tests.browser.harness import ONE_MINUTE
from tests.browser.servers import Server, running
from tools.chromium import FLAGS, HOW_TO_INSTALL, find_chromium

HERE = Path(__file__).resolve().parent
NOTEBOOKS = [
    *sorted((HERE / "notebooks").glob("*.ipynb")),  # the servers open on the first
    *sorted((HERE.parent.parent / "notebooks").glob("*.ipynb")),
]
LOCAL_HOSTS = {"127.0.0.1", "localhost"}
# What Jupyter itself throws, uncaught, when a kernel dies under an open page.
KERNEL_GONE = ("Kernel connection disconnected", "Canceled future for")


@pytest.fixture(scope="session")
def lab_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running("lab", tmp_path_factory.mktemp("lab") / "work", NOTEBOOKS) as server:
        yield server


@pytest.fixture(scope="session")
def voila_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running("voila", tmp_path_factory.mktemp("voila") / "work", NOTEBOOKS) as server:
        yield server


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    executable = find_chromium()
    if executable is None:
        pytest.fail(HOW_TO_INSTALL, pytrace=False)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=executable, args=list(FLAGS))
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page 1280 px wide in a fresh profile; afterwards: no foreign request, no uncaught error."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    context.set_default_timeout(ONE_MINUTE / 2)
    opened = context.new_page()
    foreign: list[str] = []
    thrown: list[str] = []

    def note(request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in ("http", "https", "ws", "wss") and address.hostname not in LOCAL_HOSTS:
            foreign.append(request.url)

    context.on("request", note)
    def listen(error: WebError) -> None:
        if not str(error.error).startswith(KERNEL_GONE):
            thrown.append(str(error.error))

    context.on("weberror", listen)
    yield opened
    context.close()
    assert foreign == [], "the page asked a foreign host"
    assert thrown == [], "the page threw an error nobody caught"

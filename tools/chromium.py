"""The browser the tests and measurements drive: the system's Chromium, and how to get one.

`CASEKIT_CHROMIUM` names another executable. The flags are those that make Chromium quiet and able to run in a
container as root; foreign hosts do not resolve, so that a page that asks for one fails at once.
"""

from __future__ import annotations

import os
import shutil

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost",
)

HOW_TO_INSTALL = """\
The browser tests need Chromium, and none was found.
  Debian, Ubuntu:  sudo apt install chromium
  Fedora:          sudo dnf install chromium
  macOS:           brew install --cask chromium
or name one: CASEKIT_CHROMIUM=/path/to/chromium make test
They are part of the tests and are not left out."""


def find_chromium() -> str | None:
    """Path of the executable, or None if there is no browser here."""
    named = os.environ.get("CASEKIT_CHROMIUM")
    if named:
        return shutil.which(named)
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)

"""Starting JupyterLab and the page server for tests, as a user does, on a free port and a copied folder.

A server is ready when it prints its address; nothing is polled and nothing sleeps. All it says is kept in a
log file beside the notebooks, to be read when a test fails.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Literal

TOKEN = "casekit-tests"  # noqa: S105  # the server listens on this machine only and lives for a test run
READY = "is running at"  # both print it with their address

Kind = Literal["lab", "voila", "stock lab"]  # the last: JupyterLab without casekit, to measure against


@dataclass(frozen=True, kw_only=True)
class Server:
    """A running server: `url` ends with a slash, `folder` holds the notebooks, `home` is its CASEKIT_HOME."""

    kind: Kind
    url: str
    folder: Path
    home: Path
    log: Path
    pid: int

    def address(self, notebook: str, theme: str | None = None) -> str:
        """Where the browser finds a notebook of the folder, by file name."""
        if self.kind != "voila":
            return f"{self.url}lab/tree/{notebook}?token={TOKEN}&reset"
        return f"{self.url}voila/render/{notebook}" + (f"?theme={theme}" if theme else "")


def free_port() -> int:
    """A TCP port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running(
    kind: Kind,
    work: Path,
    notebooks: Iterable[Path],
    *,
    options: Iterable[str] = (),
    environment: Mapping[str, str] | None = None,
) -> Iterator[Server]:
    """Copy the notebooks into `work`, start the server there and stop it, with its kernels, at the end.

    `options` go to JupyterLab or Voilà; `environment` is added to that of the server and its kernels.
    """
    folder, home, log = work / "notebooks", work / "home", work / "server.log"
    folder.mkdir(parents=True)
    home.mkdir()
    copies = [Path(shutil.copy(path, folder)) for path in notebooks]
    port = free_port()
    command = [sys.executable, "-m", *_arguments(kind, copies[0], port), *options]
    with log.open("w") as sink, subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, "CASEKIT_HOME": str(home), "PYTHONUNBUFFERED": "1", **(environment or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        try:
            _wait_until_ready(process, sink, log)
            url = f"http://127.0.0.1:{port}/"
            yield Server(kind=kind, url=url, folder=folder, home=home, log=log, pid=process.pid)
        finally:
            process.terminate()
            process.wait(timeout=20)


def _arguments(kind: Kind, notebook: Path, port: int) -> list[str]:
    if kind != "voila":
        program = ["casekit", "lab", str(notebook)] if kind == "lab" else ["jupyterlab", "--allow-root"]
        return [
            *program,
            "--no-browser",
            "--expose-app-in-browser",
            "--ServerApp.ip=127.0.0.1",
            f"--ServerApp.port={port}",
            "--ServerApp.port_retries=0",
            f"--IdentityProvider.token={TOKEN}",
        ]
    return ["casekit", "app", str(notebook), "--no-browser", "--Voila.ip=127.0.0.1", f"--port={port}"]


def _wait_until_ready(process: subprocess.Popen[str], sink: IO[str], log: Path) -> None:
    """Read what the server prints up to its address; a thread keeps reading so that the pipe never fills."""
    assert process.stdout is not None
    for line in process.stdout:
        sink.write(line)
        if READY in line:
            threading.Thread(target=_drain, args=(process.stdout, sink), daemon=True).start()
            return
    sink.flush()
    raise RuntimeError(f"the server ended before it was ready:\n{log.read_text()[-3000:]}")


def _drain(source: IO[str], sink: IO[str]) -> None:
    for line in source:
        sink.write(line)
        sink.flush()

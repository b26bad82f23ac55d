"""The server extension keeps the server's own connection class and only switches the delay off."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from casekit.server import NoDelay, _load_jupyter_server_extension, answer_at_once


class Handler:
    def __init__(self, *, connected: bool) -> None:
        self.ws_connection = object() if connected else None
        self.nodelay: list[bool] = []

    def set_nodelay(self, value: bool) -> None:
        self.nodelay.append(value)


class Connection:
    def __init__(self, handler: Handler) -> None:
        self.websocket_handler = handler

    def connect(self) -> str:
        return "connected"


def changed(connection: type = Connection) -> dict[str, Any]:
    settings: dict[str, Any] = {"kernel_websocket_connection_class": connection}
    answer_at_once(settings)
    return settings


@pytest.mark.parametrize(
    ("connected", "nodelay"),
    [
        (True, [True]),
        (False, []),  # the browser has gone before the kernel answered: tornado would refuse
    ],
)
def test_delay_is_off_once_a_connection_opens(connected: bool, nodelay: list[bool]) -> None:
    handler = Handler(connected=connected)
    connection = changed()["kernel_websocket_connection_class"](handler)
    assert connection.connect() == "connected"
    assert handler.nodelay == nodelay


def test_class_behind_is_kept() -> None:
    kind = changed()["kernel_websocket_connection_class"]
    assert issubclass(kind, NoDelay)
    assert issubclass(kind, Connection)


def test_loading_twice_changes_nothing_more() -> None:
    settings = changed()
    once = settings["kernel_websocket_connection_class"]
    answer_at_once(settings)
    assert settings["kernel_websocket_connection_class"] is once


def test_extension_says_that_it_is_on() -> None:
    said: list[str] = []
    settings: dict[str, Any] = {"kernel_websocket_connection_class": Connection}
    server = SimpleNamespace(
        web_app=SimpleNamespace(settings=settings), log=SimpleNamespace(info=said.append)
    )
    _load_jupyter_server_extension(server)
    assert issubclass(settings["kernel_websocket_connection_class"], NoDelay)
    assert said == ["casekit: kernel connections answer without delay"]

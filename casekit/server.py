"""Jupyter server extension: answers leave for the browser at once.

Kernel WebSockets send small packets one after the other. With the operating system's default, the second
waits for the first to be acknowledged, 40 ms a click (Nagle's algorithm against delayed acknowledgement).
Here TCP_NODELAY is set when a kernel connection opens; whatever connection class the server uses is kept.
Works for JupyterLab (as a server extension) and for Voilà (casekit.page_server).
"""

from __future__ import annotations

from typing import Any


class NoDelay:
    """Put in front of a kernel connection class: switches the delay off before the first message."""

    websocket_handler: Any

    def connect(self) -> Any:
        """Connect as the class behind does, without delay on the browser's side."""
        if self.websocket_handler.ws_connection is not None:  # None: the browser has gone already
            self.websocket_handler.set_nodelay(True)
        return super().connect()  # type: ignore[misc]


def answer_at_once(settings: dict[str, Any]) -> None:
    """Change a web application's settings so that its kernel connections do not wait."""
    connection = settings["kernel_websocket_connection_class"]
    if not issubclass(connection, NoDelay):
        settings["kernel_websocket_connection_class"] = type(
            f"NoDelay{connection.__name__}", (NoDelay, connection), {}
        )


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "casekit.server"}]


def _load_jupyter_server_extension(server: Any) -> None:
    answer_at_once(server.web_app.settings)
    server.log.info("casekit: kernel connections answer without delay")

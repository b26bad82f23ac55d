"""The Voilà server behind `casekit app`: the notebooks as pages, code hidden, the start notebook first.

Voilà alone serves one notebook, or a file list that asks a foreign host for its icons. Here every notebook
of the folder can be reached by a link from another one, and there is no list.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jupyter_core.utils import ensure_async
from jupyter_server.base.handlers import APIHandler
from jupyter_server.utils import url_path_join
from tornado.web import RedirectHandler, authenticated
from traitlets.config import Config
from voila.app import Voila

from casekit.server import answer_at_once

MINUTES_WITHOUT_A_PAGE = 10  # then a kernel nobody looks at is ended; the visit itself is in the journal


class LeavingHandler(APIHandler):  # type: ignore[misc]
    """Ends the kernel of a page that is left, so that a reload finds the visit free to go on.

    A page that is left sends a beacon, which cannot carry the token that Voilà's own handler asks for; the
    kernel's random id is the secret here. Nothing is lost: every step is on disk before it is shown.
    """

    def check_xsrf_cookie(self) -> None:
        """No token to check."""

    @authenticated  # type: ignore[untyped-decorator]
    async def post(self, kernel_id: str) -> None:
        """End this kernel at once."""
        if kernel_id in self.kernel_manager:
            await ensure_async(self.kernel_manager.shutdown_kernel(kernel_id, now=True))
        self.set_status(204)
        self.finish()


class PageServer(Voila):  # type: ignore[misc]  # Voilà carries no types
    """Voilà that opens on one notebook and answers at once."""

    start_page = ""

    def init_settings(self) -> dict[str, Any]:
        """Voilà's settings, with kernel connections that do not wait."""
        settings: dict[str, Any] = super().init_settings()
        answer_at_once(settings)
        return settings

    def init_handlers(self) -> list[Any]:
        """The addresses of Voilà without its file list; the bare address leads to the start notebook."""
        start = url_path_join(self.base_url, "voila/render", self.start_page)
        tree = url_path_join(self.server_url, "/voila/tree")
        kept = [handler for handler in super().init_handlers() if not str(handler[0]).startswith(tree)]
        leaving = (url_path_join(self.server_url, r"/voila/api/shutdown/(.*)"), LeavingHandler)
        return [(self.server_url, RedirectHandler, {"url": start, "permanent": False}), leaving, *kept]


def serve(notebook: Path, warm_kernels: int, options: list[str]) -> None:
    """Serve the notebook's folder until interrupted; `options` are Voilà's own and win over what is set here.

    `warm_kernels` is how many kernels wait ready with the start notebook already run.
    """
    server = PageServer.instance()
    server.start_page = notebook.name
    server.update_config(_configuration(notebook, warm_kernels))
    server.initialize(options)
    server.start()


def _configuration(notebook: Path, warm_kernels: int) -> Any:
    pools = {"default": {"pool_size": 0}, notebook.name: {"pool_size": warm_kernels}}
    return Config(
        {
            "Voila": {"root_dir": str(notebook.parent)},
            "VoilaConfiguration": {
                "template": "casekit",
                "theme": "system",
                "preheat_kernel": warm_kernels > 0,
            },
            "VoilaKernelManager": {"kernel_pools_config": pools},
            "MappingKernelManager": {"cull_idle_timeout": MINUTES_WITHOUT_A_PAGE * 60, "cull_interval": 60},
        }
    )

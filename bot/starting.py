"""The tutor while it is being put together: a platform listens at once, and what is asked meanwhile waits."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from bot.config import Settings
from bot.platforms.base import Platform, Surface
from handlers.messages import Request

if TYPE_CHECKING:
    from bot.app import App

THREAD = "finder"  # name of the threads that load the model and search
Make = Callable[[Settings], Awaitable["App"]]


def _bootstrap() -> Make:
    from bot.app import bootstrap  # the imports behind it take longer than to show a prompt

    return bootstrap


class Starting:
    """Puts the tutor together in the background; made inside the event loop."""

    def __init__(self, settings: Settings, make: Make | None = None) -> None:
        """Begin. `make` builds the tutor: `bootstrap`."""
        self._app = asyncio.create_task(self._start(settings, make), name="start")

    @staticmethod
    async def _start(settings: Settings, make: Make | None) -> "App":
        if make is None:
            make = await asyncio.to_thread(_bootstrap)
        app = await make(settings)
        app.start()
        return app

    @property
    def _made(self) -> "App | None":
        over = self._app.done() and not self._app.cancelled() and self._app.exception() is None
        return self._app.result() if over else None

    @property
    def ready(self) -> bool:
        """Tell whether questions are answered at once."""
        return self._made is not None and self._made.finder.ready

    @property
    def problem(self) -> str:
        """Say why the model isn't there, or ""."""
        return self._made.finder.problem if self._made else ""

    async def serve(self, platform: Platform) -> None:
        """Run a platform to its end. Raises what the start fails with, as soon as it does: also to who left already."""
        listening = asyncio.create_task(platform.run(self.dispatch), name=platform.name)
        try:
            await asyncio.wait((listening, self._app), return_when=asyncio.FIRST_COMPLETED)
            app = await self._app
            with app.outbox.serving(platform):
                await listening
        finally:
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)

    async def dispatch(self, request: Request, surface: Surface) -> None:
        """Handle a request once everything is there."""
        if not self._app.done():
            await surface.working()
        app = await asyncio.shield(self._app)
        await app.dispatcher.run(request, surface)

    async def close(self) -> None:
        """End what was started."""
        self._app.cancel()
        await asyncio.gather(self._app, return_exceptions=True)
        if self._made:
            await self._made.close()

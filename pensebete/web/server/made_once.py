"""What is made when somebody first asks for it, once for all who ask at once, and kept."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Hashable


class MadeOnce:
    def __init__(self) -> None:
        self._making: dict[Hashable, asyncio.Task[bytes]] = {}

    async def get(self, what: Hashable, make: Callable[[], bytes]) -> bytes:
        task = self._making.get(what)
        if task is None:
            self._making[what] = task = asyncio.create_task(asyncio.to_thread(make))
        # Shielded, because a visitor who leaves must not stop it.
        return await asyncio.shield(task)

"""Files that are being uploaded: each is held in memory until it is whole, and nothing else counts them until then."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from starlette.types import Message, Receive


class NoRoomError(Exception):
    """This upload holds the place of others; what came of it is let go."""


class Upload:
    """One file on its way, from whom, and how much of it came."""

    def __init__(self, among: OnTheirWay, network: str, receive: Receive) -> None:
        self._among, self._receive = among, receive
        self.network, self.size = network, 0
        self.gives_way = asyncio.Event()

    async def receive(self) -> Message:
        """What comes next of it. Raises NoRoomError, also while it waits for a client that sends nothing."""
        coming = asyncio.ensure_future(self._receive())
        giving_way = asyncio.ensure_future(self.gives_way.wait())
        try:
            await asyncio.wait((coming, giving_way), return_when=asyncio.FIRST_COMPLETED)
        finally:
            giving_way.cancel()
            if not coming.done():
                coming.cancel()
                with suppress(asyncio.CancelledError):
                    await coming
        if self.gives_way.is_set():
            raise NoRoomError
        message = coming.result()
        self._among.grow(self, len(message.get("body", b"")))
        if self.gives_way.is_set():
            raise NoRoomError
        return message


class OnTheirWay:
    """One byte too many takes the place of the oldest file: of its address, or of the address that holds the most."""

    def __init__(self, most_of_one: int, most: int) -> None:
        self._most_of_one, self._most = most_of_one, most
        self._uploads: list[Upload] = []  # the oldest first

    @contextmanager
    def upload(self, network: str, receive: Receive) -> Iterator[Upload]:
        one = Upload(self, network, receive)
        self._uploads.append(one)
        try:
            yield one
        finally:
            self._leave(one)

    def grow(self, upload: Upload, size: int) -> None:
        upload.size += size
        while upload in self._uploads:
            held = self._held()
            if held[upload.network] > self._most_of_one:
                whose = upload.network
            elif sum(held.values()) > self._most:
                whose = max(held, key=lambda network: held[network])
            else:
                return
            oldest = next(one for one in self._uploads if one.network == whose and one.size)
            oldest.gives_way.set()
            self._leave(oldest)

    def _held(self) -> dict[str, int]:
        held: dict[str, int] = {}
        for one in self._uploads:
            held[one.network] = held.get(one.network, 0) + one.size
        return held

    def _leave(self, upload: Upload) -> None:
        with suppress(ValueError):
            self._uploads.remove(upload)

"""One HTTP request and its reply, over the bare ASGI messages."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from queries.endpoint.errors import Refusal
from queries.endpoint.negotiation import with_charset

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine, MutableMapping

    Message = MutableMapping[str, Any]
    Scope = MutableMapping[str, Any]
    Receive = Callable[[], Awaitable[Message]]
    Send = Callable[[Message], Awaitable[None]]

_T = TypeVar("_T")
_HOST = re.compile(r"[\w.-]+(:\d+)?|\[[0-9a-fA-F:.]+\](:\d+)?", re.ASCII)
_NO_CONTENT = 204
_GRACE = 0.3  # seconds left to a query whose client has gone: a short one spares its worker
_PATIENCE = 30.0  # seconds for a request's body to arrive
_ALWAYS = (
    (b"vary", b"accept"),
    (b"x-content-type-options", b"nosniff"),
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", b"x-leviers-error, retry-after, link"),
)


class Gone(Exception):
    """The client closed the connection; nobody waits for a reply."""


class Reply(NamedTuple):
    """What goes back."""

    body: bytes = b""
    media_type: str = "text/plain"
    status: int = 200
    headers: tuple[tuple[bytes, bytes], ...] = ()


class Exchange:
    """A request to read and its one reply to send."""

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.method: str = scope["method"]
        self.path: str = scope["path"]
        self.query_string: bytes = scope["query_string"]
        self._scope = scope
        self._receive = receive
        self._send = send

    def header(self, name: bytes) -> str:
        """A header's value; several lines of one name are one list; empty when there is none."""
        return ", ".join(value.decode("latin-1") for key, value in self._scope["headers"] if key == name)

    @property
    def accept(self) -> str:
        """The media types the client takes."""
        return self.header(b"accept") or "*/*"

    @property
    def origin(self) -> str:
        """The address the client used for this server, with a final slash."""
        host = self.header(b"host")
        return f"{self._scope['scheme']}://{host if _HOST.fullmatch(host) else 'localhost'}/"

    async def body(self, limit: int) -> bytes:
        """The whole request's body, of at most ``limit`` bytes.

        Raises:
            Gone: the client left before its end.
            Refusal: it is too large or too slow.
        """
        too_large = Refusal(413, "request-too-large", f"requête de plus de {limit >> 10} Kio : raccourcissez-la")
        length = self.header(b"content-length")
        if length.isdigit() and int(length) > limit:
            raise too_large
        body = bytearray()
        try:
            async with asyncio.timeout(_PATIENCE):
                more = True
                while more:
                    message = await self._receive()
                    if message["type"] == "http.disconnect":
                        raise Gone
                    body += message.get("body", b"")
                    more = message.get("more_body", False)
                    if len(body) > limit:
                        raise too_large
        except TimeoutError:
            raise Refusal(408, "slow-request", "la requête n’est pas arrivée en entier : renvoyez-la") from None
        return bytes(body)

    async def unless_gone(self, work: Coroutine[Any, Any, _T]) -> _T:
        """The outcome of some work, which is cancelled shortly after the client leaves.

        Raises:
            Gone: it left.
        """
        task = asyncio.ensure_future(work)
        departure = asyncio.ensure_future(self._departure())
        try:
            await asyncio.wait({task, departure}, return_when=asyncio.FIRST_COMPLETED)
            if not task.done():
                await asyncio.wait({task}, timeout=_GRACE)
            if departure.done():
                raise Gone
            return task.result()
        finally:
            departure.cancel()
            if not task.done():
                task.cancel()

    async def _departure(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass

    async def reply(self, reply: Reply) -> None:
        """Send it; to a HEAD request, all but the body."""
        headers = [*_ALWAYS, *reply.headers]
        if reply.status != _NO_CONTENT:
            headers.append((b"content-type", with_charset(reply.media_type).encode()))
            headers.append((b"content-length", str(len(reply.body)).encode()))
        await self._send({"type": "http.response.start", "status": reply.status, "headers": headers})
        body = b"" if self.method == "HEAD" else reply.body
        await self._send({"type": "http.response.body", "body": body})

"""The service as a bare ASGI application: its routes, and what each replies."""

from __future__ import annotations

import asyncio
import json
import logging
from typing import TYPE_CHECKING

from ontology.errors import LeviersError
from queries.endpoint import form, protocol
from queries.endpoint.description import FORMATS, DataDescription, describe_service
from queries.endpoint.errors import Refusal
from queries.endpoint.exchange import Exchange, Gone, Reply
from queries.endpoint.negotiation import HTML, choose, error_type

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from queries.endpoint.exchange import Receive, Scope, Send
    from queries.endpoint.limits import Limits
    from queries.endpoint.pool import Pool
    from queries.endpoint.process import Generation

_LOG = logging.getLogger(f"leviers.{__name__}")
_JSON = "application/json"
_PAGE_POLICY = b"default-src 'self' 'unsafe-inline' data: blob:; frame-ancestors 'none'"
_PREFLIGHT = (
    (b"access-control-allow-headers", b"accept, content-type, x-requested-with"),
    (b"access-control-max-age", b"86400"),
)


class Service:
    """The routes over one pool of workers; its lifespan is that of the workers."""

    def __init__(self, pool: Pool, page: Callable[[], str], limits: Limits) -> None:
        self._pool = pool
        self._limits = limits
        self._page = _CachedPage(page)
        self._data = DataDescription(pool)
        self._started = False
        self._routes: dict[str, tuple[tuple[str, ...], Callable[[Exchange], Awaitable[Reply]]]] = {
            "/": (("GET", "HEAD"), self._reply_page),
            "/sparql": (("GET", "HEAD", "POST"), self._reply_sparql),
            "/.well-known/void": (("GET", "HEAD"), self._reply_void),
            "/health": (("GET", "HEAD"), self._reply_health),
        }

    async def start(self) -> None:
        """Start the workers, if they are not yet.

        Raises:
            LeviersError: the store cannot be opened.
        """
        if not self._started:
            await self._pool.start()
            self._started = True

    async def stop(self) -> None:
        """Stop the workers."""
        await self._pool.stop()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Speak ASGI 3."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            exchange = Exchange(scope, receive, send)
            try:
                await exchange.reply(await self._reply(exchange))
            except Gone:
                return

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                try:
                    await self.start()
                except LeviersError as error:
                    await send({"type": "lifespan.startup.failed", "message": str(error)})
                    return
                await send({"type": "lifespan.startup.complete"})
            else:
                await self.stop()
                await send({"type": "lifespan.shutdown.complete"})
                return

    async def _reply(self, exchange: Exchange) -> Reply:
        try:
            return await self._route(exchange)
        except Refusal as refusal:
            return _refuse(refusal, exchange.accept)
        except LeviersError as error:
            return _refuse(Refusal(503, "store", str(error), (b"retry-after", b"5")), exchange.accept)
        except Gone:
            raise
        except Exception:  # noqa: BLE001 - one request's trouble stops no other; it is told and logged
            _LOG.exception("%s %s", exchange.method, exchange.path)
            trouble = "le service a rencontré une erreur : recommencez, et signalez-la si elle revient"
            return _refuse(Refusal(500, "internal", trouble), exchange.accept)

    async def _route(self, exchange: Exchange) -> Reply:
        if exchange.path not in self._routes:
            routes = ", ".join(self._routes)
            raise Refusal(404, "not-found", f"rien à l’adresse « {exchange.path} » ; essayez {routes}")
        methods, handler = self._routes[exchange.path]
        allowed = ", ".join([*methods, "OPTIONS"])
        allow = (b"allow", allowed.encode())
        if exchange.method == "OPTIONS":
            return Reply(status=204, headers=(allow, (b"access-control-allow-methods", allowed.encode()), *_PREFLIGHT))
        if exchange.method not in methods:
            raise Refusal(405, "method", f"{exchange.method} n’est pas possible ici : employez {allowed}", allow)
        return await handler(exchange)

    async def _reply_sparql(self, exchange: Exchange) -> Reply:
        parameters = await protocol.read_parameters(exchange, self._limits.request)
        accept = protocol.asked_format(parameters) or exchange.accept
        if exchange.method != "POST" and "query" not in parameters:
            if choose(accept, [*FORMATS, HTML]) == HTML:
                return form.form_page(self._limits.timeout)
            return describe_service(exchange.origin, accept)
        try:
            question = protocol.question(parameters, accept)
            answer = await exchange.unless_gone(self._pool.ask(question))
            if answer.code:
                raise Refusal(answer.status, answer.code, answer.body.decode())
        except Refusal as refusal:
            if error_type(accept) != HTML:
                raise
            page = form.error_page(self._limits.timeout, "".join(parameters.get("query", [])), str(refusal))
            return _mark(page, refusal)
        if answer.media_type == HTML:
            return form.form_page(self._limits.timeout, question.query, answer.body.decode())
        return Reply(answer.body, answer.media_type)

    async def _reply_void(self, exchange: Exchange) -> Reply:
        return await exchange.unless_gone(self._data.describe(exchange.origin, exchange.accept))

    async def _reply_page(self, _: Exchange) -> Reply:
        body = await self._page.of(self._pool.generation())
        return Reply(body, HTML, headers=((b"content-security-policy", _PAGE_POLICY),))

    async def _reply_health(self, _: Exchange) -> Reply:
        self._pool.generation()
        return Reply(json.dumps({"status": "ok", **self._pool.occupation()}).encode(), _JSON)


class _CachedPage:
    """The page of a generation, built once, in a thread of its own: the service goes on answering meanwhile."""

    def __init__(self, build: Callable[[], str]) -> None:
        self._build = build
        self._generation: Generation | None = None
        self._page: asyncio.Future[bytes] | None = None

    async def of(self, generation: Generation) -> bytes:
        """The page, in UTF-8."""
        page = self._page
        if page is None or self._generation != generation or (page.done() and page.exception()):
            self._generation = generation
            page = self._page = asyncio.ensure_future(asyncio.to_thread(lambda: self._build().encode()))
        return await asyncio.shield(page)


def _refuse(refusal: Refusal, accept: str) -> Reply:
    if error_type(accept) == _JSON:
        told = json.dumps({"error": refusal.code, "message": str(refusal)}, ensure_ascii=False)
        return _mark(Reply(told.encode(), _JSON), refusal)
    return _mark(Reply(f"{refusal}\n".encode()), refusal)


def _mark(reply: Reply, refusal: Refusal) -> Reply:
    code = (b"x-leviers-error", refusal.code.encode())
    return reply._replace(status=refusal.status, headers=(*reply.headers, *refusal.headers, code))

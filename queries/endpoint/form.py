"""The page where a person writes a query and reads its answer; it loads nothing and runs no script."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from html import escape
from string import Template

from queries.endpoint.errors import french
from queries.endpoint.exchange import Reply
from queries.endpoint.files import read
from queries.endpoint.negotiation import HTML

_TITLE = "Interroger le graphe en SPARQL"


def form_page(timeout: float, query: str | None = None, result: str = "") -> Reply:
    """The form; with a query, that query and its result, a piece of HTML."""
    section = f'<section class="table" aria-label="Résultat">\n{result}</section>' if result else ""
    return _page(timeout, f"{'Réponse – ' if result else ''}{_TITLE}", query, section)


def error_page(timeout: float, query: str | None, message: str) -> Reply:
    """The form again, and what was wrong."""
    return _page(timeout, f"Erreur – {_TITLE}", query, f'<p role="alert">{escape(message, quote=False)}</p>')


def _page(timeout: float, title: str, query: str | None, result: str) -> Reply:
    text = _template().substitute(
        title=title,
        timeout=french(timeout),
        query=escape(read("example.rq") if query is None else query, quote=False),
        result=result,
    )
    return Reply(text.encode(), HTML, headers=((b"content-security-policy", _policy()),))


@cache
def _template() -> Template:
    return Template(read("form.html"))


@cache
def _policy() -> bytes:
    style = re.search(r"<style>(.*?)</style>", read("form.html"), re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ).encode()

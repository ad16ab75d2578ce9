"""What an address of a SPARQL server says: where to ask, where to write, with whose key."""

from __future__ import annotations

import base64
import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self
from urllib.parse import unquote, urlsplit, urlunsplit

from ontology.errors import NotAStore

if TYPE_CHECKING:
    from collections.abc import Sequence

SCHEMES = ("http", "https")
_QUERY, _WRITE = ("sparql", "query"), ("update", "data", "store", "statements")
_ATTENDED = "attendu https://hôte/sparql, ou l’adresse d’un jeu de données (https://hôte:3030/ds)"


@dataclass(frozen=True, slots=True)
class Address:
    """Where a server is.

    Attributes:
        url: without credentials.
        key: the Authorization header, empty for none.
    """

    url: str
    key: str = field(repr=False)

    @classmethod
    def parse(cls, address: str) -> Self:
        """An address such as ``https://user:secret@host/sparql``; what it leaves out comes from the environment.

        LEVIERS_STORE_USER and LEVIERS_STORE_PASSWORD, or LEVIERS_STORE_TOKEN for a bearer token.

        Raises:
            NotAStore: it is not written so.
        """
        try:
            parts = urlsplit(address.strip())
            host, port = parts.hostname, parts.port
        except ValueError:
            raise NotAStore(f"adresse de serveur mal écrite : {_ATTENDED}") from None
        if parts.scheme not in SCHEMES or not host or parts.fragment:
            raise NotAStore(f"adresse de serveur mal écrite : {_ATTENDED}")
        place = (f"[{host}]" if ":" in host else host) + (f":{port}" if port else "")
        url = urlunsplit((parts.scheme, place, parts.path.rstrip("/"), parts.query, ""))
        return cls(url, _key(unquote(parts.username or ""), unquote(parts.password or "")))

    def __str__(self) -> str:
        return self.url

    @property
    def queries(self) -> Sequence[str]:
        """Where queries may be asked, likeliest first."""
        base, last = self._split()
        if last in _QUERY:
            return (self.url,)
        if repository := _repository(self.url):
            return (repository,)
        if last in _WRITE:
            return (_join(base, "sparql"), _join(base, "query"), base)
        return (self.url, _join(self.url, "sparql"), _join(self.url, "query"))

    @property
    def updates(self) -> Sequence[str]:
        """Where SPARQL updates may be sent, likeliest first."""
        if repository := _repository(self.url):
            return (_join(repository, "statements"),)
        base, last = self._split()
        if last == "update":
            return (self.url,)
        named = base if last in (*_QUERY, *_WRITE) else self.url
        # Blazegraph and Virtuoso take updates where they take queries.
        return (_join(named, "update"), self.url)

    @property
    def stores(self) -> Sequence[str]:
        """Where the Graph Store Protocol may be spoken, likeliest first."""
        if repository := _repository(self.url):
            return (_join(repository, "rdf-graphs/service"),)
        base, last = self._split()
        if last in {"data", "store"}:
            return (self.url,)
        named = base if last in (*_QUERY, *_WRITE) else self.url
        # Fuseki, Oxigraph, Virtuoso.
        return (_join(named, "data"), _join(named, "store"), _join(named, "sparql-graph-crud"))

    def _split(self) -> tuple[str, str]:
        base, _, last = urlsplit(self.url).path.rpartition("/")
        return urlunsplit(urlsplit(self.url)._replace(path=base, query="")), last.lower()


def _key(user: str, password: str) -> str:
    token = os.environ.get("LEVIERS_STORE_TOKEN", "")
    if token and not user:
        return f"Bearer {token.strip()}"
    user = user or os.environ.get("LEVIERS_STORE_USER", "")
    password = password or os.environ.get("LEVIERS_STORE_PASSWORD", "")
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode() if user else ""


def _join(url: str, name: str) -> str:
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=f"{parts.path.rstrip('/')}/{name}", query=""))


def _repository(url: str) -> str:
    """The repository of a GraphDB or RDF4J server; empty for another address.

    >>> _repository("http://localhost:7200/repositories/leviers/statements")
    'http://localhost:7200/repositories/leviers'
    """
    parts = urlsplit(url)
    before, mark, after = parts.path.partition("/repositories/")
    name = after.split("/")[0]
    return urlunsplit(parts._replace(path=f"{before}{mark}{name}", query="")) if mark and name else ""

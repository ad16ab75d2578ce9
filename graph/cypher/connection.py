"""A Neo4j server by its address, and what goes wrong with it in one line."""

from __future__ import annotations

import contextlib
import logging
import os
import re
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote, urlsplit

from ontology.errors import NotAStore, StoreBusy, StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import neo4j

SCHEMES = ("neo4j", "bolt", "neo4j+s", "bolt+s", "neo4j+ssc", "bolt+ssc")
_LEAST = (5, 23)  # CALL (…) { } begins there
_WAIT = 10.0  # seconds for a server to take a connection
_RETRY = 20.0  # seconds of trying a transaction again
_READ_ONLY = ("Forbidden", "ReadOnly", "AccessMode", "WriteOnRead")


class Address(NamedTuple):
    """Where a server is; ``shown`` has no secret in it."""

    shown: str
    user: str
    password: str
    database: str | None

    def __repr__(self) -> str:
        return f"Address({self.shown!r})"


def parse(address: str) -> Address:
    """An address such as ``neo4j://user:secret@host:7687/database``; what it leaves out comes from the environment.

    Raises:
        NotAStore: it is not written so.

    >>> parse("bolt://moi:s%C3%A9same@localhost:7690/atelier").shown
    'bolt://localhost:7690'
    """
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
        parts = urlsplit("")
    if not host or parts.scheme not in SCHEMES or parts.query or "/" in parts.path.strip("/"):
        raise NotAStore("adresse de serveur mal écrite : attendu neo4j://hôte:7687, ou neo4j://hôte:7687/base")
    host = f"[{host}]" if ":" in host else host
    user = unquote(parts.username or "") or os.environ.get("LEVIERS_STORE_USER", "")
    password = unquote(parts.password or "") or os.environ.get("LEVIERS_STORE_PASSWORD", "")
    shown = f"{parts.scheme}://{host}" + (f":{port}" if port else "")
    return Address(shown, user, password, parts.path.strip("/") or None)


@contextlib.contextmanager
def told(where: Address, *, begun: bool = False) -> Iterator[None]:
    """Turn what the driver raises into one line.

    Args:
        where: the server.
        begun: whether something was already written there.

    Raises:
        StoreError: the server cannot be reached, or does not do as asked.
    """
    from neo4j.exceptions import DriverError, Neo4jError

    try:
        yield
    except (Neo4jError, DriverError) as error:
        raise _line(where, error, begun=begun) from error
    except (OSError, ValueError) as error:
        if isinstance(error, StoreError):
            raise
        raise StoreError(f"{where.shown} ne répond pas comme un serveur Neo4j ({error})") from error


def connect(where: Address) -> neo4j.Driver:
    """A driver that has reached the server.

    Raises:
        StoreError: no server there, a wrong password, a version too old.
    """
    import neo4j

    logging.getLogger("neo4j").addHandler(logging.NullHandler())  # or its warnings come out among our lines
    logging.getLogger("neo4j").propagate = False
    with told(where):
        driver = neo4j.GraphDatabase.driver(
            where.shown,
            auth=(where.user, where.password) if where.user or where.password else None,
            connection_timeout=_WAIT,
            connection_acquisition_timeout=2 * _WAIT,
            max_transaction_retry_time=_RETRY,
        )
        try:
            driver.verify_connectivity()
            refuse_old(where, _versions(driver, where))
        except BaseException:
            driver.close()
            raise
    return driver


def refuse_old(where: Address, versions: list[str]) -> None:
    """Say which version is needed, where the server's is too old.

    Raises:
        StoreError: it is.
    """
    for version in versions:
        found = re.match(r"(\d+)\.(\d+)", version)
        if found and (int(found[1]), int(found[2])) < _LEAST:
            needed = ".".join(map(str, _LEAST))
            raise StoreError(f"{where.shown} est un Neo4j {version} : il faut la version {needed} ou une plus récente")


def _versions(driver: neo4j.Driver, where: Address) -> list[str]:
    query = "CALL dbms.components() YIELD name, versions WHERE name = 'Neo4j Kernel' RETURN versions[0] AS version"
    return [str(row["version"]) for row in driver.execute_query(query, database_=where.database).records]


def _line(where: Address, error: Any, *, begun: bool) -> StoreError:
    import neo4j.exceptions as known

    code = str(getattr(error, "code", "") or "")
    if isinstance(error, known.AuthError) and "Forbidden" not in code:
        what = "refuse ce nom d’utilisateur ou ce mot de passe : vérifiez-les" if where.user else (
            "demande un nom d’utilisateur et un mot de passe : donnez-les"
        )  # fmt: skip
        return StoreError(f"{where.shown} {what} (variables LEVIERS_STORE_USER et LEVIERS_STORE_PASSWORD)")
    if any(sign in code for sign in _READ_ONLY):
        return StoreError(
            f"{where.shown} ne laisse pas écrire cet utilisateur dans cette base : rien n’a été changé ; "
            "donnez un compte qui a le droit d’écrire"
        )
    if "DatabaseNotFound" in code or "DatabaseUnavailable" in code:
        return StoreError(f"{where.shown} n’a pas de base « {where.database or 'neo4j'} », ou elle est arrêtée")
    if "Constraint" in code or "IndexEntryConflict" in code:
        return StoreError(
            f"{where.shown} contient déjà des nœuds qui ne viennent pas de leviers et portent les mêmes étiquettes et "
            f"identifiants (« id ») que les nôtres : publiez dans une autre base ({_first_line(error)})"
        )
    if isinstance(error, known.ConfigurationError):
        return StoreError(f"adresse refusée par le pilote Neo4j : {_first_line(error)}")
    if isinstance(error, known.DriverError) or "Transient" in code:
        if begun:
            return StoreError(
                f"la connexion à {where.shown} s’est rompue en route : relancez la même commande, elle terminera"
            )
        return StoreError(
            f"aucun serveur Neo4j ne répond à {where.shown} : vérifiez l’adresse (port Bolt, 7687 d’ordinaire) "
            + (
                "et que le serveur tourne"
                if "+" not in where.shown
                else "et que le serveur chiffre (« +s ») sa liaison"
            )
        )
    if "DeadlockDetected" in code or "LockClient" in code:
        return StoreBusy(f"une autre commande écrit dans {where.shown} : attendez qu’elle finisse, puis recommencez")
    return StoreError(f"{where.shown} a refusé : {_first_line(error)}")


def _first_line(error: Exception) -> str:
    text = str(getattr(error, "message", "") or error)
    return (text.splitlines() or [type(error).__name__])[0][:200]

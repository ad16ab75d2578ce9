"""Requests to a SPARQL server: patient with what passes, and one clear line for what does not."""

from __future__ import annotations

import html
import os
import re
import time
import urllib.request
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

import urllib3
from urllib3.exceptions import (
    ConnectTimeoutError,
    DecodeError,
    HTTPError,
    IncompleteRead,
    LocationValueError,
    MaxRetryError,
    NameResolutionError,
    NewConnectionError,
    ProtocolError,
    ProxyError,
    ReadTimeoutError,
    ResponseError,
    SSLError,
)

from ontology.errors import NotAStore, StoreBusy, StoreError

if TYPE_CHECKING:
    from graph.remote.address import Address

TIMEOUT = 60.0  # seconds for one answer, from the first byte sent to the last one read; what is sent has more
_CONNECT = 10.0
_SLOWEST = 1 << 19  # bytes a second, for a server to take and file what it is sent
_TRIES = 3
_LONGEST_WAIT = 10.0  # seconds between two tries, whatever the server asks for
_MOST = 2 << 30  # bytes of an answer
_CHUNK = 1 << 18
_REDIRECTS = 5
_SHOWN = 160
_TRY_AGAIN = {429, 502, 503}
_NOTHING = "rien {does} à « {address} » : donnez l’adresse du service (https://hôte/sparql)"
_STOPPED = "le serveur « {host} » a arrêté la requête, trop longue : restreignez-la"
_NO_JSON = "le serveur « {host} » ne sait pas donner de réponses en JSON (code {status})"
_REFUSED = {
    403: "le serveur « {host} » ne donne pas le droit {lets} à ce compte ({said})",
    **dict.fromkeys((404, 405, 410, 501), _NOTHING),
    **dict.fromkeys((406, 415), _NO_JSON),
    **dict.fromkeys((408, 504), _STOPPED),
    413: "le serveur « {host} » trouve la demande ou la réponse trop grande ({said})",
}


class Reply(NamedTuple):
    """What a server said; ``type`` is the media type, without parameters."""

    status: int
    type: str
    body: bytes
    headers: dict[str, str]

    @property
    def ok(self) -> bool:
        """Whether the request was done."""
        return 200 <= self.status < 300

    def said(self) -> str:
        """The first words of an error's text, on one line."""
        text = self.body[:8192].decode("utf-8", "replace")
        if "html" in self.type or text.lstrip()[:1] == "<":
            title = re.search(r"<title[^>]*>(.*?)</title>", text, re.IGNORECASE | re.DOTALL)
            text = re.sub(r"<[^>]*>", " ", title[1] if title else text)
        words = " ".join(html.unescape(text).split())
        words = "".join(sign for sign in words if sign.isprintable())
        return words if len(words) <= _SHOWN else words[:_SHOWN].rsplit(" ", 1)[0] + "…"


class Connection:
    """A server that answers HTTP, with its key; connections are kept open between requests."""

    def __init__(self, address: Address) -> None:
        self.address = address
        self.host = urlsplit(address.url).netloc
        self.timeout = _timeout()
        self._pool = _pool(address.url)

    def send(self, method: str, url: str, headers: dict[str, str], body: bytes | None = None) -> Reply:
        """One request, tried again where the server asks for it or the line breaks; it must bear being done twice.

        Raises:
            StoreError: no answer comes.
        """
        headers = {**headers, "Accept-Encoding": "gzip", "User-Agent": "leviers"}
        if self.address.key:
            headers["Authorization"] = self.address.key
        for attempt in range(_TRIES):
            last = attempt == _TRIES - 1
            try:
                reply = self._once(method, url, headers, body)
            except (ProtocolError, IncompleteRead, DecodeError) as error:
                if last:
                    raise StoreError(
                        f"la réponse du serveur « {self.host} » s’est interrompue : relancez la commande"
                    ) from error
                time.sleep(0.2 * 2**attempt)
                continue
            except HTTPError as error:
                raise self._trouble(error) from error
            if reply.status not in _TRY_AGAIN or last:
                return reply
            time.sleep(min(_asked_wait(reply) or 0.5 * 2**attempt, _LONGEST_WAIT))
        raise AssertionError  # the last attempt has returned or raised

    def close(self) -> None:
        """Let go of what is open."""
        self._pool.clear()

    def _once(self, method: str, url: str, headers: dict[str, str], body: bytes | None) -> Reply:
        filing = len(body or b"") / _SLOWEST
        until = time.monotonic() + self.timeout + filing
        # While a body is sent, what urllib3 waits for is the time to connect.
        waiting = urllib3.Timeout(connect=min(_CONNECT, self.timeout) + filing, read=self.timeout + filing)
        try:
            response = self._pool.request(
                method, url, headers=headers, body=body, preload_content=False, timeout=waiting,
                retries=urllib3.Retry(None, connect=False, read=False, other=False, status=0, redirect=_REDIRECTS),
            )  # fmt: skip
        except MaxRetryError as error:
            raise error.reason or error from error
        try:
            parts, size = [], 0
            while chunk := response.read1(_CHUNK):
                parts.append(chunk)
                size += len(chunk)
                if size > _MOST:
                    raise StoreError(f"réponse de plus de {_MOST >> 30} Go : demandez moins à la fois (LIMIT)")
                if time.monotonic() > until:
                    raise ReadTimeoutError(self._pool, url, "too slow")  # type: ignore[arg-type]
        except BaseException:
            response.close()
            raise
        response.release_conn()
        known = {name.lower(): value for name, value in response.headers.items()}
        kind = known.get("content-type", "").partition(";")[0].strip().lower()
        return Reply(response.status, kind, b"".join(parts), known)

    def _trouble(self, error: HTTPError) -> StoreError:
        """Why no answer came, in one line."""
        host = self.host
        if isinstance(error, NameResolutionError):
            return StoreError(f"aucun serveur ne s’appelle « {host} » : vérifiez l’adresse et le réseau")
        if isinstance(error, ProxyError):
            return StoreError(
                f"le serveur mandataire (proxy) ne mène pas à « {host} » : vérifiez HTTPS_PROXY, HTTP_PROXY et NO_PROXY"
            )
        if isinstance(error, SSLError):
            why = re.search(r"certificate verify failed: ([^(\]]*)", str(error))
            if not why:
                return StoreError(f"« {host} » ne parle pas https : essayez http://, ou un autre port")
            detail = f" ({why[1].strip()})"
            return StoreError(
                f"le certificat du serveur « {host} » n’est pas reconnu{detail} : vérifiez l’adresse, ou donnez "
                "l’autorité de votre académie dans SSL_CERT_FILE"
            )
        if isinstance(error, NewConnectionError):
            return StoreError(f"aucun serveur n’écoute à « {host} » : vérifiez l’adresse, ou démarrez-le")
        if isinstance(error, ConnectTimeoutError):
            return StoreError(f"le serveur « {host} » ne répond pas : vérifiez l’adresse et le réseau")
        if isinstance(error, ReadTimeoutError):
            return StoreError(
                f"le serveur « {host} » n’a pas répondu en {self.timeout:g} s : recommencez, ou donnez plus de temps "
                "(LEVIERS_TIMEOUT, en secondes)"
            )
        if isinstance(error, ResponseError):
            return StoreError(f"le serveur « {host} » renvoie sans fin d’une adresse à une autre : vérifiez l’adresse")
        if isinstance(error, LocationValueError):
            return NotAStore(f"adresse de serveur mal écrite : « {self.address} »")
        return StoreError(f"le serveur « {host} » ne peut pas être joint ({type(error).__name__})")

    def refusal(self, reply: Reply, *, writing: bool = False) -> StoreError:
        """What a reply that is no success means, in one line."""
        host, said = self.host, reply.said()
        if reply.status == 401:
            if "digest" in reply.headers.get("www-authenticate", "").lower():
                return StoreError(f"le serveur « {host} » veut une connexion « Digest », qui n’est pas prise en charge")
            if self.address.key:
                return StoreError(f"le serveur « {host} » refuse ce nom ou ce mot de passe")
            return StoreError(
                f"le serveur « {host} » veut un mot de passe : https://nom:secret@…, ou les variables "
                "LEVIERS_STORE_USER et LEVIERS_STORE_PASSWORD (LEVIERS_STORE_TOKEN pour un jeton)"
            )
        if reply.status in _TRY_AGAIN:
            return StoreBusy(f"le serveur « {host} » est surchargé ou en maintenance : recommencez plus tard")
        if reply.ok:
            page = "une page pour navigateur" if "html" in reply.type else f"autre chose ({reply.type or 'sans type'})"
            return StoreError(f"« {self.address} » répond par {page} : ce n’est pas un service SPARQL")
        words = _REFUSED.get(reply.status, "le serveur « {host} » est en défaut (code {status}{detail})")
        return StoreError(
            words.format(
                host=host, address=self.address, status=reply.status, detail=f" : {said}" if said else "",
                said=said or "sans dire pourquoi", lets="d’y écrire" if writing else "d’y lire",
                does="n’y écrit" if writing else "ne répond à des requêtes SPARQL",
            )
        )  # fmt: skip


def _timeout() -> float:
    text = os.environ.get("LEVIERS_TIMEOUT", "")
    try:
        seconds = float(text) if text.strip() else TIMEOUT
    except ValueError:
        seconds = 0
    if not 0 < seconds < 1e6:
        raise StoreError(f"LEVIERS_TIMEOUT vaut « {text} » : attendu un nombre de secondes, comme 120")
    return seconds


def _pool(url: str) -> urllib3.PoolManager:
    parts = urlsplit(url)
    proxy = urllib.request.getproxies().get(parts.scheme)
    if not proxy or urllib.request.proxy_bypass(parts.netloc):
        return urllib3.PoolManager()
    proxy = proxy if "://" in proxy else f"http://{proxy}"
    try:
        credentials = urlsplit(proxy).netloc.rpartition("@")[0]
        headers = urllib3.make_headers(proxy_basic_auth=credentials) if credentials else None
        return urllib3.ProxyManager(proxy, proxy_headers=headers)
    except (HTTPError, ValueError):
        raise StoreError(
            f"adresse de serveur mandataire (proxy) mal écrite dans {parts.scheme.upper()}_PROXY"
        ) from None


def _asked_wait(reply: Reply) -> float:
    """Seconds of the header Retry-After; 0 where it says nothing."""
    text = reply.headers.get("retry-after", "").strip()
    if text.isdigit():
        return float(text)
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - time.time())
    except (TypeError, ValueError):
        return 0.0

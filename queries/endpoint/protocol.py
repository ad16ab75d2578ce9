"""The SPARQL 1.1 Protocol, query operation: from an HTTP request to a question.

A query comes by GET, by POST as a form, or by POST as it is; the dataset parameters come along in the first two, and in
the address in the third.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from queries.endpoint import errors
from queries.endpoint.errors import Refusal, bad_request
from queries.endpoint.frames import Question
from queries.endpoint.negotiation import SHORT_NAMES

if TYPE_CHECKING:
    from queries.endpoint.exchange import Exchange

    Parameters = dict[str, list[str]]

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
_UPDATE = "application/sparql-update"
_MOST_FIELDS = 1000


async def read_parameters(exchange: Exchange, limit: int) -> Parameters:
    """What a GET, HEAD or POST request says, as lists of values by parameter.

    Raises:
        Refusal: it is no SPARQL query request, or asks for an update.
    """
    parameters = _parse(exchange.query_string)
    if exchange.method == "POST":
        media_type, charset = _content_type(exchange.header(b"content-type"))
        _check_content(media_type, charset, exchange.header(b"content-encoding"))
        body = await exchange.body(limit)
        sent = _parse(body) if media_type == FORM else {"query": [_decode(body)]}
        for name, values in sent.items():
            parameters.setdefault(name, []).extend(values)
    if "update" in parameters:
        raise Refusal(403, "read-only", errors.READ_ONLY)
    return parameters


def question(parameters: Parameters, accept: str, base: str | None = None) -> Question:
    """The question that parameters ask.

    Raises:
        Refusal: there is not exactly one query.
    """
    queries = parameters.get("query", [])
    if len(queries) != 1 or not queries[0].strip():
        raise bad_request("donnez une requête SPARQL, et une seule, dans le paramètre « query »")
    return Question(
        query=queries[0],
        accept=accept,
        default_graphs=tuple(parameters.get("default-graph-uri", ())),
        named_graphs=tuple(parameters.get("named-graph-uri", ())),
        base=base,
    )


def asked_format(parameters: Parameters) -> str | None:
    """What ``format=`` says, as an Accept header, for clients that cannot send one.

    It may be a short name or media types. Libraries also send names of their own there, beside the header that counts:
    those say nothing.
    """
    name = "".join(parameters.get("format", [])[:1])
    return name if "/" in name else SHORT_NAMES.get(name)


def _parse(form: bytes) -> Parameters:
    try:
        return parse_qs(
            _decode(form), keep_blank_values=True, encoding="utf-8", errors="strict", max_num_fields=_MOST_FIELDS
        )
    except UnicodeDecodeError:
        raise bad_request("les caractères de la requête ne sont pas en UTF-8 : codez-les ainsi") from None
    except ValueError:
        raise bad_request(f"plus de {_MOST_FIELDS} paramètres : envoyez moins de graphes à la fois") from None


def _decode(text: bytes) -> str:
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError:
        raise bad_request("la requête n’est pas en UTF-8 : codez-la ainsi") from None


def _content_type(header: str) -> tuple[str, str]:
    media_type, *parameters = (part.strip().lower() for part in header.split(";"))
    charset = next((p[len("charset=") :].strip('"') for p in parameters if p.startswith("charset=")), "utf-8")
    return media_type, charset


def _check_content(media_type: str, charset: str, coding: str) -> None:
    if media_type == _UPDATE:
        raise Refusal(403, "read-only", errors.READ_ONLY)
    if media_type not in {FORM, QUERY}:
        raise Refusal(415, "content-type", f"envoyez la requête en {QUERY} ou en {FORM}")
    if charset not in {"utf-8", "utf8", "us-ascii"}:
        raise Refusal(415, "content-type", f"envoyez la requête en UTF-8, pas en {charset}")
    if coding.lower() not in {"", "identity"}:
        raise Refusal(415, "content-type", f"envoyez la requête sans compression ({coding})")

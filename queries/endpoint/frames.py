"""What the server and its workers say to each other: a question, an answer, and their bytes on a pipe.

A frame is two big-endian 32-bit lengths, a JSON header and a body.
"""

from __future__ import annotations

import json
from struct import Struct
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from asyncio import StreamReader
    from typing import BinaryIO

_LENGTHS = Struct("!II")


class Question(NamedTuple):
    """One query, with what decides its dataset and the form of its answer."""

    query: str
    accept: str = "*/*"
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    base: str | None = None


class Answer(NamedTuple):
    """What a worker found, or why it did not: then ``code`` is set and the body is one French line."""

    body: bytes
    media_type: str = "text/plain"
    status: int = 200
    code: str = ""


def pack(header: dict[str, Any], body: bytes = b"") -> bytes:
    """One frame."""
    head = json.dumps(header).encode("ascii")
    return _LENGTHS.pack(len(head), len(body)) + head + body


def pack_answer(answer: Answer) -> bytes:
    """An answer as a frame."""
    header = answer._asdict()
    return pack(header, header.pop("body"))


def read(stream: BinaryIO) -> dict[str, Any]:
    """The header of the next frame.

    Raises:
        EOFError: the other side is gone.
    """
    lengths = stream.read(_LENGTHS.size)
    if len(lengths) < _LENGTHS.size:
        raise EOFError
    head, body = _LENGTHS.unpack(lengths)
    header: dict[str, Any] = json.loads(stream.read(head))
    stream.read(body)
    return header


async def read_answer(stream: StreamReader) -> Answer:
    """The next frame as an answer.

    Raises:
        asyncio.IncompleteReadError: the worker is gone.
    """
    head, body = _LENGTHS.unpack(await stream.readexactly(_LENGTHS.size))
    header = json.loads(await stream.readexactly(head))
    return Answer(body=await stream.readexactly(body), **header)

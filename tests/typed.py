"""What a user types, run in this process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from queries.cli import main

if TYPE_CHECKING:
    import pytest


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    """The exit code of ``leviers`` with these arguments, and what it wrote: output, errors."""
    code = main(list(map(str, arguments)))
    said = capsys.readouterr()
    return code, said.out, said.err

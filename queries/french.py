"""click in French: it looks its words up through a function named ``_`` in each of its modules."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

_PLURALS = {
    "{value!r} is not one of {choices}.": "{value!r} ne convient pas : écrivez {choices}.",
    "{value!r} is not {choice}.": "{value!r} ne convient pas : écrivez {choice}.",
    "Got unexpected extra argument ({args})": "Argument en trop : {args}",
    "Option {name!r} requires an argument.": "L’option {name!r} demande une valeur.",
    "Choose from:\n\t{choices}": "À choisir parmi :\n\t{choices}",
    "(Possible option: {possibility})": "(option proche : {possibility})",
    "Did you mean {possibility}?": "Vouliez-vous dire {possibility} ?",
    "Did you mean one of: {possibilities}?": "Vouliez-vous dire : {possibilities} ?",
}
# Their names, in capitals, stand in the help for values that have none.
_TYPES = ("StringParamType", "IntParamType", "FloatParamType", "IntRange", "FloatRange", "BoolParamType")
_MODULES = ("core", "decorators", "exceptions", "formatting", "parser", "types", "termui", "_termui_impl")


@cache
def _words() -> dict[str, str]:
    text = Path(__file__).with_name("french.tsv").read_text(encoding="utf-8")
    pairs = (line.partition("\t") for line in text.splitlines() if not line.startswith("#"))
    return {theirs: ours for theirs, _, ours in pairs}


def french(message: str) -> str:
    """A message of click in French where it is known, else as it is."""
    return _words().get(message) or _PLURALS.get(message, message)


def french_plural(one: str, many: str, count: int) -> str:
    """The same for a message with two forms."""
    return french(one) if count == 1 else _PLURALS.get(many) or french(one if one in _PLURALS else many)


def speak_french() -> None:
    """Make click speak French in this process."""
    types = sys.modules.get("click.types")
    for name in _TYPES if types is not None else ():
        kind = getattr(types, name)
        kind.name = french(kind.name)
    for name in _MODULES:
        module = sys.modules.get(f"click.{name}")
        if module is not None and hasattr(module, "_"):
            module._ = french  # type: ignore[attr-defined]
        if module is not None and hasattr(module, "ngettext"):
            module.ngettext = french_plural  # type: ignore[attr-defined]

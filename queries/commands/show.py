"""`leviers show`: the dossier of one thing."""

from __future__ import annotations

import json
import re
import textwrap
from typing import TYPE_CHECKING

import click

from queries.context import Context, say
from queries.render.words import decided

if TYPE_CHECKING:
    from queries.dossiers import Dossier

PROOFS = {"row": "même ligne", "same": "même énoncé", "close": "énoncé proche", "theme": "même thème"}
_FEW = 6
_LONGEST_DATE = 40  # characters
_NARROW = re.compile(r" (?=[;:?!»])|(?<=«) ")  # a line never breaks before French punctuation


@click.command(
    epilog="""\b
Exemples :
  leviers show "zones blanches"
  leviers show ERUN --all
  leviers show id:theme/egal-acces
  leviers show "zones blanches" --format json
"""
)
@click.argument("thing", metavar="ID-OU-TEXTE")
@click.option("--all", "everything", is_flag=True, help=f"Montre tout, et non les {_FEW} premiers de chaque liste.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="Texte (par défaut) ou JSON."
)
@click.pass_obj
def command(obj: Context, thing: str, everything: bool, form: str) -> None:
    """Montre tout ce que le graphe dit d’un irritant, d’un levier, d’un acteur… : citations, liens et preuves."""
    from queries.dossiers import dossier
    from queries.finding import find
    from queries.kinds import kind_of

    store = obj.store(cypher=True)
    meant = find(store, thing)
    if meant.how == "near":
        say(f"Compris : {kind_of(meant.iri).lower()} « {meant.label} »")
    found = dossier(store, meant.iri)
    if form == "json":
        click.echo(json.dumps(_plain(found), ensure_ascii=False, indent=1))
        return
    for line in _lines(found, obj.width, None if everything else _FEW):
        bold = obj.color and line and not line.startswith(" ")
        click.secho(line, bold=True) if bold else click.echo(line)


def _plain(found: Dossier) -> dict[str, object]:
    links = {
        phrase: [{"label": label, "id": other, "proof": proof, **_near(found, other)} for label, other, proof in group]
        for phrase, group in found.links.items()
    }
    quotes = [
        {"quote": q.text, "document": q.document, "section": q.section, "row": q.row, "date": q.date}
        for q in found.quotes
    ]
    return {
        "id": found.id,
        "kind": found.kind,
        "label": found.label,
        "facts": found.facts,
        "decided_by": [one._asdict() for one in found.decided],
        "quotes": quotes,
        "links": links,
        "said": {
            phrase: [
                {"label": label, "id": other, "sessions": sessions, "rows": rows}
                for label, other, sessions, rows in group
            ]
            for phrase, group in found.said.items()
        },
    }


def _near(found: Dossier, other: str) -> dict[str, object]:
    if other not in found.near:
        return {}
    confidence, decisions = found.near[other]
    return {"confidence": confidence, "decided_by": [one._asdict() for one in decisions]}


def _lines(found: Dossier, width: int, few: int | None) -> list[str]:
    lines = textwrap.wrap(f"{found.kind} : {found.label}", width)
    lines += _facts(found, width)
    if not found.is_place:
        lines += ["", f"Citations ({len(found.quotes)})"]
    for quote in found.quotes[:few]:
        date = f", {_brief(quote.date)}" if quote.date else ""
        section = quote.section.rstrip(" :")
        lines += _wrap(f"« {quote.text} »", width, "  ")
        lines += _wrap(f"{quote.document}, {section}, {quote.row}{date}", width, "    ")
    lines += _more(len(found.quotes), few)
    for phrase, group in found.links.items():
        lines += ["", f"{phrase} ({len(group)})"]
        for label, other, proof in group[:few]:
            lines += _wrap(f"- {label} [{_proof(found, other, proof)}]", width, "  ", "    ")
        lines += _more(len(group), few)
    for phrase, most in found.said.items():
        lines += ["", f"{phrase} ({len(most)})"]
        for label, _, sessions, rows in most[:few]:
            lines += _wrap(f"- {label} [{_told(rows, sessions)}]", width, "  ", "    ")
        lines += _more(len(most), few)
    return lines


def _brief(date: str) -> str:
    """The days of a session as printed, cut where a line has no room for all of them."""
    return date if len(date) <= _LONGEST_DATE else date[:_LONGEST_DATE].rsplit(" ", 1)[0].rstrip(" ;,:") + "…"


def _facts(found: Dossier, width: int) -> list[str]:
    facts = found.facts
    said = []
    if "other" in facts:
        others = facts.get("acronym", []) or facts["other"]
        more = f" ; et {len(facts['other']) - len(others)} autres noms" if len(others) < len(facts["other"]) else ""
        said.append("dit aussi : " + " ; ".join(others[:_FEW]) + more)
    if found.decided:
        said.append(f"formulations réunies : {decided(found.decided, 'fr')}")
    if "definition" in facts:
        said.append(facts["definition"][0])
    if "support" in facts:
        count = int(facts["support"][0])
        said.append(f"dit dans {count} séance{'s' if count > 1 else ''}")
    if "rows" in facts:
        said.append(_told(int(facts["rows"][0]), int(facts["sessions"][0])))
    if "theme" in facts:
        said.append("thème : " + " ; ".join(facts["theme"]))
    if "territory" in facts:
        said.append("territoire : " + " ; ".join(facts["territory"]))
    if "unrecognised" in facts:
        said.append("absent du vocabulaire des acteurs")
    from ontology import compact

    return [line for fact in [*said, compact(found.id)] for line in _wrap(fact, width, "  ")]


def _proof(found: Dossier, other: str, proof: str) -> str:
    if proof != "close" or other not in found.near:
        return PROOFS[proof]
    confidence, decisions = found.near[other]
    return f"{PROOFS[proof]}, {decided(decisions, 'fr') or f'confiance {confidence}'}"


def _told(rows: int, sessions: int) -> str:
    if not rows:
        return "aucune ligne n’en parle"
    return f"{sessions} séance{'s' if sessions > 1 else ''}, {rows} ligne{'s' if rows > 1 else ''}"


def _wrap(text: str, width: int, indent: str, more: str = "") -> list[str]:
    return textwrap.wrap(
        _NARROW.sub("\u00a0", text),
        width,
        initial_indent=indent,
        subsequent_indent=more or indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _more(count: int, few: int | None) -> list[str]:
    return [f"  … et {count - few} de plus (--all)"] if few is not None and count > few else []

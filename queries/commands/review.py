"""`leviers review`: near wordings, judged one pair at a time or in a spreadsheet."""

from __future__ import annotations

import datetime as dt
import getpass
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ontology import Kind, LeviersError, StoreBusy, fold
from ontology.errors import system_reason
from queries.context import Context, say
from queries.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.decisions import Decision
    from queries.reviewing.queue import Pair

_FRENCH = {fold(KINDS[kind]): kind for kind in Kind}


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def _kind(_: click.Context, __: click.Parameter, text: str | None) -> Kind | None:
    if text is None:
        return None
    found = _FRENCH.get(fold(text)) or next((kind for kind in Kind if kind.value == fold(text)), None)
    if found is None:
        raise click.BadParameter(f"« {text} » ; écrivez l’un de {', '.join(KINDS[kind].lower() for kind in Kind)}")
    return found


@click.command(
    epilog="""\b
Exemples :
  leviers review
  leviers review --kind levier --limit 20 --who "Anne, DANE"
  leviers review --kind acteur
  leviers review --batch paires.csv      écrit les paires, à remplir dans un tableur
  leviers review --batch paires.csv      la feuille remplie : applique les verdicts
  leviers review --export decisions.jsonl
"""
)
@click.option("--who", metavar="NOM", default=_login, show_default="nom de session", help="Qui décide.")
@click.option("--kind", metavar="NATURE", callback=_kind, help="Seulement les leviers, les irritants, les besoins…")
@click.option("--limit", metavar="N", type=click.IntRange(min=1), help="Nombre de paires, les plus utiles d’abord.")
@click.option(
    "--batch",
    metavar="FICHIER",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Feuille CSV : écrite si elle n’existe pas ; lue si elle existe, sa colonne verdict remplie.",
)
@click.option(
    "--export",
    "output",
    metavar="FICHIER",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    help="Écrit les décisions prises sur cette base, en lignes JSON (« - » : à l’écran).",
)
@click.pass_obj
def command(
    obj: Context, who: str, kind: Kind | None, limit: int | None, batch: Path | None, output: Path | None
) -> None:
    """Montre les énoncés qui disent peut-être la même chose, une paire à la fois ; une touche décide.

    Identique : les deux deviennent un seul énoncé. Proche : ils restent deux, reliés. Différent : ils ne seront jamais
    réunis, même par d’autres. Un acteur inconnu est proposé à côté des acteurs connus qu’il est peut-être : c’est lui,
    ou un autre. Chaque décision est gardée aussitôt : quittez et reprenez quand vous voulez. « Annuler » reprend le
    dernier verdict : rien ne reste décidé de cette paire.
    """
    if output is not None:
        _export(obj, output)
    elif batch is not None and batch.exists():
        _take(obj, batch, who)
    elif batch is not None:
        _give(obj, batch, kind, limit)
    elif sys.stdin.isatty() and sys.stdout.isatty():
        _sit(obj, who, kind, limit)
    else:
        raise LeviersError(
            "« leviers review » demande un terminal ; sans terminal : leviers review --batch paires.csv, à remplir"
        )


def _pairs(obj: Context, decisions: Sequence[Decision], kind: Kind | None, limit: int | None) -> list[Pair]:
    from graph.backends import journal_of
    from graph.reconcile import Reconciler
    from graph.semantic import encoder
    from queries.reviewing.aliases import alias_pairs
    from queries.reviewing.putoff import PutOff
    from queries.reviewing.queue import proposals, queue

    say("Comparaison des énoncés…")
    store, reconciler = obj.store(), Reconciler(decisions)
    said, candidates = proposals(store, encoder(say)) if kind is not Kind.ACTOR else ({}, [])
    later = PutOff(journal_of(obj.address).path.parent).read()
    found = queue(said, candidates, reconciler, kind=kind, later=later, aliases=alias_pairs(store, reconciler))
    if not found:
        say("Aucune paire à revoir.")
    return found[:limit]


def _sit(obj: Context, who: str, kind: Kind | None, limit: int | None) -> None:
    from graph.backends import journal_of
    from graph.statements import wordings
    from queries.loading import standing
    from queries.reviewing.putoff import PutOff
    from queries.reviewing.screen import Screen, decided
    from queries.reviewing.session import Session
    from queries.reviewing.terminal import review

    store, journal = obj.store(), journal_of(obj.address)
    decisions = standing(obj.address)
    _contradictions(obj, decisions)
    pairs = _pairs(obj, decisions, kind, limit)
    put_off = PutOff(journal.path.parent).add
    session = Session(pairs, decisions, lambda one: journal.add([one]), put_off, who=who, when=_today())
    if pairs:
        review(session, Screen(store, obj.width, color=obj.color), wordings(store))
        click.echo(f"\n{decided(len(session.taken)).capitalize()}, sur {len(pairs)} paires.")
    _apply(obj)


def _contradictions(obj: Context, decisions: Sequence[Decision]) -> None:
    from graph.reconcile import Reconciler
    from graph.statements import wordings
    from queries.reviewing.words import contradicted

    if found := Reconciler(decisions).contradictions:
        texts = wordings(obj.store())
        for one in found:
            say(f"Décision contredite : {contradicted(one, texts)}")


def _apply(obj: Context, decisions: Sequence[Decision] = (), broken: Sequence[str] = ()) -> None:
    from queries.commands.ingest import tell_decisions
    from queries.loading import decide, pending

    if not decisions and not pending(obj.address):
        tell_decisions(None, broken)
        return
    say("Mise à jour du graphe…")
    try:
        report = decide(obj.address, decisions)
    except StoreBusy as error:
        from graph.backends import journal_of

        journal_of(obj.address).add_news(decisions)
        raise StoreBusy(f"{error} (vos décisions sont gardées : elles s’appliqueront alors)") from None
    tell_decisions(report.deciding, broken)
    click.echo("Graphe à jour.")


def _give(obj: Context, path: Path, kind: Kind | None, limit: int | None) -> None:
    from queries.loading import standing
    from queries.reviewing.screen import Screen
    from queries.reviewing.sheet import write_sheet

    pairs = _pairs(obj, standing(obj.address), kind, limit)
    if not pairs:
        return
    _write(path, write_sheet(pairs, Screen(obj.store(), obj.width, color=False)))
    say(f"{path} : {len(pairs)} paires ; remplissez la colonne verdict, puis relancez la même commande")


def _take(obj: Context, path: Path, who: str) -> None:
    from queries.reviewing.sheet import read_sheet

    obj.store()
    broken: list[str] = []
    decisions = _already(obj, read_sheet(path, who, _today(), broken))
    if not decisions and not broken:
        raise LeviersError(
            f"{path} existe, et sa colonne verdict est vide : remplissez-la (identique, proche, différent), "
            "ou donnez un autre nom pour écrire une nouvelle feuille"
        )
    _apply(obj, decisions, broken)
    if broken:
        many = f"{len(broken)} ligne{'s' if len(broken) > 1 else ''}"
        raise LeviersError(f"{many} de la feuille non lue{'s' if len(broken) > 1 else ''}, le reste est appliqué")


def _already(obj: Context, decisions: Sequence[Decision]) -> list[Decision]:
    """The same, where the store knows a verdict already as it was first given: a sheet may come back twice."""
    from graph.backends import journal_of

    known = {one.pair: one for one in journal_of(obj.address).read([])}
    before = (known.get(one.pair) for one in decisions)
    return [
        old if old and (old.verdict, old.note) == (new.verdict, new.note) else new
        for new, old in zip(decisions, before, strict=True)
    ]


def _export(obj: Context, path: Path) -> None:
    from graph.backends import journal_of
    from graph.decisions import latest, write_decisions

    decisions = latest(journal_of(obj.address).read([]))
    text = write_decisions(decisions)
    if str(path) == "-":
        click.echo(text, nl=False)
        return
    _write(path, text)
    say(f"{path} : {len(decisions)} décision{'s' if len(decisions) > 1 else ''}")


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise LeviersError(f"{path} : ce fichier ne peut pas être écrit ({system_reason(error)})") from None


def _today() -> str:
    return dt.datetime.now(tz=dt.UTC).astimezone().date().isoformat()

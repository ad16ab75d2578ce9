"""`leviers query`: the canned questions, each a command whose options come from the header of its file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ontology import LeviersError, Proof
from ontology.errors import system_reason
from queries import catalogue
from queries.context import Context, say
from queries.render import ENDINGS, FORMATS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from queries.catalogue import CannedQuery

# In the order of a first visit; a tag that is not here comes after.
_TAGS = {
    "irritant": {"fr": "À partir d’un irritant", "en": "From an irritant"},
    "levier": {"fr": "À partir d’un levier", "en": "From a lever"},
    "plan": {"fr": "Le plan d’action", "en": "The action plan"},
    "manques": {"fr": "Ce qui manque", "en": "What is missing"},
    "acteurs": {"fr": "Les acteurs", "en": "Actors"},
    "convergences": {"fr": "Ce qui se rejoint", "en": "What converges"},
    "expériences": {"fr": "Les expériences", "en": "Experiences"},
    "qualité": {"fr": "Ce qu’il faut relire", "en": "What to review"},
    "sources": {"fr": "Les sources", "en": "Sources"},
}
_MORE = {
    "fr": "« leviers query QUESTION --help » dit ce que chacune demande et répond.",
    "en": "“leviers query QUESTION --help” tells what each one asks for and answers.",
}
_NAME_WIDTH = 25
_PROOF_HELP = (
    "Preuve la plus faible acceptée : row (même ligne), same (même énoncé), close (énoncé proche, par défaut), "
    "theme (même thème : des suggestions)."
)


class _Usage(click.UsageError):
    """What was not written right, in one line."""

    def show(self, file: Any = None) -> None:
        """Print the line."""
        click.echo(f"Erreur : {self.format_message()}", err=True, file=file)


class _Question(click.Command):
    """One canned query as a command."""

    def __init__(self, query: CannedQuery) -> None:
        self.query = query
        super().__init__(
            query.name,
            params=_options(query),
            callback=click.pass_obj(lambda obj, **given: _answer(obj, query, given)),
            help=query.description["fr"],
            short_help=query.summary["fr"],
            epilog=f"\b\nExemple :\n  {query.example}",
        )

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click does, but what it refuses is told in one line, with what is accepted."""
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            known = ", ".join(max(option.opts, key=len) for option in self.params)
            raise _Usage(f"option inconnue : {error.option_name} ; cette question accepte {known}", ctx) from None
        except click.UsageError as error:
            raise _Usage(f"{error.format_message().rstrip('.')} ; par exemple : {self.query.example}", ctx) from None


class _Questions(click.Group):
    """All canned queries; a query's file is read when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - as click calls it
        """All names."""
        return catalogue.names()

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command:  # noqa: ARG002
        """The question of that name.

        Raises:
            UnknownName: there is none.
        """
        return _Question(catalogue.get(cmd_name))

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The questions by subject."""
        formatter.write("\n" + "\n".join(_listing(_language(ctx))) + "\n")


@click.group(
    cls=_Questions,
    invoke_without_command=True,
    subcommand_metavar="[QUESTION [OPTIONS]]",
    options_metavar="",
    epilog="""\b
Exemples :
  leviers query
  leviers query acteurs-pour-irritant --irritant "zones blanches"
  leviers query irritants-sans-levier --format csv -o sans-levier.csv

« leviers query QUESTION --help » dit ce que chacune demande et répond.""",
)
@click.pass_context
def command(ctx: click.Context) -> None:
    """Liste les questions toutes prêtes, ou en pose une ; chaque réponse vient avec sa preuve et ses sources."""
    if ctx.invoked_subcommand is None:
        click.echo("\n".join(_listing(_language(ctx))))
        click.echo(f"\n{_MORE[_language(ctx)]}")


def _language(ctx: click.Context) -> str:
    return ctx.ensure_object(Context).language


def _listing(language: str) -> Iterable[str]:
    by_tag: dict[str, list[CannedQuery]] = {}
    for name in catalogue.names():
        query = catalogue.get(name)
        by_tag.setdefault(query.tags[0], []).append(query)
    order = [*_TAGS, *sorted(by_tag.keys() - _TAGS.keys())]
    for number, tag in enumerate(tag for tag in order if tag in by_tag):
        yield from [""] * bool(number)
        yield _TAGS[tag][language] if tag in _TAGS else tag.capitalize()
        for query in by_tag[tag]:
            yield f"  {query.name:<{_NAME_WIDTH}}{query.summary[language]}"


def _options(query: CannedQuery) -> list[click.Parameter]:
    options = [
        click.Option(
            [f"--{each.name}", each.name],
            metavar="TEXTE",
            help=f"{each.labels['fr']}{' (obligatoire)' if each.required else ''}, par exemple « {each.example} ».",
        )
        for each in query.parameters
    ]
    return [
        *options,
        click.Option(
            ["--preuve", "weakest"],
            type=click.Choice([level.value for level in Proof]),
            default=Proof.CLOSE.value,
            help=_PROOF_HELP,
        ),
        click.Option(
            ["--limit"], type=click.IntRange(min=1), metavar="N", help="Nombre de réponses, les plus sûres d’abord."
        ),
        click.Option(
            ["--format", "form"],
            type=click.Choice(FORMATS),
            help="Par défaut table, ou d’après la fin du nom de FICHIER.",
        ),
        click.Option(
            ["--show"], is_flag=True, help="Montre la requête (SPARQL, ou Cypher pour une base Neo4j), prête à coller."
        ),
        click.Option(
            ["-o", "--output"],
            type=click.Path(path_type=Path, dir_okay=False),
            metavar="FICHIER",
            help="Écrit la réponse dans un fichier.",
        ),
        click.Option(
            ["--store", "store"],
            metavar="ADRESSE",
            expose_value=False,
            callback=_take_store,
            help="Base à utiliser (variable LEVIERS_STORE).",
        ),
    ]


def _take_store(ctx: click.Context, _: click.Parameter, value: str | None) -> None:
    if value is not None:
        ctx.ensure_object(Context).address = value


def _answer(obj: Context, query: CannedQuery, given: dict[str, Any]) -> None:
    weakest, limit, form = Proof(given.pop("weakest")), given.pop("limit"), given.pop("form")
    show, output = given.pop("show"), given.pop("output")
    parameters = {name: value for name, value in given.items() if value is not None}
    if show:
        _write(_bound(obj, query, parameters, weakest), output, "requête écrite")
        return
    for each in query.parameters:
        if each.required and each.name not in parameters:
            raise _Usage(f"il manque --{each.name} ; par exemple : {query.example}")
    from queries.ask import ask
    from queries.render import render
    from queries.render.words import counted

    answer = ask(obj.store(cypher=True), query.name, parameters, weakest=weakest, limit=limit, language=obj.language)
    for name, label in answer.understood.items():
        say(f"Compris : {name} « {label} »")
    form = form or ENDINGS.get(output.suffix.lower() if output else "", "table")
    text = render(answer, form, width=obj.width, color=obj.color and output is None, language=obj.language)
    _write(text, output, counted(answer))


def _bound(obj: Context, query: CannedQuery, parameters: dict[str, str], weakest: Proof) -> str:
    from graph.backends import is_cypher

    terms: dict[str, str] = {}
    if parameters:
        from graph.triples import iri
        from queries.ask import understand

        terms = {name: iri(one.iri) for name, one in understand(obj.store(cypher=True), query, parameters).items()}
    if not is_cypher(obj.address):
        return query.shown({name: [term] for name, term in terms.items()}, weakest)
    from queries.posing import native

    # As cypher-shell and Neo4j Browser take parameters.
    given = [f":param {name} => {json.dumps(value)};\n" for name, value in native(query, terms).items()]
    return "".join(given) + query.cypher(weakest).rstrip() + ";\n"


def _write(text: str, output: Path | None, what: str) -> None:
    if output is None:
        click.echo(text, nl=not text.endswith("\n"))
        return
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise LeviersError(f"{output} : ce fichier ne peut pas être écrit ({system_reason(error)})") from None
    say(f"{output} : {what}")

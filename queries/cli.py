"""The `leviers` command: finds the command asked for, and turns what goes wrong into one line."""

from __future__ import annotations

import atexit
import gc
import importlib
import os
import sys
from typing import TYPE_CHECKING, Any

import click

from ontology.errors import LeviersError, system_reason
from queries.context import Context
from queries.french import speak_french

if TYPE_CHECKING:
    from collections.abc import Callable

# In the order of a first visit; each is imported only when it is asked for.
COMMANDS = {
    "demo": "Construit le graphe d’exemple, répond à la question phare, écrit la page.",
    "ingest": "Lit des comptes rendus et les charge dans le graphe.",
    "query": "Liste ou lance les questions toutes prêtes.",
    "search": "Cherche en texte libre : fautes, synonymes et anglais compris.",
    "show": "Montre le dossier d’un élément : citations, liens, preuves.",
    "review": "Montre les énoncés qui disent peut-être la même chose, pour décider.",
    "viz": "Écrit la page interactive, lisible hors connexion.",
    "serve": "Ouvre le service SPARQL et la page sur cette machine.",
    "sparql": "Pose une requête SPARQL à la base.",
    "export": "Écrit tout le graphe dans un format d’échange.",
    "publish": "Tient une copie du graphe à jour dans Neo4j ou sur un serveur SPARQL.",
    "check": "Contrôle le graphe : formes, citations, acteurs inconnus.",
}
_INTERRUPTED = 130


class Commands(click.Group):
    """A group that imports a command's module when the command runs."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - as click calls it
        """All names, in their order."""
        return list(COMMANDS)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, but an unknown name shows the nearest ones."""
        name = args[0]
        if name in COMMANDS or name.startswith("-") or ctx.resilient_parsing:
            return super().resolve_command(ctx, args)
        import difflib

        near = difflib.get_close_matches(name, COMMANDS)
        hint = f"vouliez-vous dire {' ou '.join(near)} ?" if near else f"il y a {', '.join(COMMANDS)}"
        raise click.UsageError(f"commande inconnue : {name} ; {hint}", ctx)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of that name."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"queries.commands.{cmd_name}")
        command: click.Command = module.command
        if not any(parameter.name == "store" for parameter in command.params):
            command.params.append(_store_option())
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The list of commands, without importing them."""
        with formatter.section("Commandes"):
            formatter.write_dl(list(COMMANDS.items()))


def _take_store(ctx: click.Context, _: click.Parameter, value: str | None) -> None:
    if value is not None:
        ctx.ensure_object(Context).address = value


def _store_option() -> click.Option:
    return click.Option(
        ["--store", "store"],
        metavar="ADRESSE",
        expose_value=False,
        callback=_take_store,
        help="Base à utiliser : un dossier (variable LEVIERS_STORE ; par défaut celle de l’utilisateur), ou neo4j://… "
        "pour « query » et « show ».",
    )


def _version(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        from importlib.metadata import version

        click.echo(f"leviers {version('leviers')}")
        ctx.exit()


@click.group(
    cls=Commands,
    subcommand_metavar="COMMANDE [ARGUMENTS]...",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Pour commencer : « leviers demo », puis « leviers ingest MES-COMPTES-RENDUS/ » et « leviers query ».",
)
@click.option("--lang", type=click.Choice(["fr", "en"]), default="fr", help="Langue des libellés.")
@click.option(
    "--version", is_flag=True, expose_value=False, is_eager=True, callback=_version, help="Affiche la version."
)
@click.pass_context
def cli(ctx: click.Context, lang: str) -> None:
    """Irritants, leviers, acteurs : ce que disent les ateliers du numérique éducatif, avec la preuve."""
    context = ctx.ensure_object(Context)
    context.language = lang
    context.address = context.address or os.environ.get("LEVIERS_STORE") or None
    context.color = sys.stdout.isatty() and "NO_COLOR" not in os.environ


cli.params.append(_store_option())


def main(arguments: list[str] | None = None) -> int:
    """Run the command; what a user can cause ends in one line and an exit code, never in a traceback.

    0 done, 1 the user's input was wrong, 2 the command was not written right, 130 interrupted.
    """
    speak_french()
    _utf8()
    _light()
    return _guarded(lambda: cli.main(args=arguments, prog_name="leviers", standalone_mode=False))


def _guarded(run: Callable[[], Any]) -> int:
    try:
        code = run()
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.exceptions.Abort, KeyboardInterrupt):
        click.echo("\nInterrompu : la base est restée comme avant.", err=True)
        return _INTERRUPTED
    except BrokenPipeError:
        # The reader of our output has closed it (« | head »): nothing more to say, and nothing to flush at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        click.echo(f"Erreur : lecture ou écriture impossible ({system_reason(error)})", err=True)
        return 1
    except LeviersError as error:
        click.echo(f"Erreur : {error}", err=True)
        return 1
    except Exception as error:
        if os.environ.get("LEVIERS_DEBUG"):
            raise
        what = f"{type(error).__name__} : {error}".splitlines()[0]
        click.echo(
            f"Erreur inattendue ({what}). Relancez avec LEVIERS_DEBUG=1 pour le détail à joindre au signalement.",
            err=True,
        )
        return 1
    return code if isinstance(code, int) else 0


def _utf8() -> None:
    # A Windows console, or a pipe in the C locale, would refuse « ’ » and « → ».
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None and (getattr(stream, "encoding", "") or "").lower().replace("-", "") != "utf8":
            reconfigure(encoding="utf-8", errors="replace")


def _light() -> None:
    # numpy would start a thread a core, each of which spins a while before it finds that there is nothing to multiply.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # All goes when the process ends: to look for cycles once more takes longer than to forget them.
    atexit.register(gc.freeze)


if __name__ == "__main__":
    sys.exit(main())

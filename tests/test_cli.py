"""The command as a user types it: help, answers, exit codes, and one clear line for each bad input."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typed import run

from queries.cli import COMMANDS

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_has_french_help_with_examples(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, name, "--help")
    assert code == 0
    assert out.startswith(f"Usage : leviers {name}")
    assert "Exemple" in out
    assert "--store" in out
    assert "Show this message" not in out
    assert all(len(line) <= 100 for line in out.splitlines())


def test_the_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "--help")
    assert code == 0
    assert all(name in out for name in COMMANDS)


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_the_help_has_no_english_left(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, *[name] * bool(name), "--help")
    for english in ("COMMAND ", "[ARGS]", "INTEGER", "FLOAT", "RANGE", " TEXT ", "Show this"):
        assert english not in out


def test_the_headline_question_is_answered(loaded: str, capsys: pytest.CaptureFixture[str]) -> None:
    for text in ("zones blanches", "ZONE BLANCHE", "Zones  blanches."):
        code, out, _ = run(
            capsys, "query", "acteurs-pour-irritant", "--irritant", text, "--store", loaded, "--format", "json"
        )
        assert code == 0
        answer = json.loads(out)
        assert set(answer) == {"query", "parameters", "columns", "rows"}
        assert answer["query"] == "acteurs-pour-irritant"
        actors = " ".join(row["actor"].lower() for row in answer["rows"])
        assert all(word in actors for word in ("bibliothèque", "commune", "centre social"))
        for row in answer["rows"]:
            assert row["proof"] in {"row", "same", "close", "theme"}
            assert row["evidence"]
            assert all(set(item) == {"quote", "document", "section", "row"} for item in row["evidence"])


@pytest.mark.parametrize("form", ["table", "csv", "json", "md"])
def test_answers_come_in_each_format(form: str, loaded: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "query", "irritants-sans-levier", "--format", form, "--store", loaded)
    assert code == 0
    assert out.strip()
    if form == "json":
        assert json.loads(out)["columns"][0] == "irritant"
    if form == "table":
        assert all(len(line) <= 80 for line in out.splitlines())


def test_the_store_option_stands_before_or_after(loaded: str, capsys: pytest.CaptureFixture[str]) -> None:
    after = run(capsys, "query", "documents", "--store", loaded, "--format", "json")
    before = run(capsys, "--store", loaded, "query", "documents", "--format", "json")
    assert after[1] == before[1] != ""


BAD: list[tuple[list[str], int, str]] = [
    (["ingest", "absent.txt"], 1, "introuvable"),
    (["ingest", "{tmp}/vide.txt"], 1, "vide"),
    (["ingest", "{tmp}/rien"], 1, "aucun compte rendu"),
    (["ingest", "{tmp}/image.txt"], 1, "pas du texte"),
    (["ingest", "{tmp}/image.png"], 1, "format"),
    (["ingest"], 2, "CHEMIN"),
    (["query", "acteurs-pour-iritant"], 1, "acteurs-pour-irritant"),
    (["query", "acteurs-pour-irritant"], 2, "--irritant"),
    (["query", "acteurs-pour-irritant", "--irritant", "zzzz qqqq"], 1, "zzzz qqqq"),
    (["query", "acteurs-pour-irritant", "--iritant", "x"], 2, "--iritant"),
    (["query", "documents", "--format", "pdf"], 2, "json"),
    (["show", "zzzz qqqq"], 1, "zzzz qqqq"),
    (["show", "id:lever/inconnu"], 1, "aucun élément"),
    (["sparql", "SELECT"], 1, "SPARQL"),
    (["sparql", "absent.rq"], 1, "absent.rq"),
    (["export", "--format", "xls"], 2, "graphml"),
    (["export"], 2, "--format"),
    (["viz", "--theme", "zzzz", "-o", "{tmp}/p.html"], 1, "zzzz"),
    (["viz", "-o", "{tmp}/vide.txt/p.html"], 1, "p.html"),
    (["ingest", "{tmp}/bon.txt", "--decisions", "{tmp}/vide.txt/d"], 1, "d"),
    (["ingest", "{tmp}/bon.txt", "--decisions", "{tmp}/casse.jsonl"], 1, "ligne 1"),
    (["show", "matériel"], 1, "(Irritant, id:irritant/"),
    (["show", "?!"], 1, "quelques mots"),
    (["query", "leviers-pour-irritant", "--irritant", "matériel"], 1, "peut désigner plusieurs irritants"),
    (["querry"], 2, "vouliez-vous dire query ?"),
    (["inconnue"], 2, "inconnue"),
]


@pytest.mark.parametrize(
    ("arguments", "code", "says"), BAD, ids=lambda value: " ".join(value) if isinstance(value, list) else None
)
def test_bad_input_gets_one_clear_line(
    arguments: list[str], code: int, says: str, loaded: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "vide.txt").write_bytes(b"")
    (tmp_path / "rien").mkdir()
    (tmp_path / "image.txt").write_bytes(bytes(range(256)) * 20)
    (tmp_path / "image.png").write_bytes(b"\x89PNG")
    (tmp_path / "bon.txt").write_text("Irritants\tLeviers\n▶ Bruit\t▶ Silence\n", encoding="utf-8")
    (tmp_path / "casse.jsonl").write_text("{", encoding="utf-8")
    store = [] if arguments[0] in {"ingest", "inconnue", "querry"} else ["--store", loaded]
    found, out, err = run(capsys, *[argument.replace("{tmp}", str(tmp_path)) for argument in arguments], *store)
    assert found == code
    assert says in err
    assert "Traceback" not in out + err
    lines = [line for line in err.strip().splitlines() if not line.startswith(("Usage", "Voyez", "Non lu"))]
    assert len([line for line in lines if line.strip()]) == 1 or code == 2, err


def test_one_bad_file_does_not_stop_the_others(
    tmp_path: Path, own_store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text("Irritants\tLeviers\n▶ Bruit\t▶ Silence\n", encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(b"")
    (tmp_path / "c.doc").write_bytes(b"")
    code, out, err = run(capsys, "ingest", str(tmp_path))
    assert code == 1
    assert "b.txt" in err
    assert "Laissé de côté : 1 fichier d’un format qui n’est pas lu (c.doc)" in err
    assert "1 compte rendu" in out
    assert run(capsys, "show", "bruit")[0] == 0
    assert own_store.exists()


def test_an_empty_store_says_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "query", "documents")
    assert code == 1
    assert "leviers ingest" in err
    for words in (["query", "calendrier"], ["query", "leviers-pour-irritant", "--irritant", "x"], ["show", "x"]):
        code, _, err = run(capsys, *words, "--store", "memory:")
        assert code == 1
        assert "la base est vide" in err
        assert "leviers ingest" in err


def test_show_says_what_it_understood_and_never_guesses(loaded: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "show", "zones blanhces", "--store", loaded)
    assert (code, err) == (0, "Compris : irritant « Zones blanches »\n")
    assert out.startswith("Irritant : Zones blanches\n")
    assert run(capsys, "show", "zone blanche", "--store", loaded)[2] == ""
    code, out, err = run(capsys, "show", "point d'accès", "--store", loaded)
    assert (code, out) == (1, "")
    assert err.index("(Levier, id:lever/") < err.index("(Irritant, id:irritant/")
    assert "hors-acteurs" not in run(capsys, "show", "temps", "--store", loaded)[2]


def test_the_dossier_of_a_theme_or_a_territory(loaded: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "show", "fracture numérique", "--store", loaded)
    assert code == 0
    assert out.startswith("Thématique : Un égal accès au numérique pour tous\n")
    assert "Équipement, connexion, accompagnement" in out
    assert "Citations" not in out
    assert all(f"{most} les plus dits (" in out for most in ("Irritants", "Leviers", "Points forts"))
    found = json.loads(run(capsys, "show", "Maine-et-Loire", "--format", "json", "--store", loaded)[1])
    assert found["kind"] == "Territoire"
    region = json.loads(run(capsys, "show", "Pays de la Loire", "--format", "json", "--store", loaded)[1])
    assert int(found["facts"]["rows"][0]) < int(region["facts"]["rows"][0]), "a territory holds its parts"
    for group in found["said"].values():
        counts = [(-one["sessions"], -one["rows"]) for one in group]
        assert counts == sorted(counts)
        assert all(one["rows"] >= one["sessions"] >= 1 for one in group)


def test_a_report_without_tables_is_loaded_with_a_warning(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "prose.txt").write_text("Il a fait beau.\n\nNous avons parlé.\n", encoding="utf-8")
    code, out, _ = run(capsys, "ingest", str(tmp_path / "prose.txt"))
    assert code == 0
    assert "aucun énoncé" in out


def test_a_table_without_known_headers_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "prix.txt").write_text("Article\tPrix\nGomme\t2\nRègle\t3\n", encoding="utf-8")
    code, out, _ = run(capsys, "ingest", str(tmp_path / "prix.txt"))
    assert code == 0
    assert "tableau sans en-tête connu" in out
    code, _, err = run(capsys, "ingest", "--strict", str(tmp_path / "prix.txt"))
    assert code == 1
    assert "--strict" in err


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_other_encodings_are_read(encoding: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (
        "Irritants\tLeviers\r\n▶ Élèves éloignés\t▶ Prêter\r\n"
        if encoding != "cp1252"
        else "Irritants\tLeviers\r\n• Élèves éloignés\t• Prêter\r\n"
    )
    (tmp_path / "a.txt").write_bytes(text.encode(encoding))
    assert run(capsys, "ingest", str(tmp_path / "a.txt"))[0] == 0
    assert "Élèves éloignés" in run(capsys, "show", "eleve eloigne")[1]


def test_output_pipes_and_a_closed_pipe_is_silent(loaded: str) -> None:
    command = f'"{sys.executable}" -m queries export --format nq --store "{loaded}" | head -n 1'
    if sys.platform == "win32":
        pytest.skip("« head » absent")
    done = subprocess.run(command, shell=True, capture_output=True, text=True, encoding="utf-8", cwd=ROOT, check=False)
    assert done.stderr == ""
    assert len(done.stdout.splitlines()) == 1


# A job that runs in the background inherits that SIGINT is ignored; so would the command.
INTERRUPTIBLE = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
from queries.cli import main
sys.exit(main())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signaux : POSIX seulement")
def test_an_interrupted_load_leaves_the_store_as_it_was(
    loaded: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = tmp_path / "base"
    shutil.copytree(loaded, store)
    many = tmp_path / "beaucoup"
    many.mkdir()
    for number in range(400):
        rows = "\n".join(f"▶ Irritant {number} {row}\t▶ Levier {number} {row}" for row in range(40))
        (many / f"{number}.txt").write_text(f"Irritants\tLeviers\n{rows}\n", encoding="utf-8")
    before = run(capsys, "export", "--format", "nq", "--store", str(store))[1]
    generations = set((store / "generations").iterdir())
    child = subprocess.Popen(
        [sys.executable, "-c", INTERRUPTIBLE, "ingest", str(many), "--store", str(store)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    while set((store / "generations").iterdir()) <= generations and child.poll() is None:
        time.sleep(0.01)  # until it writes
    child.send_signal(signal.SIGINT)
    _, err = child.communicate(timeout=60)
    assert child.returncode == 130, err
    assert "Interrompu" in err
    assert "Traceback" not in err
    assert run(capsys, "export", "--format", "nq", "--store", str(store))[1] == before


def test_the_example_is_sound(loaded: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "check", "--store", loaded, "--format", "json")
    assert code == 0, err
    topics = {remark["topic"] for remark in json.loads(out)["remarks"]}
    assert not topics & {"citation", "décision", "lecture"}

"""A plausible country: 5,000 reports of 100 départements, some 400,000 mentions, for measures at national scale.

Statements are drawn from a pool in which a few are said everywhere and most once (Zipf); the others are composed, so
that near wordings abound. The readings go to the graph directly: reading files is measured apart (bench_reading.py).

Usage: python tools/make_country.py STORE [COUNT]      the same COUNT always gives the same graph
"""

from __future__ import annotations

import hashlib
import random
import sys
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from ontology import Kind, Mention, Reading, Row, Session, Span, Table
from ontology.vocabulary import actors, territories, themes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

VERSION = "pays"  # what the store notes as the reader of these
_POOL = 30_000  # statements that anyone may repeat, of each kind
_REPEATED = 0.4  # share of statements that come from the pool
_OPENINGS = {
    Kind.IRRITANT: "manque de|absence de|coût de|lenteur de|peur devant|difficulté avec|trop de|pas assez de|panne de",
    Kind.STRENGTH: "bonne maîtrise de|partage de|motivation par|lien créé par|gain de temps avec|entraide autour de",
    Kind.NEED: "besoin de|disposer de|clarifier|simplifier|sécuriser|être accompagné pour|du temps pour",
    Kind.LEVER: "former à|mutualiser|prêter|généraliser|financer|accompagner vers|harmoniser|créer un réseau pour",
    Kind.ACTION: "organiser un atelier sur|publier un guide de|recenser|nommer un référent pour|acheter|tester",
    Kind.INDICATOR: "nombre de|taux de|part de|évolution de|satisfaction envers|fréquence de",
    Kind.TIMEFRAME: "dès|avant|pendant|après|chaque année autour de",
    Kind.EXPERIENCE: "projet mené avec|défi autour de|classe virtuelle sur|webradio avec|semaine de",
}
_THINGS = (
    "tablettes|ordinateurs|connexions|mots de passe|espaces de travail|logiciels libres|imprimantes|classes mobiles|"
    "vidéoprojecteurs|messageries|ressources en ligne|manuels numériques|visioconférences|données personnelles|"
    "cahiers de vie|badges|parcours hybrides|plateformes|tutoriels|salles informatiques|réseaux sans fil|"
    "comptes d’accès|droits d’auteur|écrans|robots|jeux sérieux|certifications|évaluations|devoirs|emplois du temps"
)
_WHO = (
    "des élèves|des parents|des enseignants|des équipes de direction|des familles éloignées|des remplaçants|des agents|"
    "des écoles rurales|des collégiens|des lycéens professionnels|des directeurs d’école|des personnels sociaux"
)
_WHERE = (
    "à la maison|en classe|dans le bassin|dans la commune|au collège|au lycée|entre écoles|pendant le confinement|"
    "en zone rurale|dans les quartiers|en formation initiale|au conseil pédagogique"
)
_TURNS = "|à distance|dès la rentrée|de façon simple|avec les partenaires|sans surcoût|toute l’année|en petits groupes"


class _Country(NamedTuple):
    pool: dict[Kind, list[str]]
    weights: list[float]
    actors: list[str]
    departments: list[str]
    themes: list[str]


def country(count: int = 5000) -> Iterator[Reading]:
    """The readings of that many reports."""
    dice = random.Random(2020)
    pool = {kind: [_composed(dice, kind) for _ in range(_POOL)] for kind in _OPENINGS}
    known = _Country(
        pool,
        list(accumulate(1 / rank for rank in range(1, _POOL + 1))),
        [actor.id for actor in actors()],
        [one.id for one in territories() if one.level == "département"],
        [theme.id for theme in themes()],
    )
    for number in range(count):
        yield _Report(known, number).reading()


def _composed(dice: random.Random, kind: Kind) -> str:
    parts = [dice.choice(words.split("|")) for words in (_OPENINGS[kind], _THINGS, _WHO, _WHERE, _TURNS)]
    text = " ".join(part for part in parts if part)
    return text[0].upper() + text[1:]


class _Report:
    """One report on its way: rows of a diagnostic, of a synthesis and of a plan, and experiences told."""

    def __init__(self, known: _Country, number: int) -> None:
        self.known = known
        self.dice = random.Random(number)
        self.key = f"rapport-{number:05d}"
        self.territory = known.departments[number % len(known.departments)]
        self.text: list[str] = []
        self.length = 0
        self.rows: list[Row] = []
        self.mentions: list[Mention] = []

    def reading(self) -> Reading:
        """The report, whole."""
        dice = self.dice
        day = f"2020-10-{dice.randint(1, 28):02d}"
        session = Session(f"{self.key}.s1", f"Atelier {self.key}", None, self.territory, (day,))
        told = [self._row(1, n, Table.EXPERIENCE, {Kind.EXPERIENCE: self._said(Kind.EXPERIENCE, 1)}) for n in (1, 2)]
        for n in (1, 2):
            cells = {Kind.IRRITANT: self._said(Kind.IRRITANT, 4), Kind.STRENGTH: self._said(Kind.STRENGTH, 4)}
            self._row(2, n, Table.DIAGNOSTIC, cells, told[n - 1 : n])
        levers: list[str] = []
        for n in range(1, 5):
            some = self._said(Kind.LEVER, 3)
            levers += some
            cells = {Kind.IRRITANT: self._said(Kind.IRRITANT, 2), Kind.NEED: self._said(Kind.NEED, 2), Kind.LEVER: some}
            self._row(3, n, Table.SYNTHESIS, cells)
        for n in range(1, 5):
            axes = dice.sample(levers, 1) if dice.random() < 0.6 else self._said(Kind.LEVER, 1)
            cells = {Kind.LEVER: axes, Kind.ACTION: self._said(Kind.ACTION, 3), Kind.ACTOR: []}
            cells |= {Kind.TIMEFRAME: self._said(Kind.TIMEFRAME, 1), Kind.INDICATOR: self._said(Kind.INDICATOR, 2)}
            self._row(4, n, Table.PLAN, cells)
        text = "".join(self.text)
        digest = hashlib.sha256(text.encode()).hexdigest()
        facts: dict[str, Any] = {"key": self.key, "name": f"{self.key}.txt", "title": session.title, "text": text}
        facts |= {"sha256": digest, "media_type": "text/plain", "sessions": (session,)}
        return Reading(**facts, rows=tuple(self.rows), mentions=tuple(self.mentions))

    def _said(self, kind: Kind, most: int) -> list[str]:
        count = self.dice.randint(max(1, most - 1), most + 1) if most > 1 else 1
        pool = self.known.pool[kind]
        return [
            self.dice.choices(pool, cum_weights=self.known.weights)[0]
            if self.dice.random() < _REPEATED
            else _composed(self.dice, kind)
            for _ in range(count)
        ]

    def _row(self, table: int, number: int, form: Table, cells: dict[Kind, list[str]], told: Sequence[str] = ()) -> str:
        me = f"{self.key}.t{table}r{number}"
        theme = self.dice.choice(self.known.themes)
        self.rows.append(
            Row(me, f"{self.key}.s1", form.value.capitalize(), form, number, theme, self.territory, "", tuple(told))
        )
        for kind, items in cells.items():
            for item in items:
                self._mention(me, kind, item)
            if kind is Kind.ACTOR:
                for actor in self.dice.sample(self.known.actors, self.dice.randint(2, 4)):
                    self._mention(me, kind, actor.rsplit("/", 1)[-1].replace("-", " "), (actor,))
        return me

    def _mention(self, row: str, kind: Kind, text: str, named: tuple[str, ...] = ()) -> None:
        position = len(self.mentions) + 1
        span = Span(self.length, self.length + len(text))
        self.text += [text, "\n"]
        self.length += len(text) + 1
        self.mentions.append(Mention(f"{row}m{position}", row, kind, text, span, kind.label, position, actors=named))


def load(store: str, count: int) -> None:
    """Build the country's graph in that store."""
    from graph.backends import writing
    from graph.library import Library

    with writing(store) as (target, archive):
        Library(target, archive, VERSION).load(country(count), ())


if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1].startswith("-"):
        sys.exit(__doc__)
    load(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 5000)

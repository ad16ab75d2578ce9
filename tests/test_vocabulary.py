"""The vocabularies: what every entry must have, and what a text names of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import pairwise

import pytest
import rdflib
from pyoxigraph import RdfFormat, parse

from ontology import ID, LV, PREFIXES, Proof, horizon_of, search_key, slug, vocabulary
from ontology.vocabulary import (
    Actor,
    Territory,
    Theme,
    actors,
    content_words,
    find_territory,
    find_theme,
    not_actors,
    territories,
    themes,
    turtle_files,
    vocabulary_digest,
)

SKOS, DCTERMS, RDF = PREFIXES["skos"], PREFIXES["dcterms"], PREFIXES["rdf"]
PUBLISHED = [file for file in turtle_files() if file.name != "leviers.ttl"]
TRIPLES = [triple for file in PUBLISHED for triple in parse(input=file.read_bytes(), format=RdfFormat.TURTLE)]
LEVELS = {
    "national", "région académique", "académie", "département", "bassin", "circonscription", "commune", "établissement",
    "local",
}  # fmt: skip


def values(subject: str, predicate: str) -> list[str]:
    return [t.object.value for t in TRIPLES if (t.subject.value, t.predicate.value) == (subject, predicate)]


# -- actors --------------------------------------------------------------------------------------------------------
def test_every_actor_is_described_and_typed():
    kinds = {"Role", "Organisation", "LocalAuthority", "Body", "Audience"}
    poor = [
        actor.id for actor in actors()
        if not (actor.label and actor.definition and actor.kind in kinds and actor.level in LEVELS)
        or not actor.id.startswith(f"{ID}actor/")
    ]  # fmt: skip
    assert poor == []
    assert len(actors()) > 300
    assert len({actor.id for actor in actors()}) == len(actors())


@pytest.mark.parametrize("key", [search_key, content_words])
def test_no_label_names_two_things(key):
    named = defaultdict(set)
    for term in (*actors(), *not_actors()):
        for label in (term.label, *term.alts, *term.hidden):
            named[key(label)].add(term.id)
    assert "" not in named
    assert {label: ids for label, ids in named.items() if len(ids) > 1} == {}


def test_each_wording_of_an_actor_is_listed_once():
    twice = {}
    for actor in actors():
        wordings = Counter(search_key(label) for label in (actor.label, *actor.alts, *actor.hidden))
        wordings[search_key(actor.label)] -= search_key(actor.label) in {search_key(label) for label in actor.hidden}
        if more := [wording for wording, times in wordings.items() if times > 1]:
            twice[actor.id] = more
    assert twice == {}


def test_labels_of_one_thing_are_disjoint():
    # SKOS S13: no literal is both a preferred, an alternative or a hidden label of one resource.
    written = Counter(
        (t.subject.value, t.object.value) for t in TRIPLES if t.predicate.value.endswith("Label")
        and getattr(t.object, "language", None) != "en"
    )  # fmt: skip
    assert [pair for pair, times in written.items() if times > 1] == []


def test_an_acronym_is_also_a_label():
    missing = [
        actor.acronym for actor in actors()
        if actor.acronym and search_key(actor.acronym) not in
        {search_key(label) for label in (actor.label, *actor.alts, *actor.hidden)}
    ]  # fmt: skip
    assert missing == []


@pytest.mark.parametrize("predicate", [DCTERMS + "isPartOf", SKOS + "broader", PREFIXES["org"] + "unitOf"])
def test_what_contains_an_entry_exists_and_does_not_lead_back_to_it(predicate):
    known = {term.id for term in (*actors(), *territories())}
    above = {t.subject.value: t.object.value for t in TRIPLES if t.predicate.value == predicate}
    assert above
    assert set(above) | set(above.values()) <= known
    for start in above:
        path = [start]
        while path[-1] in above:
            path.append(above[path[-1]])
            assert len(path) == len(set(path)), path


def test_the_typo_is_filed_with_its_reason():
    erun = next(actor for actor in actors() if actor.id == f"{ID}actor/erun")
    assert (erun.acronym, erun.level, erun.kind) == ("ERUN", "circonscription", "Role")
    assert "ERPU" in erun.hidden
    assert "RUPN" in values(erun.id, SKOS + "editorialNote")[0]


def test_an_ambiguous_acronym_names_nobody():
    assert "ce" not in {search_key(label) for actor in actors() for label in (actor.label, *actor.alts, *actor.hidden)}


# -- territories ---------------------------------------------------------------------------------------------------
def test_the_whole_country_is_there():
    levels = Counter(territory.level for territory in territories())
    assert (levels["région académique"], levels["académie"], levels["département"]) == (18, 30, 101)
    codes = [territory.code for territory in territories() if territory.level == "département"]
    assert len(set(codes)) == 101
    assert all(len(code) in {2, 3} for code in codes)


def test_each_territory_stands_in_the_next_larger_level():
    order = ["national", "région académique", "académie", "département"]
    by_id = {territory.id: territory for territory in territories()}
    larger = {small: large for large, small in pairwise(order)} | {"bassin": "département", "commune": "département"}
    wrong = [
        territory.id for territory in territories()
        if territory.level != "national" and by_id[territory.part_of].level != larger[territory.level]
    ]  # fmt: skip
    assert wrong == []
    nantes = {t.label for t in territories() if t.part_of == f"{ID}territory/academie-de-nantes"}
    assert nantes == {"Loire-Atlantique", "Maine-et-Loire", "Mayenne", "Sarthe", "Vendée"}


def test_a_territory_is_named_by_its_label():
    assert [t.id for t in territories() if t.id != f"{ID}territory/{slug(t.label)}"] == []


def test_no_name_leads_to_two_territories():
    named = defaultdict(set)
    for territory in territories():
        for label in (territory.label, *territory.alts, *territory.hidden):
            named[content_words(label)].add(territory.id)
    assert {label: ids for label, ids in named.items() if len(ids) > 1} == {}


def test_insee_is_pointed_at_and_never_equated():
    seen = [t.object.value for t in TRIPLES if t.predicate.value == PREFIXES["rdfs"] + "seeAlso"]
    assert "http://id.insee.fr/geo/departement/49" in seen
    assert not [t for t in TRIPLES if t.predicate.value == PREFIXES["owl"] + "sameAs"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Maine et Loire", "maine-et-loire"),
        ("DSDEN du MAINE-ET-LOIRE", "maine-et-loire"),
        ("Atelier n° 2, DSDEN 49", "maine-et-loire"),
        ("49", "maine-et-loire"),
        ("Un lycée de Vendée (85)", "vendee"),
        ("Compte rendu (Corse, 2a)", "region-academique-corse"),
        ("Groupe de travail (2A)", "corse-du-sud"),
        ("page dsden53 de l’académie", "mayenne"),
        ("Réunion du bassin de CHOLET", "bassin-de-cholet"),
        ("bassin de ANGERS-SEGRE", "bassin-d-angers-segre"),
        ("Lycée de Saint-Nazaire", "saint-nazaire"),
        ("bassin de Saint-Nazaire", "bassin-de-saint-nazaire"),
        ("PAYS DE LA LOIRE", "region-academique-pays-de-la-loire"),
        ("Région académique Pays-de-la-Loire", "region-academique-pays-de-la-loire"),
        ("rectorat de Nantes", "academie-de-nantes"),
        ("une école de Nantes", "nantes"),
        ("région Basse Normandie", "region-academique-normandie"),
        ("académie de Caen", "academie-de-normandie"),
        ("Île de France", "region-academique-ile-de-france"),
        ("Synthèse départementale : département de la Loire", "loire"),
        ("Loire", "loire"),
        ("La Réunion", "la-reunion"),
        ("Côtes d’Armor", "cotes-d-armor"),
        ("Seine Saint Denis (93)", "seine-saint-denis"),
        ("France", "france-entiere"),
    ],
)
def test_find_territory(text, name):
    found = find_territory(text)
    assert found is not None
    assert found.id == f"{ID}territory/{name}"


@pytest.mark.parametrize(
    "text",
    [
        "Réunion du comité de pilotage", "Comment allier bien-être et numérique ?", "Au nord de la ville",
        "Lots de tablettes", "La somme des besoins", "collège Pierre Mendès France", "1260 participants",
        "12 écoles sur 49", "(2020)", "",
    ],
)  # fmt: skip
def test_common_words_are_no_territory(text):
    assert find_territory(text) is None


# -- themes --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Garantir un égal accès au numérique pour tous", "egal-acces"),
        ("► Un égal accès au numérique\npour tous", "egal-acces"),
        ("UN EGAL ACCES AU NUMERIQUE POUR TOUS", "egal-acces"),
        ("EGAL ACCES DE TOUS POUR TOUS", "egal-acces"),
        ("Fracture numérique", "egal-acces"),
        ("Travailler ensemble autrement", "travailler-ensemble"),
        ("THEMATIQUE N°2 : Travailler ensemble autrement", "travailler-ensemble"),
        ("#3 De nouvelles formes de gouvernances", "gouvernance"),
        ("Gouvernance et anticipation", "gouvernance"),
        ("Thème 5 — GOUVERNANCE", "gouvernance"),
        ("La gouvernance du collège", None),
        ("Gouvernance", "gouvernance"),
        ("UN NUMERIQUE RESPONSABLE ET SOUVERAIN", "responsable-souverain"),
        ("Développement d’un numérique responsable et souverain", "responsable-souverain"),
        ("Numérique responsable", "responsable-souverain"),
        ("Enseigner et apprendre avec le numérique.....", "enseigner-apprendre"),
        ("2. Enseigner et aprendre avec le numérique", "enseigner-apprendre"),
        ("Accès", "egal-acces"),
        ("Accès au bâtiment", None),
        ("Compte rendu de la séance", None),
        ("", None),
    ],
)
def test_find_theme(text, name):
    found = find_theme(text)
    assert (found and found.id) == (name and f"{ID}theme/{name}")


def test_the_longest_theme_wins():
    both = "Travailler ensemble sur un égal accès au numérique pour tous"
    assert find_theme(both) == find_theme("Un égal accès au numérique pour tous")


def test_a_theme_has_no_number():
    assert {theme.id.removeprefix(f"{ID}theme/") for theme in themes()} == {
        "egal-acces", "travailler-ensemble", "gouvernance", "responsable-souverain", "enseigner-apprendre",
    }  # fmt: skip
    labels = [label for theme in themes() for label in (theme.label, *theme.alts, *theme.hidden)]
    assert not [label for label in labels if any(letter.isdigit() for letter in label)]
    assert all(theme.definition for theme in themes())


# -- levels of proof and horizons ----------------------------------------------------------------------------------
def test_levels_of_proof_are_those_of_the_code():
    shown = {"row": "même ligne", "same": "même énoncé", "close": "énoncé proche", "theme": "même thème"}
    assert set(shown) == set(Proof)
    for proof in Proof:
        assert values(LV + proof, LV + "rank") == [str(proof.rank)]
        assert shown[proof] in values(LV + proof, SKOS + "prefLabel")
        assert values(LV + proof, SKOS + "inScheme") == [f"{ID}preuves"]


def test_horizons_are_those_that_timeframes_name():
    for rank, name in enumerate(("court", "moyen", "long")):
        iri = f"{ID}horizon/{name}"
        assert horizon_of(values(iri, SKOS + "prefLabel")[0]) == iri
        assert values(iri, LV + "rank") == [str(rank)]


# -- files ---------------------------------------------------------------------------------------------------------
def test_rdflib_reads_the_same_triples():
    graph = rdflib.Graph()
    for file in PUBLISHED:
        graph.parse(data=file.read_text(encoding="utf-8"), format="turtle")
    assert len(graph) == len({str(triple) for triple in TRIPLES})


def test_only_terms_of_the_ontology_are_used():
    ontology = next(file for file in turtle_files() if file.name == "leviers.ttl")
    declared = {t.subject.value for t in parse(input=ontology.read_bytes(), format=RdfFormat.TURTLE)}
    used = {t.predicate.value for t in TRIPLES} | {t.object.value for t in TRIPLES if t.predicate.value == RDF + "type"}
    assert {term for term in used if term.startswith(LV)} <= declared


def test_what_is_read_is_shared_and_frozen():
    assert actors() is actors()
    first = next(iter(themes()))
    with pytest.raises(AttributeError):
        first.label = "autre"
    assert [type(group[0]) for group in (actors(), themes(), territories())] == [Actor, Theme, Territory]


def test_the_digest_follows_the_words_and_not_the_line_endings(tmp_path, monkeypatch):
    file = tmp_path / "essai.ttl"
    digests = [vocabulary_digest()]
    for content in (b"# un\n# deux\n", b"# un\r\n# deux\r\n", b"# un\n# trois\n"):
        file.write_bytes(content)
        monkeypatch.setattr(vocabulary, "turtle_files", lambda: (file,))
        digests.append(vocabulary_digest.__wrapped__())
    real, unix, windows, other = digests
    assert unix == windows
    assert (len({real, unix, other}), {len(digest) for digest in digests}) == (3, {12})

"""Which actors a text names, on cells written for these tests; on the reports, where they are at hand, only counts."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.actors.scan import Spotted, spot
from ontology import ID
from ontology.vocabulary import actors, content_words, find_territory
from tools.copied_passages import corpus_folder


def names(found: Spotted) -> list[str]:
    return [actor.removeprefix(f"{ID}actor/") for actor in found.actors]


def check(text: str, expected: str, *, cell: bool = True) -> None:
    assert names(spot(text, cell=cell)) == expected.split()


# -- a cell of actors ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("RUPN", "rupn"),
        ("Les IEN et les CPC", "ien cpc"),
        ("IEN / CPD numérique / ERUN", "ien cpd-numerique erun"),
        ("ERUN-RUPN-IAN", "erun rupn ian"),
        ("Chefs d’établissement, adjoints gestionnaires", "chef-etablissement adjoint-gestionnaire"),
        ("la DSDEN 72 ; Atelier Canopé 72", "dsden atelier-canope"),
        ("Mairies, EPCI et Région", "commune epci conseil-regional"),
        ("CVL, CVC puis CA", "cvl cvc conseil-administration"),
        ("Conseil Régional de Bretagne", "conseil-regional"),
        ("Conseiller numérique France Services", "conseiller-numerique"),
        ("DPO et CNIL", "dpd cnil"),
        ("Psychologues de l’Éducation nationale (PsyEN)", "psy-en"),
        ("AESH référents", "aesh"),
        ("FCPE, PEEP, associations de parents d’élèves", "fcpe peep association-parents"),
        ("éditeurs d’ENT, opérateurs télécoms", "editeur-ent operateur-telecom"),
        ("Délégué académique au numérique", "dan"),
        ("Délégation académique au numérique", "dane"),
        ("Équipe de direction + CPE", "equipe-direction cpe"),
        ("Professeur documentaliste & référent numérique", "professeur-documentaliste referent-numerique"),
    ],
)
def test_lists(text, expected):
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bibliothèques, médiathèques", "bibliotheque"),
        ("Directeur et directrice d’école", "directeur-ecole"),
        ("Ligue de l’enseignement", "ligue-enseignement"),
        ("Pupilles de l’enseignement public et Francas", "pep francas"),
        ("Conseil école-collège", "cec"),
        ("Comité d’éducation à la santé et à la citoyenneté", "cesc"),
        ("Enseignants des premier et second degrés", "enseignant"),
        ("Représentants des parents d’élèves", "representant-parents"),
        ("Parents d’élèves", "parents"),
        ("Parents, élèves", "parents eleves"),
        ("Inspecteurs d’académie - inspecteurs pédagogiques régionaux", "ia-ipr"),
    ],
)
def test_the_longest_name_is_kept_whole(text, expected):
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Formatrices de l’INSPE", "formateur inspe"),
        ("Chargés de mission DRANE", "charge-mission drane"),
        ("Formateurs Canopé", "mediateur-canope"),
        ("Chercheurs de l’université", "chercheur universite"),
    ],
)
def test_role_and_organisation_stay_apart(text, expected):
    check(text, expected)


@pytest.mark.parametrize("text", ["I.E.N.", "IENs", "<b>IEN</b>", "les\u00a0IEN", "inspecteur·ice·s du 1er degré"])
def test_one_actor_in_many_spellings(text):
    check(text, "ien")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Les enseignant·e·s, les élu(e)s", "enseignant elu"),
        ("formateur/trice, directeurs.trices d’école", "formateur directeur-ecole"),
        ("chef(fe)s d’établissement", "chef-etablissement"),
        ("médiateur·ices numériques", "mediateur-numerique"),
        ("e\u0301le\u0300ves", "eleves"),
        ("Élus municipaux et conseillers départementaux", "elu conseiller-departemental"),
        ("Enseignants du 1<sup>er</sup> degré", "professeur-ecoles"),
    ],
)
def test_gender_number_accents_and_tags(text, expected):
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ERPU", "erun"),
        ("Enseingants", "enseignant"),
        ("coordonateur de bassin", "coordonnateur-bassin"),
        ("les colectivités", "collectivites"),
    ],
)
def test_typos(text, expected):
    check(text, expected)
    check(text, "", cell=False)


@pytest.mark.parametrize("text", ["Habitat", "Chercher", "Ils enseignent", "Développer", "Adolescence", "Retrait"])
def test_another_word_is_no_typo(text):
    check(text, "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("RSSI pour l’analyse des risques des élèves", "rssi"),
        ("IEN pour la formation de tous les enseignants, DANE", "ien dane"),
        ("ERUN pour accompagner les équipes", "erun equipe-pedagogique"),
        ("DANE pour former les enseignants", "dane enseignant"),
        ("Un tutorat pour les familles", "familles"),
        ("Une aide pour tous les élèves", "eleves"),
        ("Pour l’accueil des parents", "parents"),
    ],
)
def test_a_purpose_counts_where_it_names_people(text, expected):
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Le comité numérique de l’EPLE", "comite-numerique"),
        ("Conseil pédagogique en établissement", "conseil-pedagogique"),
        ("Formateurs du collège", "formateur"),
        ("EPLE, écoles", "etablissement ecole"),
        ("Chaque établissement", "etablissement"),
        ("La direction et la vie scolaire", "equipe-direction vie-scolaire"),
        ("En établissement", "etablissement"),
        ("Ministère de la Culture, de la Recherche et des Arts", "ministere-culture"),
    ],
)
def test_a_common_word_counts_where_a_name_begins(text, expected):
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mme Martin, IEN", "ien"),
        ("M. J. Durand-Petit (DANE)", "dane"),
        ("MARTIN Zoé, CPC", "cpc"),
        ("Zoé MARTIN - CPC", "cpc"),
        ("M. le Proviseur", "chef-etablissement"),
        ("Mme Martin", ""),
        ("MARTIN Zoé", ""),
    ],
)
def test_names_of_persons_are_left_out(text, expected):
    check(text, expected)
    assert spot(text).unknown == ()


def test_order_of_appearance_without_repeats():
    check("DANE, IEN, la DANE, ERUN (Dane)", "dane ien erun")


# -- other statements ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Donner du temps au RUPN", "rupn"),
        ("Prêter des tablettes aux élèves dont la famille n’a rien", "eleves familles"),
        ("Aide de l’État aux collectivités", "etat collectivites"),
        ("Un état des lieux du parc, en bon état", ""),
        ("Souder l’équipe autour de la direction", ""),
        ("Ouvrir l’école et le collège à chaque commune", ""),
        ("Une culture commune", ""),
        ("Enjeux citoyens, services numériques, postes de travail", ""),
        ("Dès le plus jeune âge", ""),
        ("Un collectif apprenant", ""),
        ("Formation à l’IA", ""),
        ("Utiliser Pix et l’ENT", ""),
        ("Voir https://dane.exemple.fr/rupn ou dane@exemple.fr", ""),
        ("Les dessins d’un dan de judo", ""),
        ("Travailler avec le DAN", "dan"),
        ("Partir du pré et aller au PRÉ", ""),
    ],
)
def test_only_what_is_sure_counts_in_a_statement(text, expected):
    check(text, expected, cell=False)


# -- what is unknown -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("IEN et XQZT", ("XQZT",)),
        ("Conseil d’école, CE", ("CE",)),
        ("X.Q.Z.", ("XQZ",)),
        ("Gardiens du square", ("Gardiens du square",)),
        ("  Temps banalisé ", ("Temps banalisé",)),
        ("ENT", ()),
        ("État des lieux", ()),
        ("SAUMUR et ERUN", ()),
        ("LA FORMATION DES ERUN", ()),
        ("—", ()),
        ("", ()),
    ],
)
def test_what_the_vocabulary_lacks(text, unknown):
    assert spot(text).unknown == unknown


def test_a_statement_reports_acronyms_only():
    assert spot("Ouvrir les XQZT aux passants", cell=False).unknown == ("XQZT",)
    assert spot("Ouvrir la salle aux passants", cell=False) == Spotted()
    assert spot("Le CDI, l’EPLE, le BYOD et les REP+", cell=False) == Spotted()


# -- the whole vocabulary ------------------------------------------------------------------------------------------
def test_every_label_leads_to_its_actor():
    lost = [
        (label, names(found)) for actor in actors() for label in (actor.label, *actor.alts, *actor.hidden)
        if (found := spot(label)) != Spotted((actor.id,))
    ]  # fmt: skip
    assert lost == []


def test_preferred_and_alternative_labels_count_everywhere_and_hidden_ones_do_not():
    for actor in actors():
        hidden = {content_words(label) for label in actor.hidden}
        sure = [label for label in (actor.label, *actor.alts) if content_words(label) not in hidden]
        assert [label for label in sure if spot(label, cell=False).actors != (actor.id,)] == []
        common = [label for label in actor.hidden if " " not in content_words(label)]
        assert [label for label in common if spot(label, cell=False).actors] == []


@settings(max_examples=200, deadline=None)
@given(st.text(), st.booleans())
def test_any_text_can_be_read(text, cell):
    found = spot(text, cell=cell)
    known = {actor.id for actor in actors()}
    assert set(found.actors) <= known
    assert len(set(found.actors)) == len(found.actors)
    assert spot(text, cell=cell) == found


LABELS = st.sampled_from([actor.label for actor in actors()])


@settings(max_examples=100, deadline=None)
@given(st.lists(LABELS, min_size=1, max_size=6))
def test_a_list_of_names_gives_those_actors(labels):
    by_label = {actor.label: actor.id for actor in actors()}
    expected = tuple(dict.fromkeys(by_label[label] for label in labels))
    assert spot(" ; ".join(labels)).actors == expected


def test_two_thousand_texts_take_well_under_a_second():
    pairs = zip(actors() * 6, actors()[7:] * 7, strict=False)
    texts = [f"{one.label}, {other.label} et l’an {n} pour l’étude des bilans" for n, (one, other) in enumerate(pairs)]
    texts = texts[:2000]
    spot("amorce")
    start = time.process_time()
    for text in texts:
        spot(text)
    assert len(texts) == 2000
    assert time.process_time() - start < 0.9


# -- the reports ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("start", "least", "most_unknown"), [("000", 50, 6), ("001", 70, 6), ("002", 25, 3), ("003", 40, 6), ("004", 40, 3)]
)
def test_the_reports_name_many_actors_and_few_unknown_acronyms(start, least, most_unknown):
    report = next(corpus_folder().glob(f"{start}_*.txt"), None)
    if report is None:
        pytest.skip("rapports sources absents (dossier du corpus ou LEVIERS_CORPUS)")
    found = [spot(line, cell=False) for line in report.read_text(encoding="utf-8").splitlines() if line.strip()]
    unknown = {word for each in found for word in each.unknown if not find_territory(word)}
    assert len({actor for each in found for actor in each.actors}) >= least
    assert len(unknown) <= most_unknown

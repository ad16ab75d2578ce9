"""Decisions: their form, what they make one, what they keep apart, how names stay, what contradicts itself."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.decisions import Decision, latest, read_decisions, write_decisions
from graph.reconcile import Reconciler
from ontology import ID, BadDecision, Kind, made_from_content

NAMES = [f"{n:012x}" for n in range(7)]
KEYS = st.sampled_from(NAMES)


def of_statements(verdicts: tuple[str, ...] = ("same", "close", "different")) -> st.SearchStrategy[Decision]:
    made = st.builds(Decision, st.just(Kind.ACTOR), KEYS, KEYS, st.sampled_from(verdicts), shipped=st.booleans())
    return made.filter(lambda decision: decision.a != decision.b)


OF_ACTORS = st.builds(
    Decision, st.just(Kind.ACTOR), KEYS, st.sampled_from(["erun", "ien", "dane"]), st.sampled_from(["is", "is not"]),
    shipped=st.booleans(),
)  # fmt: skip
DECISIONS = st.lists(of_statements() | OF_ACTORS, max_size=14)


def lever(a: int, b: int, verdict: str = "same", **more: object) -> Decision:
    return Decision(Kind.LEVER, NAMES[a], NAMES[b], verdict, **more)  # type: ignore[arg-type]


def iri(n: int) -> str:
    return f"{ID}lever/{NAMES[n]}"


@given(DECISIONS)
def test_the_last_word_about_a_pair_holds_or_is_reported(decisions: list[Decision]) -> None:
    reconciler = Reconciler(decisions)
    unfollowed = [contradiction.decision for contradiction in reconciler.contradictions]
    for decision in latest(decisions):
        joined = reconciler.canonical(decision.one) == reconciler.canonical(decision.other)
        if decision.joins:
            assert joined != (decision in unfollowed)
            assert reconciler.follows(decision) == joined
        else:
            assert not joined


@given(DECISIONS)
def test_a_contradiction_shows_the_whole_chain(decisions: list[Decision]) -> None:
    for decision, against, through in Reconciler(decisions).contradictions:
        assert all(one.joins for one in through)
        alone = Reconciler([against, *through])
        assert not alone.contradictions  # these agree; the one that was left out is what does not
        assert [told.decision for told in Reconciler([against, *through, decision]).contradictions] == [decision]


@given(DECISIONS)
def test_two_actors_of_the_vocabulary_are_never_one(decisions: list[Decision]) -> None:
    reconciler = Reconciler(decisions)
    for name in ("erun", "ien", "dane"):
        assert reconciler.canonical(f"{ID}actor/{name}") == f"{ID}actor/{name}"


@given(DECISIONS)
def test_an_identifier_only_ever_names_a_concept_that_says_its_wording(decisions: list[Decision]) -> None:
    reconciler = Reconciler(decisions)
    for decision in decisions:
        for end in decision.pair:
            name = reconciler.canonical(end)
            assert reconciler.canonical(name) == name
            assert name in reconciler.members(end)
            assert reconciler.members(end)[0] == name
            assert end in reconciler.members(end)


@given(DECISIONS)
def test_why_two_wordings_are_one_is_known(decisions: list[Decision]) -> None:
    reconciler = Reconciler(decisions)
    for end in {end for decision in decisions for end in decision.pair}:
        for other in reconciler.members(end):
            path = reconciler.why(end, other)
            assert all(reconciler.follows(one) for one in path)
            here = {end}
            for one in path:
                assert here & one.pair
                here = set(one.pair) - here
            assert other in here


@given(DECISIONS, of_statements(("same", "different")))
def test_one_more_decision_renames_nothing_but_what_leaves(decisions: list[Decision], more: Decision) -> None:
    before, after = Reconciler(decisions), Reconciler([*decisions, more])
    if before.contradictions or after.contradictions:
        return
    for end in {end for decision in decisions for end in decision.pair}:
        was, now = before.canonical(end), after.canonical(end)
        if was == now:
            continue
        if after.canonical(was) == now:  # merged: the other group has the older name
            assert was != now
            assert before.members(now)[0] == now
        else:  # left: its new name named nothing before but a redirection, and the old name stayed behind
            assert before.canonical(now) == was
            assert after.canonical(was) == was


@given(DECISIONS)
def test_what_is_written_is_read_again(decisions: list[Decision]) -> None:
    assert read_decisions(write_decisions(decisions), "d") == tuple(decisions)
    again = read_decisions(write_decisions(decisions, origin=True), "d")
    assert [one.shipped for one in again] == [one.shipped for one in decisions]


def test_the_last_line_about_a_pair_wins_and_the_older_name_stays() -> None:
    first, second = lever(0, 1), lever(1, 0, "different")
    assert Reconciler([first]).canonical(iri(1)) == iri(0)
    assert Reconciler([first, second]).canonical(iri(1)) == iri(1)
    assert Reconciler([first, lever(2, 1)]).canonical(iri(2)) == iri(0)


@given(DECISIONS, st.integers(0, 13))
def test_what_is_taken_back_was_never_said(decisions: list[Decision], at: int) -> None:
    if not decisions:
        return
    back = replace(decisions[at % len(decisions)], verdict="undecided")
    (again,) = read_decisions(write_decisions([back]), "d")
    assert again == back
    now, never = Reconciler([*decisions, back]), Reconciler([one for one in decisions if one.pair != back.pair])
    assert set(now.decisions) == set(never.decisions)
    ends = {end for one in decisions for end in (one.one, one.other)}
    apart = {frozenset((a, b)) for a in ends for b in ends if now.canonical(a) != now.canonical(b)}
    assert apart == {frozenset((a, b)) for a in ends for b in ends if never.canonical(a) != never.canonical(b)}


def test_a_shipped_verdict_can_be_taken_back_in_any_form() -> None:
    assert Reconciler([lever(0, 1, shipped=True), lever(1, 0, "undecided")]).judged() == set()
    text = """{"kind": "actor", "a": "erun", "b": "000000000001", "verdict": "undecided"}
{"kind": "actor", "a": "000000000001", "b": "000000000002", "verdict": "undecided"}"""
    assert [(one.a, one.b) for one in read_decisions(text, "d")] == [(NAMES[1], "erun"), (NAMES[1], NAMES[2])]
    with pytest.raises(BadDecision, match="pas un acteur du vocabulaire"):
        read_decisions(text.replace('"erun"', '"erum"'), "d")


def test_a_part_that_leaves_takes_a_name_of_its_own() -> None:
    group = [lever(0, 1), lever(1, 2), lever(2, 3)]
    parted = Reconciler([*group, lever(1, 2, "different")])
    assert [parted.canonical(iri(n)) for n in range(4)] == [iri(0), iri(0), iri(2), iri(2)]
    assert not parted.contradictions
    withdrawn = Reconciler([*group, lever(1, 2, "different"), lever(1, 2)])
    assert {withdrawn.canonical(iri(n)) for n in range(4)} == {iri(0)}


def test_different_blocks_a_merge_through_others() -> None:
    says = [lever(0, 1, file="f", line=1), lever(2, 3, file="f", line=2), lever(1, 2, file="f", line=3),
            lever(0, 3, "different", file="f", line=4)]  # fmt: skip
    reconciler = Reconciler(says)
    assert reconciler.canonical(iri(3)) != reconciler.canonical(iri(0))
    (told,) = reconciler.contradictions
    assert (told.decision.place, told.against.place) == ("f, ligne 3", "f, ligne 4")
    assert [one.place for one in told.through] == ["f, ligne 1", "f, ligne 2"]


def test_close_keeps_two_statements_two() -> None:
    reconciler = Reconciler([lever(0, 1), lever(1, 2), lever(0, 2, "close")])
    assert len(reconciler.contradictions) == 1
    assert [(one, other) for one, other, _ in reconciler.close()] == [(iri(0), iri(2))]
    assert reconciler.judged() == {frozenset((iri(0), iri(2)))}


def test_the_users_own_decisions_are_followed_first() -> None:
    says = [lever(0, 1, shipped=True), lever(0, 2, "different", shipped=True), lever(1, 2)]
    (told,) = Reconciler(says).contradictions
    assert told.decision == says[0]
    assert Reconciler([lever(0, 1, "different", shipped=True), lever(0, 1)]).canonical(iri(1)) == iri(0)


def actor(a: str, b: str, verdict: str) -> Decision:
    return Decision(Kind.ACTOR, a, b, verdict)


def test_an_actors_wording_is_one_actor_only() -> None:
    erun, ien = f"{ID}actor/erun", f"{ID}actor/ien"
    one, other, third = (f"{ID}actor/{name}" for name in NAMES[:3])
    says = [actor(NAMES[0], NAMES[1], "same"), actor(NAMES[1], "erun", "is"), actor(NAMES[2], "ien", "is")]
    reconciler = Reconciler(says)
    assert [reconciler.canonical(end) for end in (one, other, third)] == [erun, erun, ien]
    (told,) = Reconciler([*says, actor(NAMES[0], "ien", "is")]).contradictions
    assert (told.decision, told.against) == (actor(NAMES[0], "ien", "is"), says[1])
    (told,) = Reconciler([*says, actor(NAMES[0], NAMES[2], "same")]).contradictions
    assert told.against.verdict == "is"
    apart = Reconciler([*says, actor(NAMES[0], "erun", "is not")])
    assert apart.contradictions
    assert not made_from_content(erun)


def line(**parts: object) -> str:
    return json.dumps({"kind": "lever", "a": NAMES[0], "b": NAMES[1], "verdict": "same"} | parts)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("pas du json", "JSON"),
        ("[1]", "objet"),
        ("[" * 100_000, "JSON"),
        (line(kind="levier"), "kind « levier » inconnu ; écrivez l’un de irritant"),
        (line(kind=None), "kind"),
        (line(a="0"), "clés"),
        (line(a=None), "clés"),
        (line(a=["x"]), "clés"),
        (line(a=NAMES[1]), "la même clé"),
        (line(a=NAMES[1].upper(), b=f"id:lever/{NAMES[1]}"), "la même clé"),
        (line(a=f"id:irritant/{NAMES[3]}"), "autre nature"),
        (line(verdict="oui"), "verdict « oui » inconnu ; écrivez same, close, different"),
        (line(verdict="is"), "pour les acteurs"),
        (line(kind="actor", b="erun"), "is ou is not"),
        (line(kind="actor", b="erum", verdict="is"), "n’est pas un acteur du vocabulaire ; les plus proches : .*erun"),
        (line(kind="actor", a="dane", b="erun", verdict="is"), "12 chiffres"),
    ],
)
def test_a_broken_line_is_told_and_the_others_count(text: str, says: str) -> None:
    with pytest.raises(BadDecision, match=f"^fichier, ligne 2 : .*{says}"):
        read_decisions("\n" + text, "fichier")
    problems: list[str] = []
    found = read_decisions(f"{line()}\n{text}\n\n{line(verdict='close')}\n", "fichier", problems)
    assert [(one.verdict, one.line) for one in found] == [("same", 1), ("close", 4)]
    assert len(problems) == 1
    assert problems[0].startswith("fichier, ligne 2 : ")
    assert "\n" not in problems[0]


def test_identifiers_and_either_order_are_understood() -> None:
    said = [
        line(a=f"{ID}lever/{NAMES[0]}", b=f"id:lever/{NAMES[1]}", note="autre champ", text_a="…"),
        line(kind="actor", a="id:actor/erun", b=NAMES[1], verdict="is not"),
    ]
    one, other = read_decisions("\ufeff" + "\r\n".join(said), "f")
    assert (one.a, one.b) == (NAMES[0], NAMES[1])
    assert (other.a, other.b, other.verdict) == (NAMES[1], "erun", "is not")

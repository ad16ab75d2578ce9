"""Sentences of prose that say by their own words what they hold: "Les équipes regrettent que …", "Il est proposé de …".

The words stand in `told.toml`. A sentence that says it less plainly holds nothing here: it stays prose.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ingest.actors.scan import spot
from ingest.prose.implied import flat_of, implied, lead_of, may_say
from ingest.tables.run_on import sentences
from ingest.words.headers import Role
from ontology import Span, fold, singular

_LONGEST = 70  # words of a sentence that is looked at
_LONGEST_PASSAGE = 20_000  # characters of one paragraph
_SUBJECT = 9  # words, with what stands before a comma
_ADVERBS = (
    r"(?:aussi|egalement|surtout|notamment|encore|toutefois|cependant|tous|toutes|ensuite|enfin|donc"
    r"|unanimement|vivement|fortement|clairement|particulierement|massivement|regulierement|ensemble)"
)
_ADVERB = rf"(?:\s+{_ADVERBS})"
_ENDINGS = r"(?:e|es|ent|ons|ait|aient|erait|eraient|erions)"
# What actors offer to others is no proposal, what they ask of others no need.
_CLAIMS = re.compile(
    r"\s*(?:de\s+|d')(?:ne\s+pas\s+)?(?:s'|se\s+|l'|les?\s+|y\s+|en\s+)?\w{2,}(?:er|ir|re|oir)\b|\s*qu(?:e\b|')"
)
_OF_SOMEBODY = re.compile(r"\s*(?:a|aux)\s+(?!ce\s+qu|etre\b|avoir\b|pouvoir\b|disposer\b)")
_SUGGESTS = re.compile(r"\W*(?:et\s+)?(?:pourquoi ne pas|et si)\b")
# What should be done is a proposal, what should be had a need.
_WOULD = re.compile(r"faudrait|conviendrait")
_DOES = re.compile(
    rf"\s*(?:{_ADVERBS}\s+)?(?:de\s+|d')?(?!avoir|etre|disposer|pouvoir|beneficier|savoir|recevoir)"
    r"\w{2,}(?:er|ir|dre|tre|vre|ire)\b"
)
_THAT = re.compile(r"\s*(?:,[^,]{1,60},\s*)?qu(?:e\s+|')")
_CLAUSE = re.compile(r";\s*")
_LEAD = re.compile(r"[^,;:]{2,60},\s+")
_NOBODY = ("il ", "on ", "nous ")
_MARKS = ' *_"«\n\t-–—•>'
_COPULAS = ("est ", "sont ", "reste ", "restent ", "demeure ", "demeurent ", "etait ", "etaient ")
_QUOTES = ("«", "“", '"', "> «")
_MEETING = "meeting"
_FELT = {Role.IRRITANT, Role.STRENGTH}  # what only people feel, whoever they are
_DENIED = re.compile(r"\bn(?:e\s+|')")


@dataclass(frozen=True, slots=True)
class Told:
    """One sentence, or one clause of it, and what it is."""

    span: Span
    role: Role
    sure: bool = True


def told(text: str, span: Span, *, likely: bool = False) -> list[Told]:
    """What the sentences of a paragraph say for sure, in order; and what others are ``likely`` to."""
    if span.end - span.start > _LONGEST_PASSAGE:
        return []
    found: list[Told] = []
    led: Role | None = None
    said = sentences(text, span)
    for sentence, more in zip(said, [*said[1:], None], strict=True):
        clauses = _clauses(text, sentence, likely=likely)
        sure = any(one.sure for one in clauses)
        lead = lead_of(sentence.of(text)) if likely and more and not sure else None
        if lead:
            led = lead
        elif clauses:
            found += clauses
        elif led and may_say(flat_of(sentence.of(text))):
            found.append(Told(sentence, led, sure=False))
    return found


def _clauses(text: str, sentence: Span, *, likely: bool) -> list[Told]:
    """The clauses that semicolons part, where each says something by itself; else the sentence."""
    passage = sentence.of(text)
    marks = [match.span() for match in _CLAUSE.finditer(passage)]
    starts, ends = [0, *(end for _, end in marks)], [*(start for start, _ in marks), len(passage)]
    parts = [Span(sentence.start + one, sentence.start + other) for one, other in zip(starts, ends, strict=True)]
    for spans in (parts, [sentence]):
        roles = [_role(span.of(text)) for span in spans]
        if None not in roles:
            return [Told(span, role) for span, role in zip(spans, roles, strict=True) if role]
    role = _role(passage, likely=True) if likely else None
    return [Told(sentence, role, sure=False)] if role else []


def _role(passage: str, *, likely: bool = False) -> Role | None:
    flat = flat_of(passage)
    if flat.lstrip().startswith(_QUOTES):
        return None  # somebody's words, and no finding
    asks = flat.rstrip().endswith("?") and not _SUGGESTS.match(flat)
    if (
        len(flat.split()) > _LONGEST
        or asks
        or flat.rstrip().endswith(":")
        or any(_of_meeting(name).search(flat) for name in ("words", "votes"))
    ):
        return None
    if likely:
        return implied(flat, passage)
    return _impersonal(flat) or _by_somebody(passage, flat) or _whole(passage, flat)


def _impersonal(flat: str) -> Role | None:
    """What nobody in particular says: "Il est proposé de …"."""
    pattern, roles = _patterns()["impersonal"]
    lead = _LEAD.match(flat)
    match = (pattern.match(flat, lead.end()) if lead else None) or pattern.match(flat)
    if match is None:
        return None
    does = roles[_phrase(match)] is Role.NEED and _WOULD.search(match[0]) and _DOES.match(flat, match.end())
    return Role.LEVER if does else roles[_phrase(match)]


def _whole(passage: str, flat: str) -> Role | None:
    """What a sentence is by words in its midst: "Il manque un référent", "Le débit est trop faible"."""
    pattern, roles = _patterns()["whole"]
    for match in pattern.finditer(flat):
        before, role = flat[: match.start()], roles[_phrase(match)]
        if match[0].startswith(_NOBODY):
            if not _LEAD.sub("", before).strip(_MARKS):
                return role
            continue
        named = (
            match[0].startswith(_COPULAS)
            or match[0] in _anywhere()
            or role is Role.STRENGTH
            or _speaks(passage[: match.start()])
        )
        if named and not _DENIED.search(before) and len(before.split()) <= _SUBJECT:
            return role
    return None


def _by_somebody(passage: str, flat: str) -> Role | None:
    """What those who speak say: "Les équipes regrettent …", "Les parents signalent des pannes …"."""
    for name in ("verbs", "reporting"):
        pattern, roles = _patterns()[name]
        match = pattern.search(flat)
        if match is None or _DENIED.search(flat[: match.start()]):
            continue
        role, who = roles[_phrase(match)], _speaks(passage[: match.start()])
        if name == "reporting":
            if found := _reported(flat[match.end() :]) if who else None:
                return found
            continue
        if not who and not (role in _FELT and len(flat[: match.start()].split()) <= _SUBJECT):
            continue
        offered = role is Role.LEVER and who != _MEETING and not _CLAIMS.match(flat, match.end())
        asked = role is Role.NEED and _OF_SOMEBODY.match(flat, match.end())
        return None if offered or asked else role
    return None


def _reported(rest: str) -> Role | None:
    """What those who only report something report: a lack by its name, or a clause that tells one."""
    if that := _THAT.match(rest):
        found = [role for role, words in _cues().items() if words.search(rest, that.end())]
        return found[0] if len(found) == 1 else None
    return _first_noun(rest)


def _first_noun(rest: str) -> Role | None:
    words = [singular(word) for word in fold(rest).split()[:4]]
    word = next((word for word in words if word not in _who()["determiners"]), "")
    return next((Role(kind) for kind, nouns in _nouns().items() if word in nouns), None)


def _speaks(before: str) -> str:
    """Whether the words before a verb name those who say something: "meeting", "others", or "" where nobody does."""
    subject = before.rsplit(",", 1)[-1] if before.count(",") <= 1 else ""
    words, who = [singular(word) for word in fold(subject).split()], _who()
    while len(words) > 1 and words[-1] in who["before"]:
        words = words[:-1]
    if not words or len(words) > _SUBJECT:
        return ""
    if " ".join(words) in who["pronouns"]:
        return _MEETING
    bare = next((word for word in words if word not in who["determiners"] | who["counts"]), "")
    if not bare:
        return _MEETING if who["counts"] & set(words) else ""
    if bare in who["leading"]:
        return ""
    if bare in who["meeting"]:
        return _MEETING
    return "others" if bare in who["others"] or spot(subject.strip(), cell=False).actors else ""


def of_meeting(words: str) -> bool:
    """Whether a sentence only tells how the meeting went."""
    return bool(_of_meeting("votes").search(flat_of(words)))


def _phrase(match: re.Match[str]) -> str:
    """The phrase of the data file that a match stands for."""
    return next(name for name, said in match.groupdict().items() if said is not None)


# -- the data file -----------------------------------------------------------------------------------------------
@cache
def _data() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files("ingest.prose").joinpath("told.toml").read_text(encoding="utf-8"))


def _pattern_of(phrase: str) -> str:
    words = r"\s+".join(map(re.escape, flat_of(phrase).split())).replace(r"\*\s+", r"(?:\w+\s+)?")
    return re.sub(r"\\s\+de$", r"\\s+(?:de\\b|d'|du\\b|(?=des\\b))", words)


def _compiled(groups: dict[Role, list[str]], form: str) -> tuple[re.Pattern[str], dict[str, Role]]:
    made = {
        f"p{place}": (role, pattern)
        for place, (role, pattern) in enumerate(
            sorted(
                ((role, pattern) for role, patterns in groups.items() for pattern in patterns),
                key=lambda one: (-len(one[1]), one[1]),
            )
        )
    }
    inner = "|".join(f"(?P<{name}>{pattern})" for name, (_, pattern) in made.items())
    return re.compile(form.replace("{}", inner)), {name: role for name, (role, _) in made.items()}


@cache
def _patterns() -> dict[str, tuple[re.Pattern[str], dict[str, Role]]]:
    data = _data()
    helped = r"(?:(?:ont|a|avons|avaient|avait)\s+)?"
    verbs = {
        Role(kind): [helped + flat_of(stem) + _ENDINGS for stem in data["stems"].get(kind, [])]
        + [_pattern_of(phrase) for phrase in data["forms"].get(kind, [])]
        for kind in {**data["stems"], **data["forms"]}
    }
    by_role = {
        name: {Role(kind): [*map(_pattern_of, said)] for kind, said in data[name].items()}
        for name in ("impersonal", "whole")
    }
    for kind, said in data["anywhere"].items():
        by_role["whole"][Role(kind)] += map(_pattern_of, said)
    states = {
        Role(kind): [rf"(?:{'|'.join(map(str.strip, _COPULAS))})\s+(?:\w+\s+)?{flat_of(word)}\w*" for word in words]
        for kind, words in data["states"].items()
    }
    by_role["whole"] = {role: [*by_role["whole"].get(role, []), *states.get(role, [])] for role in by_role["whole"]}
    return {
        "verbs": _compiled(verbs, r"(?<!\w)(?:{})(?:(?<=')|(?!\w))" + _ADVERB + "{0,2}"),
        "impersonal": _compiled(by_role["impersonal"], r"\W*(?:{})(?:(?<=')|(?!\w))\s*"),
        "whole": _compiled(by_role["whole"], r"(?<!\w)(?:{})(?:(?<=')|(?!\w))"),
        "reporting": _compiled(
            {Role.IRRITANT: [*map(_pattern_of, data["reporting"]["verbs"])]},
            r"(?<!\w)(?:{})(?:(?<=')|(?!\w))" + _ADVERB + "{0,2}",
        ),
    }


@cache
def _who() -> dict[str, frozenset[str]]:
    return {
        name: frozenset(" ".join(map(singular, fold(word).split())) for word in words)
        for name, words in _data()["who"].items()
    }


@cache
def _nouns() -> dict[str, frozenset[str]]:
    return {
        kind: frozenset(singular(fold(word)) for word in words)
        for kind, words in _data()["reporting"].items()
        if kind != "verbs"
    }


@cache
def _anywhere() -> frozenset[str]:
    """Phrases that tell it whatever stands before them."""
    return frozenset(flat_of(phrase) for phrases in _data()["anywhere"].values() for phrase in phrases)


@cache
def _cues() -> dict[Role, re.Pattern[str]]:
    """Words of a reported clause that tell what it reports."""
    return {
        Role(kind): re.compile(r"(?<!\w)(?:" + "|".join(flat_of(word) + r"\w*" for word in words) + r")(?!\w)")
        for kind, words in _data()["clauses"].items()
    }


@cache
def _of_meeting(name: str) -> re.Pattern[str]:
    return re.compile(r"(?<!\w)(?:" + "|".join(map(_pattern_of, _data()["meeting"][name])) + r")(?!\w)")

"""The words around a name that tell whether it is one, folded and in the singular (articles as they are)."""

from __future__ import annotations

import re

INFINITIVE = re.compile(r"\w{3,}[ei]r")
# After these words a name begins.
OPENERS = frozenset({
    "ainsi", "ancien", "aupres", "autour", "autre", "avec", "certain", "chaque", "chez", "comme", "dont", "ensemble",
    "entre", "et", "futur", "notamment", "nouveau", "nouvelle", "ou", "par", "pour", "puis", "que", "sauf", "tous",
    "tout", "toute", "voire",
})  # fmt: skip
QUANTIFIERS = frozenset({"chaque", "ensemble", "plusieurs", "tous", "tout", "toute"})
DOERS = frozenset({"aupres", "avec", "entre", "par"})  # behind them somebody acts: "financé par la région"
# These have someone as their object: "associer la région", "demander à la commune".
ADDRESSED = frozenset({
    "alerter", "associer", "consulter", "contacter", "convaincre", "demander", "encourager", "impliquer", "inciter",
    "informer", "interpeller", "inviter", "mobiliser", "rencontrer", "reunir", "saisir", "sensibiliser", "solliciter",
})  # fmt: skip
ADVERBS = frozenset({"aussi", "davantage", "mieux", "plus"})
# "de" joins these to whoever gives them: "avec le soutien de la région".
BACKERS = frozenset({
    "accord", "aide", "appui", "charge", "competence", "concours", "engagement", "implication", "participation",
    "responsabilite", "soutien",
})  # fmt: skip
# As they are written, behind who does it: "la région finance", not "la commune mesure".
VERBS = frozenset({
    "achète", "achètent", "assure", "assurent", "devra", "devrait", "devraient", "doit", "doivent", "finance",
    "financent", "fournit", "fournissent", "met", "mettent", "paie", "paient", "peut", "peuvent", "pourrait",
    "pourraient", "prend", "prennent", "propose", "proposent", "souhaite", "souhaitent",
})  # fmt: skip
BEGINNERS = frozenset({",", "et", "mais", "ou", "que", "si"})  # before the subject of a verb; "," is any mark
ARTICLES = frozenset({"l", "la", "le", "les"})
ACTING = DOERS | ADDRESSED
CLASSES = frozenset({("association",), ("equipe",), ("fondation",)})  # "l’association Emmaüs Connect" names one actor
HEADS = frozenset({"directeur", "directrice", "ministere"})  # of what is said next, or else of a school
EXAMPLED = frozenset({("operateur",)})  # "les opérateurs (Orange)" names one actor
STRICT = frozenset({"poste"})  # names told from a common word by their capital, in a list too
OWNERS = frozenset({"sa", "son"})  # "le DAN et son équipe" names one actor
POSSESSIVES = frozenset({"leur", "leurs", "sa", "ses", "son"})
PLURALS = frozenset({"aux", "ces", "des", "les", "leurs", "nos", "vos"})

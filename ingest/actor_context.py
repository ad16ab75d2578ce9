"""The words around a name that tell whether it is one, folded and in the singular (articles as they are)."""

from __future__ import annotations

# After these words a name begins.
OPENERS = frozenset({
    "ainsi", "ancien", "aupres", "autour", "autre", "avec", "certain", "chaque", "chez", "comme", "dont", "ensemble",
    "entre", "et", "futur", "notamment", "nouveau", "nouvelle", "ou", "par", "pour", "puis", "que", "sauf", "tous",
    "tout", "toute", "voire",
})  # fmt: skip
QUANTIFIERS = frozenset({"chaque", "ensemble", "plusieurs", "tous", "tout", "toute"})
DOERS = frozenset({"aupres", "avec", "entre", "par"})  # behind them somebody acts: "financé par la région"
# These have someone as their object: "associer la région".
ADDRESSED = frozenset({"associer", "convaincre", "impliquer", "interpeller", "mobiliser", "saisir", "solliciter"})
CLASSES = frozenset({("association",), ("fondation",)})  # "l’association Emmaüs Connect" names one actor
HEADS = frozenset({"directeur", "directrice"})  # of what is said next, or else of a school
OWNERS = frozenset({"sa", "son"})  # "le DAN et son équipe" names one actor
PLURALS = frozenset({"aux", "ces", "des", "les", "leurs", "nos", "vos"})

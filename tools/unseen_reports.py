"""The invented reports of tests/unseen: those that weights were learnt from, and those that nothing was."""

from pathlib import Path

UNSEEN = Path(__file__).resolve().parent.parent / "tests" / "unseen"
WITNESSES = ("aside", "apart", "kept", "sealed", "witness", "shut")  # of these nothing is learnt
# Those that wording.json and anew.json were learnt from.
LEARNT = (
    "tuning", "frozen", "files", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth", "blocks",
)  # fmt: skip

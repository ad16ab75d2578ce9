"""What the service refuses: an HTTP status, a code for programs, one French line for people."""

from __future__ import annotations

from ontology.errors import LeviersError

FEDERATION = "SERVICE est désactivé ici : interrogez chaque service à part, puis croisez les réponses"
READ_ONLY = "ce service est en lecture seule : chargez des comptes rendus avec « leviers ingest »"


class Refusal(LeviersError):
    """An answer other than 200; its text says what to do."""

    def __init__(self, status: int, code: str, message: str, *headers: tuple[bytes, bytes]) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.headers = headers


def french(number: float) -> str:
    """A number as it is written in French.

    >>> french(1.5)
    '1,5'
    """
    return f"{number:.3g}".replace(".", ",")


def bad_request(message: str) -> Refusal:
    """The request does not follow the SPARQL 1.1 Protocol."""
    return Refusal(400, "bad-request", message)


def busy(seconds: float) -> Refusal:
    """No worker became free in time."""
    return Refusal(
        503,
        "busy",
        f"toutes les places sont prises depuis {french(seconds)} s : recommencez dans quelques secondes",
        (b"retry-after", b"5"),
    )


def too_long(seconds: float) -> Refusal:
    """The query was stopped at the time limit."""
    return Refusal(
        504,
        "timeout",
        f"la requête a dépassé {french(seconds)} s et a été arrêtée : précisez ses motifs ou ajoutez un LIMIT",
    )


def out_of_memory() -> Refusal:
    """The query was stopped at the memory limit."""
    return Refusal(
        507,
        "memory",
        "la requête demande trop de mémoire et a été arrêtée : précisez ses motifs ou triez moins de lignes",
    )


def too_large(size: int) -> Refusal:
    """The result is larger than the service sends."""
    return Refusal(
        413,
        "result-too-large",
        f"le résultat dépasse {french(size / (1 << 20))} Mio : ajoutez un LIMIT ou demandez moins de colonnes",
    )


def crashed() -> Refusal:
    """The query brought its worker down."""
    return Refusal(
        500,
        "crash",
        "la requête a fait tomber le moteur, qui a été relancé : simplifiez-la, elle imbrique trop de niveaux",
    )

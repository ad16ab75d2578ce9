"""Each server's own way of being started, over the versions that ``servers.toml`` names."""

from __future__ import annotations

import base64
import contextlib
import importlib.util
import json
import os
import secrets
import shutil
import sys
import tempfile
import tomllib
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tools.servers.java import Missing, find_java, jars
from tools.servers.process import Launch, free_port, started

if TYPE_CHECKING:
    from collections.abc import Iterator

CATALOGUE: dict[str, dict[str, Any]] = tomllib.loads(Path(__file__).with_name("servers.toml").read_text("utf-8"))
_INSTALL = "installez les outils de test (« pip install -e '.[servers]' »)"
_HEAP = f"-Xmx{os.environ.get('LEVIERS_SERVERS_HEAP', '1500m')}"
_OPENED = ("java.nio", "java.io", "sun.nio.ch", "java.util.concurrent")


@dataclass(frozen=True, slots=True)
class Server:
    """A server that runs.

    Attributes:
        address: without credentials.
        folder: its logs and data; goes when it stops.
        pid: of its process.
    """

    name: str
    title: str
    kind: str
    address: str
    user: str
    password: str
    folder: Path
    pid: int

    @property
    def url(self) -> str:
        """The address with its credentials, as --store takes it."""
        scheme, _, rest = self.address.partition("://")
        return f"{scheme}://{self.user}:{self.password}@{rest}" if self.user else self.address


@contextlib.contextmanager
def running(name: str, password: str = "") -> Iterator[Server]:
    """One of the servers of the catalogue while the block runs.

    Raises:
        Missing: this machine lacks what it needs.
        RuntimeError: it does not start; the text ends with its log.
    """
    makers = {"neo4j": _neo4j, "fuseki": _fuseki, "arcadedb": _arcadedb, "oxigraph": _oxigraph}
    title, kind = CATALOGUE[name]["title"], CATALOGUE[name]["kind"]
    password = password or secrets.token_hex(12)
    with tempfile.TemporaryDirectory(prefix=f"leviers-{name}-", ignore_cleanup_errors=True) as place:
        folder = Path(place)
        launch = makers[name.partition("-")[0]](name, folder, password)
        with started(launch, folder, title) as pid:
            yield Server(name, title, kind, launch.address, launch.user, password, folder, pid)


def _neo4j(name: str, folder: Path, password: str) -> Launch:
    entry = CATALOGUE[name]
    java = [str(find_java(*entry["java"])), _HEAP, "-Dio.netty.tryReflectionSetAccessible=true",
            *(f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in _OPENED),
            "-cp", f"{jars(name, entry['artifacts'])}/*"]  # fmt: skip
    bolt = free_port()
    settings = {
        "server.bolt.listen_address": f"127.0.0.1:{bolt}",
        "server.bolt.advertised_address": f"127.0.0.1:{bolt}",
        "server.http.listen_address": f"127.0.0.1:{free_port()}",
        "server.memory.pagecache.size": "256m",
        "dbms.usage_report.enabled": "false",
    }
    configuration = folder / "conf"
    configuration.mkdir()
    (configuration / "neo4j.conf").write_text("".join(f"{key}={value}\n" for key, value in settings.items()), "utf-8")
    return Launch(
        [*java, entry["main"], f"--home-dir={folder}", f"--config-dir={configuration}"],
        f"bolt://127.0.0.1:{bolt}",
        "neo4j",
        sign="Started.",
        log="logs/neo4j.log",
        environment={"NEO4J_HOME": str(folder), "NEO4J_CONF": str(configuration)},
        prepare=(
            [*java, "org.neo4j.server.startup.Neo4jAdminCommand", "dbms", "set-initial-password", password],
        ),
    )  # fmt: skip


def _fuseki(name: str, folder: Path, password: str) -> Launch:
    entry = CATALOGUE[name]
    java = str(find_java(*entry["java"]))
    jar = next(jars(name, entry["artifacts"]).glob("*.jar"))
    users = folder / "passwd"
    users.touch(mode=0o600)
    users.write_text(f"leviers: {password}\n", "utf-8")
    port = free_port()
    return Launch(
        [java, _HEAP, "-jar", str(jar), "--localhost", f"--port={port}", "--auth=basic", f"--passwd={users}", "--mem",
         "--update", "/ds"],
        f"http://127.0.0.1:{port}/ds",
        "leviers",
        ping=f"http://127.0.0.1:{port}/$/ping",
    )  # fmt: skip


def _arcadedb(name: str, folder: Path, password: str) -> Launch:
    place = _package(CATALOGUE[name]["package"])
    bolt, web = free_port(), free_port()
    settings = {
        "server.rootPath": folder,
        "server.rootPassword": password,
        "server.httpIncomingHost": "127.0.0.1",
        "server.httpIncomingPort": web,
        "server.plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
        "bolt.host": "127.0.0.1",
        "bolt.port": bolt,
        "bolt.defaultDatabase": "neo4j",
    }

    def create() -> None:
        # A Neo4j server has a database of this name from its first start.
        body = json.dumps({"command": "create database neo4j"}).encode()
        key = base64.b64encode(f"root:{password}".encode()).decode()
        address = f"http://127.0.0.1:{web}/api/v1/server"
        request = urllib.request.Request(address, body, {"Authorization": f"Basic {key}"})
        urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=30).close()

    return Launch(
        [str(place / "jre" / "bin" / "java"), "-Xmx512m", "--enable-native-access=ALL-UNNAMED",
         "--add-modules=jdk.incubator.vector", "-Dpolyglot.engine.WarnInterpreterOnly=false",
         *(f"-Darcadedb.{key}={value}" for key, value in settings.items()),
         "-cp", f"{place / 'jars'}/*", "com.arcadedb.server.ArcadeDBServer"],
        f"bolt://127.0.0.1:{bolt}",
        "root",
        sign="ArcadeDB Server started",
        ready=create,
    )  # fmt: skip


def _oxigraph(name: str, folder: Path, password: str) -> Launch:  # noqa: ARG001 - it knows no password
    beside = Path(sys.executable).with_name("oxigraph")
    command = str(beside) if beside.exists() else shutil.which("oxigraph")
    if command is None:
        raise Missing(f"commande oxigraph absente : {_INSTALL}")
    port = free_port()
    return Launch(
        [command, "serve", "--location", str(folder / "data"), "--bind", f"127.0.0.1:{port}"],
        f"http://127.0.0.1:{port}",
        user="",
        ping=f"http://127.0.0.1:{port}/query",
    )  # fmt: skip


def _package(name: str) -> Path:
    """The folder of an installed package, not imported."""
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise Missing(f"paquet {name.replace('_', '-')} absent : {_INSTALL}")
    return Path(spec.origin).parent

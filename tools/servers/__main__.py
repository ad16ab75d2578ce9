"""Servers from a terminal: for a while, or for one command.

python -m tools.servers neo4j-lts fuseki                    until Ctrl-C; shows each address with its password
python -m tools.servers neo4j fuseki -- pytest -m live      for that command, which finds them in its environment

LEVIERS_SERVERS_HEAP=4g gives those that run on Java more memory than the 1500m that tests need.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import subprocess
import sys
import threading

from tools.servers import CATALOGUE, Missing, Server, running

VARIABLES = {"bolt": "LEVIERS_TEST_NEO4J", "sparql": "LEVIERS_TEST_SPARQL"}


def main(arguments: list[str]) -> int:
    """Start what is asked for, run the command or wait, stop all; the command's exit code."""
    cut = arguments.index("--") if "--" in arguments else len(arguments)
    ours, command = arguments[:cut], arguments[cut + 1 :]
    parser = argparse.ArgumentParser(
        prog="python -m tools.servers", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("servers", nargs="+", choices=list(CATALOGUE), metavar="SERVER", help=", ".join(CATALOGUE))
    parser.add_argument("--password", default="", help="for all of them, at least 8 characters; a random one else")
    options = parser.parse_args(ours)
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    try:
        with contextlib.ExitStack() as stack:
            servers = [stack.enter_context(running(name, options.password)) for name in options.servers]
            if command:
                return subprocess.run(command, env=os.environ | environment(servers), check=False).returncode
            for server in servers:
                print(f"{server.title}: {VARIABLES[server.kind]}={server.url}  (log: {server.folder})", flush=True)
            stop.wait()
    except KeyboardInterrupt:
        return 0
    except Missing as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def environment(servers: list[Server]) -> dict[str, str]:
    """What tells tests where the servers are."""
    return {VARIABLES[server.kind]: server.url for server in servers}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""A throw-away PostgreSQL and broker for one run of the tests, shared by all of its workers.

Named with -p in pyproject.toml: Django's settings are read before any conftest.py. Where DATABASE_URL is
given, the servers named there are used instead.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from coordination.children import Child
from coordination.embedded import DATABASE, SUPERUSER, services
from coordination.statefolder import StateFolder

MARK = "JIANJING_THROWAWAY"


def _start() -> None:
    folder = Path(tempfile.mkdtemp(prefix="jj-", dir="/tmp"))  # sockets need a short path
    folder.chmod(0o711)
    state = StateFolder(folder)
    database, broker = services(state, durable=False)
    children: list[Child] = []
    atexit.register(_stop, os.getpid(), children, folder)
    database.initialise()
    for server in (broker, database):
        child = server.child()
        child.start()
        children.append(child)
        server.wait(child)
    database.make_database()
    password = database.password
    state.static.mkdir(exist_ok=True)
    os.environ.update(
        {
            MARK: str(folder),
            "STATE_FOLDER": str(folder),
            "DATABASE_URL": f"postgresql://{SUPERUSER}:{password}@/{DATABASE}?host={database.socket}",
            "REDIS_URL": f"unix://{broker.socket}",
            "SECRET_KEY": "only for one run of the tests, thrown away afterwards",
            "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
            "HTTPS": "0",
            "DEMO": "1",
            "STATIC_COLLECTED": "0",
            "DEBUG": "1",  # static files from where they stand; the tests themselves run without it
            "LOG_FORMAT": "plain",
        }
    )


def _stop(owner: int, children: list[Child], folder: Path) -> None:
    if os.getpid() == owner:
        for child in reversed(children):
            child.stop(patience=10)
        shutil.rmtree(folder, ignore_errors=True)


def _join(worker: str) -> None:
    """Give an xdist worker a state folder of its own: the chosen instant and the files of its tests are kept there."""
    folder = Path(os.environ["STATE_FOLDER"]) / worker
    folder.mkdir(exist_ok=True)
    StateFolder(folder).static.mkdir(exist_ok=True)
    os.environ["STATE_FOLDER"] = str(folder)


if "DATABASE_URL" not in os.environ:
    _start()
elif MARK in os.environ and "PYTEST_XDIST_WORKER" in os.environ:
    _join(os.environ["PYTEST_XDIST_WORKER"])

"""The embedded servers, with real processes: data survives a kill, root's server runs as another user."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
import redis

from coordination.children import Child, alive
from coordination.embedded import SUPERUSER, Broker, PostgreSQL, services
from coordination.statefolder import CannotRun, StateFolder


@pytest.fixture
def state() -> Iterator[StateFolder]:
    """A state folder whose path has a space in it."""
    folder = Path(tempfile.mkdtemp(prefix="jj ", dir="/tmp"))
    folder.chmod(0o711)
    state = StateFolder(folder / "state of affairs")
    yield state
    shutil.rmtree(state.sockets, ignore_errors=True)
    shutil.rmtree(folder)


@pytest.fixture
def started() -> Iterator[list[Child]]:
    """Children to be ended after the test."""
    children: list[Child] = []
    yield children
    for child in children:
        child.stop(patience=10)


def _start(server: PostgreSQL | Broker, started: list[Child]) -> Child:
    child = server.child()
    started.append(child)
    child.start()
    server.wait(child)
    return child


def _connect(database: PostgreSQL) -> psycopg.Connection:
    return psycopg.connect(
        host=str(database.socket), port=5432, user=SUPERUSER, password=database.password, dbname="jianjing"
    )


def test_database_killed_keeps_what_was_committed(state: StateFolder, started: list[Child]) -> None:
    database, _broker = services(state)
    assert database.initialise()
    child = _start(database, started)
    database.make_database()
    with _connect(database) as connection:
        connection.execute("CREATE TABLE kept (id uuid DEFAULT uuidv7(), words text)")
        connection.execute("INSERT INTO kept (words) VALUES ('立案')")
    connection.close()
    os.kill(child.pid, signal.SIGKILL)

    database.clear_after_crash()
    assert not database.initialise()
    _start(database, started)

    with closing(_connect(database)) as again:
        assert again.execute("SELECT words FROM kept").fetchall() == [("立案",)]


def test_database_is_closed_without_the_password(state: StateFolder, started: list[Child]) -> None:
    database, _broker = services(state, durable=False)
    database.initialise()
    _start(database, started)

    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(
            host=str(database.socket), port=5432, user=SUPERUSER, password="a guess", dbname="postgres"
        )


@pytest.mark.skipif(os.getuid() != 0, reason="only root must run the database as another user")
def test_database_of_root_runs_as_another_user(state: StateFolder, started: list[Child]) -> None:
    database, _broker = services(state, durable=False)
    database.initialise()

    child = _start(database, started)

    assert database.account is not None
    assert Path(f"/proc/{child.pid}").stat().st_uid == database.account.uid != 0


def test_broker_killed_keeps_its_messages(state: StateFolder, started: list[Child]) -> None:
    _database, broker = services(state)
    child = _start(broker, started)
    with redis.Redis(unix_socket_path=str(broker.socket)) as client:
        client.lpush("celery", "a message")
        time.sleep(1.5)  # the append-only file is flushed every second
    os.kill(child.pid, signal.SIGKILL)
    assert child.process is not None
    child.process.wait()

    _start(broker, started)

    with redis.Redis(unix_socket_path=str(broker.socket)) as client:
        assert client.lrange("celery", 0, -1) == [b"a message"]


def test_interrupted_creation_leaves_no_half_made_database(state: StateFolder, started: list[Child]) -> None:
    database, _broker = services(state, durable=False)
    half = database.data.with_name("data.new")
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")

    assert database.initialise()

    assert not half.exists()
    assert (database.data / "PG_VERSION").read_text() == "18\n"


def test_server_that_cannot_start_shows_its_log(state: StateFolder, started: list[Child]) -> None:
    database, _broker = services(state, durable=False)
    database.initialise()
    (database.data / "postgresql.conf").write_text("no such setting = here\n")
    child = database.child()
    started.append(child)
    child.start()

    with pytest.raises(CannotRun, match=r"embedded database did not start[\s\S]*syntax error"):
        database.wait(child, patience=20)


def test_sockets_of_a_long_path_are_short(tmp_path: Path) -> None:
    deep = StateFolder(tmp_path.joinpath(*["a long folder name"] * 8))

    assert len(os.fsencode(deep.database_socket / ".s.PGSQL.5432.lock")) <= 107


def test_sockets_folder_of_somebody_else_is_refused(state: StateFolder) -> None:
    state.make()
    state.sockets.symlink_to(state.path)
    try:
        with pytest.raises(CannotRun, match="belongs to somebody else"):
            services(state)
    finally:
        state.sockets.unlink()


def test_child_ends_with_its_whole_session(tmp_path: Path) -> None:
    child = Child("shell", ["/bin/sh", "-c", "sleep 60 & echo $!; wait"], tmp_path / "log")
    child.start()
    while not (tmp_path / "log").read_text().strip():
        time.sleep(0.02)
    grandchild = int((tmp_path / "log").read_text())

    child.stop(patience=5)

    deadline = time.monotonic() + 5
    while alive(grandchild) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert (child.ended, alive(grandchild)) == (True, False)


def test_secret_is_made_once_and_closed(state: StateFolder) -> None:
    first = state.secret("secret_key")

    assert state.secret("secret_key") == first
    assert (state.path / "secret_key").stat().st_mode & 0o777 == 0o600

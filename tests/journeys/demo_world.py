"""The demo world for tests: told once in a run through the verbs, then copied row by row; and what runs in it.

Telling takes a minute, copying a second. What is copied is what was told: every table but those that migrations fill.
"""

from __future__ import annotations

import fcntl
import os
import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection, transaction

from cases.models import Deadline
from supervision.demo import people, stories, telling
from tests.plugin.throwaway import MARK

NOT_TOLD = {"django_content_type", "auth_permission", "django_migrations", "django_session"}
_KEPT: dict[str, bytes] = {}
"""The rows of each table as COPY writes them, once this process has them."""


def tell() -> None:
    """Let the demo world stand as on its reference day, in the caller's transaction. The database is empty before."""
    if not _KEPT:
        with _shared() as file:
            if file is None or not file.exists():
                _KEPT.update(_told())
                if file is not None:
                    file.write_bytes(pickle.dumps(_KEPT))
            else:
                _KEPT.update(pickle.loads(file.read_bytes()))
    _copy(_KEPT)


def running(number: str, limit: str) -> Deadline:
    """The clock of a limit that runs in a case."""
    return Deadline.objects.get(case__number=number, limit=limit, stopped_at=None)


def _told() -> dict[str, bytes]:
    """Tell every story, read all rows, and take it back."""
    with transaction.atomic():
        people.load(hashed="!")
        telling.play(stories.all_scenes(), until=stories.REFERENCE)
        rows = _rows()
        transaction.set_rollback(True)
    return rows


def _rows() -> dict[str, bytes]:
    with connection.cursor() as cursor:
        found = {}
        for table in sorted({*connection.introspection.table_names(cursor)} - NOT_TOLD):
            with cursor.copy(f'COPY "{table}" TO STDOUT') as source:
                text = b"".join(bytes(block) for block in source)
            if text:
                found[table] = text
    return found


def _copy(rows: dict[str, bytes]) -> None:
    """Write the rows; references are checked when the transaction ends, numbers go on behind those that are there."""
    with transaction.atomic(), connection.cursor() as cursor:
        for table, text in rows.items():
            with cursor.copy(f'COPY "{table}" FROM STDIN') as target:
                target.write(text)
        for counted in connection.introspection.sequence_list():
            table, column = counted["table"], counted["column"]
            if table in rows:
                cursor.execute(
                    f"SELECT setval(pg_get_serial_sequence('\"{table}\"', '{column}'), max(\"{column}\"))"
                    f' FROM "{table}"'
                )


@contextmanager
def _shared() -> Iterator[Path | None]:
    """The file in which the workers of one run share the world, while nobody else reads or writes it."""
    if MARK not in os.environ:  # servers of somebody else: every process tells it once
        yield None
        return
    folder = Path(os.environ[MARK])
    with (folder / "told.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield folder / "told.rows"

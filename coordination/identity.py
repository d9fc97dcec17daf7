"""Primary keys: UUIDv7 made by the database, so that indexes stay in order and installations never collide."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar
from uuid import UUID

from django.db import connection, models
from django.db.models import Func


class UUIDv7(Func):
    """PostgreSQL 18's `uuidv7()` as a database default."""

    function = "uuidv7"
    arity = 0
    output_field = models.UUIDField()


Row = TypeVar("Row", bound="Identified")


class Identified(models.Model):
    """Abstract base: a UUIDv7 primary key made by the database on insert."""

    id = models.UUIDField(primary_key=True, db_default=UUIDv7(), editable=False)

    class Meta:
        abstract = True


def new_id() -> UUID:
    """Return a fresh UUIDv7, for a row whose key must be known before it is written."""
    return new_ids(1)[0]


def new_ids(count: int) -> list[UUID]:
    """Return fresh UUIDv7s in their order."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT uuidv7() FROM generate_series(1, %s)", [count])
        return [key for (key,) in cursor.fetchall()]


def insert_all(rows: Sequence[Row]) -> None:
    """Write new rows of one model, which learn their keys: in at most two statements, however many they are."""
    if len(rows) == 1:
        rows[0].save(force_insert=True)
    elif rows:
        for row, key in zip(rows, new_ids(len(rows)), strict=True):
            row.pk = key
        type(rows[0])._default_manager.bulk_create(rows)

"""Primary keys: UUIDv7 made by the database, so that indexes stay in order and installations never collide."""

from __future__ import annotations

from uuid import UUID

from django.db import connection, models
from django.db.models import Func


class UUIDv7(Func):
    """PostgreSQL 18's `uuidv7()` as a database default."""

    function = "uuidv7"
    arity = 0
    output_field = models.UUIDField()


class Identified(models.Model):
    """Abstract base: a UUIDv7 primary key made by the database on insert."""

    id = models.UUIDField(primary_key=True, db_default=UUIDv7(), editable=False)

    class Meta:
        abstract = True


def new_id() -> UUID:
    """Return a fresh UUIDv7, for a row whose key must be known before it is written."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT uuidv7()")
        key: UUID = cursor.fetchone()[0]
    return key

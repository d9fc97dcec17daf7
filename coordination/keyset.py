"""Pages by key: where a page ends is an instant and an id, carried in the address. Never an offset.

The API pages in `paging.py`; pages of the screens go by the instant they are sorted by.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet

FORMAT = "%Y%m%dT%H%M%S.%f"
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """The place of a row in a list sorted by an instant, then by id."""

    at: datetime
    id: UUID

    def __str__(self) -> str:
        return f"{self.at.astimezone(UTC).strftime(FORMAT)}-{self.id.hex}"


def parse(text: str) -> Key | None:
    """Read a key from an address; None for an empty or spoilt one, which is the first page."""
    at, _, key = text.partition("-")
    try:
        return Key(datetime.strptime(at, FORMAT).replace(tzinfo=UTC), UUID(key))
    except ValueError:
        return None


def after(rows: QuerySet[Row], key: Key | None, *, by: str) -> QuerySet[Row]:
    """Return the rows behind `key`, sorted by `by` and id; a leading "-" is the descending order.

    The plain bound on `by` stands beside the exact one so that an index on it is used as a range.
    """
    column, down = by.removeprefix("-"), by.startswith("-")
    rows = rows.order_by(by, "-pk" if down else "pk")
    if key is None:
        return rows
    near, far = ("lte", "lt") if down else ("gte", "gt")
    exact = Q(**{f"{column}__{far}": key.at}) | Q(**{f"pk__{far}": key.id})
    return rows.filter(Q(**{f"{column}__{near}": key.at}), exact)

"""The places, organs and people of the demo world, from `cast.toml`; loading twice changes nothing."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from django.contrib.auth.hashers import make_password
from django.db import transaction
from pypinyin import lazy_pinyin

from coordination.law.zone import ZONE
from coordination.models import Organisation, Posting, User

CAST = Path(__file__).with_name("cast.toml")
PASSWORD = "jianjing-demo-2026"  # noqa: S105 - the demo world's one password, printed at every start
SINCE = datetime(2025, 1, 1, tzinfo=ZONE)


@dataclass(frozen=True, slots=True)
class Person:
    """A person of the cast: login, name, role, and the code of the organ or unit where the role is held."""

    login: str
    name: str
    role: str
    at: str


@cache
def people() -> tuple[Person, ...]:
    """Everyone in the demo world, the named cast first."""
    return tuple(Person(**row) for row in tomllib.loads(CAST.read_text(encoding="utf-8"))["person"])


@transaction.atomic
def load(*, hashed: str | None = None) -> None:
    """Make the organs and people that are missing. `hashed` is a ready password hash (tests use a cheap one)."""
    organs: dict[str, Organisation] = {}
    for row in tomllib.loads(CAST.read_text(encoding="utf-8"))["organisation"]:
        parent = organs.get(row.pop("parent", ""))
        organs[row["code"]], _ = Organisation.objects.get_or_create(
            code=row["code"], defaults={**row, "parent": parent}
        )
    hashed = hashed or make_password(PASSWORD)
    for person in people():
        user, _ = User.objects.get_or_create(
            login=person.login,
            defaults={
                "name": person.name,
                "name_sort": " ".join(lazy_pinyin(person.name)),
                "password": hashed,
            },
        )
        Posting.objects.get_or_create(
            user=user,
            role=person.role,
            organisation=organs[person.at],
            ends_at=None,
            defaults={"starts_at": SINCE},
        )

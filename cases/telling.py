"""Saying it: messages about steps, and steps laid ready for the person who must take them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from cases import parties, scope
from cases.models import Draft, Proceeding
from coordination import inbox
from coordination.law import facts as law_facts


def note(code: str, row: Proceeding, step: str, **params: Any) -> inbox.Note:
    """A message about a step of a proceeding."""
    declared = row.declared.step(step)
    return inbox.Note(
        code=code, params={"step": {"en": declared.en, "zh": declared.zh}, "matter": matter(row), **params},
        link=f"/proceedings/{row.pk}/", case_id=row.case_id,
    )  # fmt: skip


def matter(row: Proceeding) -> dict[str, str]:
    """What the proceeding is about, in both languages: its procedure, its item, its case number and suspect."""
    about = "".join(
        f" {word}" for word in (row.case and row.case.number, row.suspect and row.suspect.name) if word
    )
    en, zh = (f": {row.about}", f"：{row.about}") if row.about else ("", "")
    return {"en": f"{row.declared.en}{en}{about}", "zh": f"{row.declared.zh}{zh}{about}"}


def prepare(
    row: Proceeding,
    step: str,
    *,
    cause: str,
    at: datetime,
    facts: Mapping[str, object] | None = None,
    level: int = 0,
) -> bool:
    """Lay a step ready for the role that takes it and tell its people; returns whether it was not there yet.

    `level` is the confidentiality of what caused it, where that is higher than the proceeding's.
    """
    declared = row.declared.step(step)
    if declared.named_by and scope.history(row, at).named(*declared.named_by):
        return False  # it waits for one person, who owns its clock and is told of it
    role = declared.roles(mirrored=scope.is_mirrored(row))[0]
    held = parties.of_proceeding(row)
    _draft, fresh = Draft.objects.get_or_create(
        proceeding=row, step=step, outcome="",
        defaults={
            "awaiting": Draft.Awaiting.TAKER, "role": role, "organisation": held.organ_of(role) or row.organisation,
            "prepared_by": None, "prepared_at": at, "cause": cause[:80],
            "facts": {name: law_facts.plain(value) for name, value in (facts or {}).items()},
            "confidentiality": max(row.confidentiality, level),
        },
    )  # fmt: skip
    if fresh:
        told = parties.people(role, held, at, level=max(row.confidentiality, level))
        inbox.post(told, note("draft.prepared", row, step), at=at)
    return fresh

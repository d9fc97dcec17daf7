"""Beginning a procedure: which organ runs it, who stands opposite, and whose clocks it shares."""

from __future__ import annotations

from datetime import datetime

from cases import confidentiality as levels
from cases import sides as sides_of
from cases.models import Case, Proceeding, Suspect
from coordination import audit
from coordination.errors import Refused
from coordination.identity import new_id
from coordination.law.history import Reason
from coordination.law.procedure import Process
from coordination.law.processes import all_processes
from coordination.models import Organisation, User


def open_proceeding(
    process: str,
    *,
    case: Case | None,
    suspect: Suspect | None,
    parent: Proceeding | None,
    actor: User | None,
    at: datetime,
    sides: tuple[Organisation, Organisation | None] | None = None,
    about: str = "",
    confidentiality: int = 0,
) -> Proceeding:
    """Begin a procedure. Its organ is that of the role which starts it; `sides` names both where either may.

    `about` is the entry of a list for which it is opened. It is as confidential as its case and what it opens from,
    and at least `confidentiality`.
    """
    declared = all_processes()[process]
    mine, other = sides or _sides(declared, case, suspect, parent, actor=actor, at=at)
    row = Proceeding(
        process=process, edition=declared.edition, area=declared.area, case=case,
        suspect=suspect if declared.subject == "suspect" or sides else None, parent=parent, organisation=mine,
        counterpart=other, opened_to_counterpart_at=at if declared.seen_by == "both" else None,
        state=declared.start.id, state_since=at, opened_at=at,
        confidentiality=max(levels.of(case, parent), confidentiality), jurisdiction=mine.jurisdiction,
        owner=actor if actor and not sides else None, about=about,
    )  # fmt: skip
    row.thread_id = parent.thread_id if parent and declared.thread == "inherit" else new_id()
    if declared.thread == "own" or parent is None:
        row.id = row.thread_id
    row.save(force_insert=True)
    audit.record(
        actor, "proceeding.opened", at=at, subject=audit.Subject("proceeding", row.pk, row.case_id, row.jurisdiction),
        organisation=mine, process=process,
    )  # fmt: skip
    return row


def _sides(
    declared: Process,
    case: Case | None,
    suspect: Suspect | None,
    parent: Proceeding | None,
    *,
    actor: User | None,
    at: datetime,
) -> sides_of.Sides:
    if case is not None:
        return sides_of.of_case(declared, case, suspect, actor=actor, at=at)
    if parent is not None:
        return sides_of.of_parent(declared, parent)
    if actor is None:
        raise Refused(
            Reason("party:missing", "a matter without a case needs its organs", "没有案件的事项须指明机关")
        )
    return sides_of.of_office(declared, actor=actor, at=at)

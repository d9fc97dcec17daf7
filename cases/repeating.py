"""A form that was sent twice: whether the same person has just done exactly this. Reads only; the verbs do not ask."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from cases.models import Case, Draft, Proceeding, Step
from coordination.law import facts as law_facts
from coordination.models import AuditEntry, User


def is_done(
    row: Proceeding, step: str, *, actor: User, facts: Mapping[str, object], since: int | None
) -> bool:
    """Whether the person took, or submitted, this step with these facts after seeing version `since`."""
    if since is None:
        return False
    said = _plain(facts)
    taken = Step.objects.filter(proceeding=row, name=step, actor=actor, sequence__gt=since)
    waiting = Draft.objects.filter(
        proceeding=row,
        step=step,
        prepared_by=actor,
        outcome=Draft.Outcome.OPEN,
        awaiting=Draft.Awaiting.APPROVER,
    )
    return any(one.facts == said for one in taken) or any(one.facts == said for one in waiting)


def begun(
    case: Case | None,
    process: str,
    step: str,
    *,
    actor: User,
    facts: Mapping[str, object],
    since: datetime | None,
) -> Proceeding | None:
    """The procedure that the person began with this step and these facts since the page was shown, if any."""
    if since is None:
        return None
    said = _plain(facts)
    taken = Step.objects.filter(
        case=case, proceeding__process=process, name=step, actor=actor, recorded_at__gte=since
    ).select_related("proceeding")
    waiting = Draft.objects.filter(
        proceeding__case=case,
        proceeding__process=process,
        step=step,
        prepared_by=actor,
        prepared_at__gte=since,
    ).select_related("proceeding")
    rows: list[Step | Draft] = [*taken, *waiting]
    return next((one.proceeding for one in rows if one.facts == said), None)


def was_recorded(actor: User, action: str, *, case: Case, since: datetime | None) -> set[str]:
    """The ids of what the person did under `action` in the case since the page was shown."""
    if since is None:
        return set()
    rows = AuditEntry.objects.filter(actor=actor, action=action, case_id=case.pk, at__gte=since)
    return {str(key) for key in rows.values_list("subject_id", flat=True)}


def _plain(facts: Mapping[str, object]) -> dict[str, object]:
    return {name: law_facts.plain(value) for name, value in facts.items()}

"""Possible findings: what the record shows by itself, for a prosecutor to take up or to dismiss with a reason.

Which traits point to which finding is law (`coordination.law.suggesting`). An entry of the log is read when it is made
or corrected, a clock when it runs out or stops late, and what is missing is looked for by the schedule. A suggestion
establishes nothing; one that no longer holds (a corrected entry, a period that was extended) is not shown.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from cases import confidentiality, listeners
from cases.logbook import activities
from cases.logbook.entries import circumstances
from cases.models import Activity, Deadline, Proceeding, Step
from coordination import audit, policy
from coordination.errors import Refused
from coordination.law import facts as law_facts
from coordination.law import suggesting
from coordination.law.history import Reason
from coordination.law.periods import period, span
from coordination.law.processes import all_processes
from coordination.law.suggesting import Missing, Pointer, Trait
from coordination.law.zone import ZONE
from coordination.models import User
from coordination.standing import Standing, standing
from supervision.models import Suggestion

LONGEST_REASON = 300


@listeners.on_entry
def entered(entry: Activity, at: datetime) -> None:
    """Read an entry of the log; a correction that says the same again moves the old suggestion, decided or not."""
    if not suggesting.reads(entry.kind):
        return
    known = _fields(entry)
    root = activities.versions(entry)[0] if entry.corrects_id else entry
    rows = [
        Suggestion(
            code=pointer.finding, fact=_fact(root, pointer, known), case=entry.case, suspect=entry.suspect,
            activity=entry, seen=_seen(pointer, known), suggested_at=at,
            confidentiality=confidentiality.of(entry.case, entry), jurisdiction=entry.jurisdiction,
        )
        for pointer in suggesting.in_entry(entry.kind, known)
    ]  # fmt: skip
    if rows:
        Suggestion.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=("fact", "code"), update_fields=("activity",)
        )


@listeners.on_overrun
def ran_out(clocks: Sequence[tuple[UUID, str]], at: datetime) -> None:
    """Note what clocks that ran out may show; a clock without a case shows nothing."""
    codes = suggesting.after_overrun()
    wanted = [key for key, limit in clocks if limit in codes]
    if not wanted:
        return
    rows = Deadline.objects.filter(pk__in=wanted, case__isnull=False).select_related("case")
    Suggestion.objects.bulk_create(
        [
            Suggestion(
                code=code, fact=f"clock:{row.pk}", case=row.case, suspect_id=row.suspect_id, deadline=row,
                suggested_at=at, confidentiality=confidentiality.of(row.case, row), jurisdiction=row.jurisdiction,
            )
            for row in rows for code in codes[row.limit]
        ],
        ignore_conflicts=True,
    )  # fmt: skip


def look(now: datetime) -> int:
    """Look for what is missing after its time, in matters that are open; returns how much was found."""
    found = [
        Suggestion(
            code=code, fact=f"missing:{step.pk}", case=step.case, suspect=step.proceeding.suspect, step=step,
            suggested_at=now, confidentiality=confidentiality.of(step.case, step), jurisdiction=step.jurisdiction,
        )
        for code, gone in suggesting.missing() for step in _without(code, gone, now)
    ]  # fmt: skip
    Suggestion.objects.bulk_create(found, ignore_conflicts=True)
    return len(found)


def undecided(user: User, who: Standing, *, now: datetime) -> QuerySet[Suggestion]:
    """Return what waits for the person's decision: nothing for whoever may not decide on findings."""
    if not policy.may(who, "finding.decide"):
        return Suggestion.objects.none()
    return holding(policy.visible(user, Suggestion, now=now, who=who), now).filter(
        decision=Suggestion.Decision.OPEN
    )


def holding(rows: QuerySet[Suggestion], now: datetime) -> QuerySet[Suggestion]:
    """Keep what still holds: the entry was not corrected to say otherwise, the clock ran out, beyond both bounds."""
    late = Q(code__in=suggesting.only_while_running(), deadline__stopped_at__isnull=False)
    ended = Coalesce("deadline__outer_at", "deadline__fires_at")
    ran = Q(ended__lte=now) & (Q(deadline__stopped_at__isnull=True) | Q(deadline__stopped_at__gt=F("ended")))
    return rows.annotate(ended=ended).filter(
        Q(activity__isnull=True) | Q(activity__corrected_by__isnull=True),
        Q(deadline__isnull=True) | ran & ~late,
    )


@transaction.atomic
def dismiss(actor: User, row: Suggestion, reason: str, *, at: datetime) -> None:
    """Put on record why a possible finding is none; it is not suggested again for the same fact.

    Raises Refused without a reason, for a person who may not decide on findings, and where it is decided already.
    """
    if not policy.may(standing(actor, at), "finding.decide"):
        raise Refused(Reason("role", "reserved to prosecutors", "只能由检察官办理"))
    reason = reason.strip()
    if not 0 < len(reason) <= LONGEST_REASON:
        raise Refused(Reason("field:reason", "say why, in at most 300 characters", "请说明理由，最多300字"))
    changed = Suggestion.objects.filter(pk=row.pk, decision=Suggestion.Decision.OPEN).update(
        decision=Suggestion.Decision.DISMISSED, reason=reason, decided_at=at, decided_by=actor
    )
    if not changed:
        raise Refused(Reason("suggestion:decided", "this was decided already", "该项已经处理"))
    audit.record(
        actor, "suggestion.dismissed", at=at, organisation=row.case.procuratorate,
        subject=audit.Subject("suggestion", row.pk, row.case_id, row.jurisdiction), code=row.code, reason=reason,
    )  # fmt: skip


def give_back(lead: Proceeding, *, all_but: Activity) -> None:
    """A lead about one entry leaves what was seen in others undecided."""
    Suggestion.objects.filter(matter=lead, activity__isnull=False).exclude(activity=all_but).update(
        decision=Suggestion.Decision.OPEN, matter=None, decided_at=None, decided_by=None
    )


def _taken_up(step: Step, at: datetime) -> None:
    """A step that names findings takes up what was suggested of them in the case, for its person if it has one."""
    matter, codes = step.proceeding, [str(code) for code in step.facts.get("findings", ())]
    rows = Suggestion.objects.filter(case=step.case_id, code__in=codes, decision=Suggestion.Decision.OPEN)
    if matter.suspect_id is not None:
        rows = rows.filter(Q(suspect__isnull=True) | Q(suspect=matter.suspect_id))
    rows.update(decision=Suggestion.Decision.TAKEN_UP, matter=matter, decided_at=at, decided_by=step.actor)


def _listen() -> None:
    for process in all_processes().values():
        for step in process.steps:
            if any(fact.name == "findings" for fact in step.facts):
                listeners.on(process.id, step.id)(_taken_up)


_listen()


def _fields(entry: Activity) -> dict[str, object]:
    """The fields of an entry, and what is known around it, by the names of the rules."""
    written = activities.entry_of(entry)
    return {
        **written.fields,
        "officers": [officer.name for officer in written.officers],
        "case.is_major": entry.case.is_major,
        "suspect.is_minor": "suspect_is_minor" in circumstances(written),
        "suspect.gender": entry.suspect.gender if entry.suspect else None,
    }


def _seen(pointer: Pointer, known: Mapping[str, object]) -> list[list[Any]]:
    return [[name, law_facts.plain(known.get(name))] for name in pointer.fields]


def _fact(root: Activity, pointer: Pointer, known: Mapping[str, object]) -> str:
    """What was seen, as a key: the entry in whatever version, and the values that were read."""
    text = json.dumps(_seen(pointer, known), ensure_ascii=False, sort_keys=True)
    return f"entry:{root.pk}:{hashlib.sha256(text.encode()).hexdigest()[:32]}"


def _without(code: str, gone: Missing, now: datetime) -> Iterator[Step]:
    """The steps of open matters whose days are over, the last one included, and after which the entry is not there."""
    process, _dot, name = gone.step.partition(".")
    days = period(gone.within)
    today = datetime.combine(now.astimezone(ZONE).date(), time(), ZONE)
    steps = (
        Step.objects.filter(
            *_said(gone.when), proceeding__process=process, proceeding__closed_at__isnull=True, name=name,
            case__isnull=False, proceeding__suspect__isnull=False, occurred_at__lt=today - span(days),
        )
        .exclude(Exists(Suggestion.objects.filter(step=OuterRef("pk"), code=code)))
        .select_related("case", "proceeding__suspect")
        .order_by("occurred_at", "id")
    )  # fmt: skip
    for step in steps:
        last = days.last_day(step.occurred_at.astimezone(ZONE).date())
        entries = Activity.objects.filter(
            kind=gone.entry, suspect=step.proceeding.suspect, corrected_by__isnull=True
        )
        stated = [text for text in entries.values_list(f"facts__{gone.at}", flat=True) if text]
        if not any(datetime.fromisoformat(text).astimezone(ZONE).date() <= last for text in stated):
            yield step


def _said(traits: Iterable[Trait]) -> list[Q]:
    return [Q(**{f"facts__{trait.field}__in": list(trait.values)}) for trait in traits]

"""The investigation log: `log` writes an entry once and lets it do all it stands for, `correct` writes a new version.

An entry takes the steps it is the log of (`logged_steps`), records its events and so turns the clocks, in one
transaction: a limit that cannot be computed refuses the whole entry. Rows are never changed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from cases import happening, listeners, turning
from cases.logbook import entry_events, entry_fields, logged_steps
from cases.logbook.correcting import recount
from cases.logbook.entries import RESTRICTED, Entry, faults, is_late, kind_of
from cases.models import Activity, Case, Deadline, Draft, Step
from cases.turning import NOTHING, Turned
from coordination import audit, policy
from coordination.errors import Conflict, Refused, Version
from coordination.law import facts as law_facts
from coordination.law.history import Reason
from coordination.law.kinds import ActivityKind
from coordination.models import User
from coordination.standing import standing


@dataclass(frozen=True, slots=True)
class Logged:
    """What an entry did: the row, the steps it took, what it submitted for approval, and the clocks it turned.

    `is_new` is false where the same entry was already there, and nothing was done.
    """

    activity: Activity
    steps: tuple[Step, ...] = ()
    submitted: tuple[Draft, ...] = ()
    turned: Turned = NOTHING
    is_new: bool = True

    @property
    def started(self) -> tuple[Deadline, ...]:
        """The clocks that began to run."""
        return self.turned.started

    @property
    def stopped(self) -> tuple[Deadline, ...]:
        """The clocks that stopped."""
        return self.turned.stopped


@transaction.atomic
def log(actor: User, entry: Entry, *, at: datetime) -> Logged:
    """Write down an activity; `at` is the instant of recording.

    Raises Refused with every fault of the entry, each at its field, and with every reason of a step that the law
    refuses; nothing is written then. The same entry made twice is there once.
    """
    kind = kind_of(entry.kind)
    Case.objects.select_for_update().get(pk=entry.case.pk)
    entry = _checked(actor, entry, kind, at)
    before = turning.of_case(entry.case)
    same = _same(entry)
    if same is not None:
        return Logged(same, is_new=False)
    row = _write(actor, entry, kind, at)
    outcome = logged_steps.take(actor, entry, kind, row, at=at)
    events = [event for event in entry_events.told(entry, kind) if event[0] not in outcome.events]
    entry_events.happen(actor, entry, kind, events, activity=row, at=at)
    happening.stop_what_is_done(turning.since(before).started)
    _record(actor, "activity.logged", row, entry, at)
    listeners.tell_entry(row, at)
    return Logged(row, outcome.taken, outcome.submitted, turning.since(before))


@transaction.atomic
def correct(actor: User, activity: Activity, entry: Entry, *, reason: str, at: datetime) -> Logged:
    """Write a new version of an entry; the old one stays, and clocks anchored in it are anchored anew.

    Only the newest version can be corrected (Conflict otherwise), with a reason; case, kind and suspect stay, and a
    correction says when and how, not whether: the steps the entry took stand.
    """
    Case.objects.select_for_update().get(pk=entry.case.pk)
    _newest(activity)
    kind = kind_of(entry.kind)
    told = _correction_faults(actor, activity, entry, reason, at)
    try:
        entry = _checked(actor, entry, kind, at)
    except Refused as refused:
        raise Refused(*told, *refused.reasons) from None
    if told:
        raise Refused(*told)
    before = turning.of_case(entry.case)
    row = _write(actor, entry, kind, at, corrects=activity, reason=reason.strip())
    fresh = recount(activity, row, entry, kind, at=at)
    entry_events.happen(actor, entry, kind, fresh, activity=row, at=at)
    happening.stop_what_is_done(turning.since(before).started)
    _record(actor, "activity.corrected", row, entry, at)
    listeners.tell_entry(row, at)
    return Logged(row, turned=turning.since(before))


def entry_of(activity: Activity) -> Entry:
    """The entry as it was written down, its fields in their types: what a correction or a repetition begins with."""
    kind = kind_of(activity.kind)
    known = {spec.name for spec in kind.fields}
    raw = {name: value for name, value in activity.facts.items() if name in known}
    return Entry(
        case=activity.case, kind=activity.kind, started_at=activity.started_at, ended_at=activity.ended_at,
        officers=tuple(activity.officers.order_by("login")), unit=activity.unit, suspect=activity.suspect,
        place_kind=activity.place_kind, place_detail=activity.place_detail, facts=entry_fields.read(kind, raw),
        remark=activity.remark, late_reason=activity.late_reason,
    )  # fmt: skip


def versions(activity: Activity) -> tuple[Activity, ...]:
    """All versions of an entry, the oldest first."""
    first = activity
    while first.corrects is not None:
        first = first.corrects
    found = [first]
    while (
        later := Activity.objects.filter(corrects=found[-1]).select_related("recorded_by").first()
    ) is not None:
        found.append(later)
    return tuple(found)


def _checked(actor: User, entry: Entry, kind: ActivityKind, at: datetime) -> Entry:
    """The entry with its fields in their types; raises Refused with everything that stands against it."""
    unread: tuple[Reason, ...] = ()
    try:
        entry = replace(entry, facts=entry_fields.read(kind, entry.facts))
    except Refused as refused:
        unread = refused.reasons
        bad = {reason.code.removeprefix("field:") for reason in unread}
        entry = replace(entry, facts={name: raw for name, raw in entry.facts.items() if name not in bad})
        entry = replace(entry, facts=entry_fields.read(kind, entry.facts))
    marked = {reason.code for reason in unread}
    found = [
        *unread,
        *(r for r in faults(actor, entry, kind, at=at) if r.code == "role" or r.code not in marked),
    ]
    if found:
        raise Refused(*found)
    return entry


def _write(
    actor: User,
    entry: Entry,
    kind: ActivityKind,
    at: datetime,
    *,
    corrects: Activity | None = None,
    reason: str = "",
) -> Activity:
    row = Activity.objects.create(
        case=entry.case, suspect=entry.suspect, kind=entry.kind, started_at=entry.started_at, ended_at=entry.ended_at,
        recorded_at=at, recorded_by=actor, unit=entry.unit, place_kind=entry.place_kind,
        place_detail=entry.place_detail, facts={name: law_facts.plain(value) for name, value in entry.facts.items()},
        remark=entry.remark, late_reason=entry.late_reason.strip() if is_late(entry, at) else "", corrects=corrects,
        correction_reason=reason, confidentiality=max(RESTRICTED.get(kind.code, 0), entry.case.confidentiality),
        jurisdiction=entry.case.jurisdiction,
    )  # fmt: skip
    row.officers.set(entry.officers)
    if entry.case.police_id in standing(actor, at).organs:
        policy.find(actor, Activity, row.pk, now=at)
    return row


def _same(entry: Entry) -> Activity | None:
    """The same entry, already on the log: a form sent twice is one entry."""
    plain = {name: law_facts.plain(value) for name, value in entry.facts.items()}
    rows = Activity.objects.filter(
        case=entry.case, suspect=entry.suspect, kind=entry.kind, started_at=entry.started_at, ended_at=entry.ended_at,
        unit=entry.unit, place_kind=entry.place_kind, place_detail=entry.place_detail, remark=entry.remark, facts=plain,
    ).order_by("recorded_at", "id")  # fmt: skip
    officers = {officer.pk for officer in entry.officers}
    return next((row for row in rows if {officer.pk for officer in row.officers.all()} == officers), None)


def _newest(activity: Activity) -> None:
    chain = versions(activity)
    if chain[-1].pk == activity.pk:
        return
    place = next(number for number, row in enumerate(chain, start=1) if row.pk == activity.pk)
    last = chain[-1]
    raise Conflict(
        Version(place, activity.kind, "", activity.recorded_by.name),
        Version(len(chain), last.kind, "", last.recorded_by.name),
    )


def _correction_faults(
    actor: User, activity: Activity, entry: Entry, reason: str, at: datetime
) -> list[Reason]:
    found = []
    if not policy.may(standing(actor, at), "activity.correct"):
        found.append(Reason("role", "reserved to those who keep the log", "只能由录入人员更正"))
    if not reason.strip():
        found.append(Reason("field:correction_reason", "a correction has a reason", "更正应当说明理由"))
    elif len(reason) > 200:
        found.append(Reason("field:correction_reason", "at most 200 characters", "最多200字"))
    for name, same, en, zh in (
        ("kind", entry.kind == activity.kind, "kind", "类别"),
        ("case", entry.case.pk == activity.case_id, "case", "案件"),
        (
            "suspect",
            (entry.suspect.pk if entry.suspect else None) == activity.suspect_id,
            "suspect",
            "犯罪嫌疑人",
        ),
    ):
        if not same:
            words = f"the {en} of an entry stays; make a new entry instead"
            found.append(Reason(f"field:{name}", words, f"{zh}不能更正，请另行录入"))
    return found


def _record(actor: User, action: str, row: Activity, entry: Entry, at: datetime) -> None:
    audit.record(
        actor, action, at=at, subject=audit.Subject("activity", row.pk, row.case_id, row.jurisdiction),
        organisation=entry.unit.organ, kind=row.kind, late=bool(row.late_reason), corrects=str(row.corrects_id or ""),
    )  # fmt: skip

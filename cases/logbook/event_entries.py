"""Plain entries of events: a limit that nothing else starts is started, stopped and corrected here, with a document.

The events go through the same code as those of steps and of the log (`happening`, `clocks`). Who may enter which event
follows from the organ that answers for the limit (decision 0019). Rows are never changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from cases import applying, clocks, extending, following, happening, parties, scope, steps, turning
from cases.logbook import correcting
from cases.logbook.entries import EARLIEST
from cases.models import Case, Deadline, EventEntry, Occurrence, Proceeding, Suspect
from cases.parties import Parties
from cases.turning import Turned
from coordination import audit, policy
from coordination.errors import Conflict, Refused, Version
from coordination.law import entered
from coordination.law.history import DESIGN, Reason
from coordination.law.limit import Limit, Stage
from coordination.law.procedure import Start
from coordination.law.roles import ORGANS, ROLES
from coordination.law.rulebook import rulebook
from coordination.law.zone import ZONE
from coordination.models import Organisation, User
from coordination.standing import Standing, standing

ENTER = {
    "police": ("investigator", "police_legal"),
    "procuratorate": ("prosecutor", "case_manager"),
    "superior_procuratorate": ("superior_prosecutor",),
    "superior_police": ("superior_police",),
    "detention_house": ("custody_officer",),
}
"""Who enters events for an organ."""
STANDS_FOR = {
    "both": ("police", "procuratorate"),
    "case_handling_organ": ("police",),
    "deciding_organ": ("procuratorate",),
}
LONGEST = {"document_kind": 120, "document_number": 80, "remark": 200}
STATED = "stated_on"


@dataclass(frozen=True, slots=True)
class Wanted:
    """An event as it is entered. `limit` is what it starts, "" where it acts on a limit that runs.

    With a `stage` the limit runs already, and that stage of it was granted on paper; `value` is the length chosen.
    """

    case: Case
    event: str
    at: datetime
    document_kind: str
    document_number: str
    limit: str = ""
    suspect: Suspect | None = None
    stated_on: date | None = None
    remark: str = ""
    stage: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Recorded:
    """The entry and the clocks it turned; `is_new` is false where the same entry was already there."""

    entry: EventEntry
    turned: Turned
    is_new: bool = True


@transaction.atomic
def record(actor: User, wanted: Wanted, *, at: datetime) -> Recorded:
    """Write an event down and let it act on the clocks; the same entry sent twice is there once.

    Raises Refused with every reason against it, or where a clock cannot be computed.
    """
    Case.objects.select_for_update().get(pk=wanted.case.pk)
    who = standing(actor, at)
    reasons = tuple(_faults(who, wanted, at))
    if reasons:
        raise Refused(*reasons)
    before = turning.of_case(wanted.case)
    same = _same(wanted)
    if same is not None:
        return Recorded(same, turning.NOTHING, is_new=False)
    row = _write(actor, who, wanted, at)
    _happen(actor, row, at)
    turned = turning.since(before)
    if wanted.limit and not wanted.stage and not turned.started:
        raise Refused(_nothing_began(rulebook().limit(wanted.limit)))
    happening.stop_what_is_done(turned.started)
    _audit(actor, "event.entered", row, at)
    return Recorded(row, turning.since(before))


@transaction.atomic
def correct(actor: User, entry: EventEntry, wanted: Wanted, *, reason: str, at: datetime) -> Recorded:
    """Write a new version: another instant or document. What hung on the old one follows; the old one stays.

    Only the newest version, with a reason (Conflict, Refused); case, person, event and limit stay.
    """
    Case.objects.select_for_update().get(pk=wanted.case.pk)
    _newest(entry)
    who = standing(actor, at)
    reasons = (*_faults(who, wanted, at, corrects=entry), *_correction_faults(entry, wanted, reason))
    if reasons:
        raise Refused(*reasons)
    before = turning.of_case(wanted.case)
    row = _write(actor, who, wanted, at, corrects=entry, reason=reason.strip())
    for old in Occurrence.objects.filter(entry=entry):
        fresh = Occurrence.objects.create(
            event=old.event, at=wanted.at, recorded_at=at, case=old.case, suspect=old.suspect,
            proceeding=old.proceeding, thread_id=old.thread_id, entry=row, wound=old.wound,
            jurisdiction=old.jurisdiction,
        )  # fmt: skip
        if wanted.stated_on != entry.stated_on:
            Deadline.objects.filter(anchor=old).update(stated_on=wanted.stated_on)
        correcting.hang(old, fresh, at=at)
    _turn(row, at)
    if row.stage and entered.extending_event(row.limit) == entered.EXTENDED_ON_PAPER:
        extending.check_on_paper(row)
        extending.extend_on_paper(row, at=at)
    _audit(actor, "event.corrected", row, at)
    return Recorded(row, turning.since(before))


def versions(entry: EventEntry) -> tuple[EventEntry, ...]:
    """All versions of an entry, the oldest first."""
    first = entry
    while first.corrects is not None:
        first = first.corrects
    found = [first]
    while (
        later := EventEntry.objects.filter(corrects=found[-1]).select_related("recorded_by").first()
    ) is not None:
        found.append(later)
    return tuple(found)


def startable(case: Case, who: Standing) -> tuple[Limit, ...]:
    """The limits that the person may start in the case by an entry."""
    held = parties.of_case(case)
    return tuple(limit for limit in entered.startable() if _may_enter(who, held, limit))


def acting(case: Case, who: Standing) -> tuple[tuple[Deadline, tuple[str, ...]], ...]:
    """The running clocks that the person may act on by an entry, each with the events that do."""
    held = parties.of_case(case)
    rows = Deadline.objects.filter(case=case, stopped_at__isnull=True).select_related("suspect")
    found = []
    for row in rows.order_by("due_at", "pk"):
        events = entered.acting(row.rule)
        if events and _may_enter(who, held, row.rule):
            found.append((row, events))
    return tuple(found)


def extendable(case: Case, who: Standing) -> tuple[tuple[Deadline, tuple[Stage, ...]], ...]:
    """The running clocks to which the person may enter an extension on paper, each with the stages left."""
    held = parties.of_case(case)
    rows = Deadline.objects.filter(case=case, stopped_at__isnull=True).select_related("suspect")
    found = []
    for row in rows.prefetch_related(extending.STANDING_GRANTS).order_by("due_at", "pk"):
        stages = extending.grantable(row.rule, row.extensions.all())
        if stages and _may_enter(who, held, row.rule):
            found.append((row, stages))
    return tuple(found)


def _may_enter(who: Standing, held: Parties, limit: Limit) -> bool:
    return policy.may(who, "event.enter") and bool(_fitting(who, held, limit))


def _fitting(who: Standing, held: Parties, limit: Limit) -> list[str]:
    """The roles held in this matter in which the person may enter an event of the limit."""
    allowed = {role for organ in _organs(limit) for role in ENTER[organ]}
    return sorted(steps.actor_standing(who, held).roles & allowed)


def _organs(limit: Limit) -> tuple[str, ...]:
    """The organs that enter the events of a limit: that which answers for it; for an outsider, whoever is owed."""
    kinds = STANDS_FOR.get(limit.responsible, (limit.responsible,))
    if all(kind in ENTER for kind in kinds):
        return kinds
    owed = limit.counterparty or ""
    return (owed,) if owed in ENTER else ("police", "procuratorate")


def _faults(
    who: Standing, wanted: Wanted, at: datetime, *, corrects: EventEntry | None = None
) -> Iterator[Reason]:
    limits, wrong = _limits(wanted, is_correction=corrects is not None)
    yield from wrong
    held = parties.of_case(wanted.case, wanted.suspect)
    if limits and not any(_may_enter(who, held, limit) for limit in limits):
        yield _not_for(limits[0])
    elif not policy.may(who, "event.enter"):
        yield Reason("role", "reserved to those who keep the record", "只能由办案人员录入")
    yield from _time_faults(wanted, at, is_ahead=any(limit.direction == "before" for limit in limits))
    if wanted.suspect is not None and wanted.suspect.case_id != wanted.case.pk:
        yield Reason("field:suspect", "the suspect is not of this case", "该人员不是本案犯罪嫌疑人")
    yield from _document_faults(wanted)
    whole = Proceeding.objects.filter(case=wanted.case, process="case").order_by("opened_at").first()
    if whole is not None and whole.closed_at is not None:
        yield Reason("closed", "the record is closed and can only be read", "记录已办结，只能查阅")


def _limits(wanted: Wanted, *, is_correction: bool) -> tuple[list[Limit], list[Reason]]:
    """The limits that the entry is about, and what stands against the event or the limit."""
    event = rulebook().events.get(wanted.event)
    if event is None:
        return [], [
            Reason("field:event", f"no event is called “{wanted.event}”", f"没有“{wanted.event}”这一事件")
        ]
    if wanted.event == entered.EXTENDED_ON_PAPER:
        return extending.paper_faults(wanted.limit, wanted.stage, wanted.value)
    if wanted.stage:
        return [], [Reason("field:stage", "this event grants no extension", "该事件不是延长期限的决定")]
    if wanted.limit:
        return _started(wanted.limit, wanted.event)
    running = Deadline.objects.filter(case=wanted.case)
    rows = running if is_correction else running.filter(stopped_at__isnull=True)
    limits = [row.rule for row in rows if wanted.event in entered.acting(row.rule)]
    if limits:
        return limits, []
    en = f"“{event.en}” acts on no running time limit that an entry may turn"
    return [], [Reason("field:event", en, f"没有可以由“{event.zh}”停止或者变更的期限在计算")]


def _started(name: str, event: str) -> tuple[list[Limit], list[Reason]]:
    limit = rulebook().limits.get(name)
    if limit is None:
        return [], [Reason("field:limit", f"there is no limit “{name}”", f"没有“{name}”这一期限")]
    if not entered.is_startable(limit):
        en = f"“{limit.en}” is not started by an entry: a step or an activity starts it, or it does not run"
        zh = f"“{limit.zh}”不由录入启动：由相应步骤或者活动启动，或者未启用"
        return [limit], [Reason("field:limit", en, zh, limit.sources)]
    if event not in entered.triggers(limit):
        title = rulebook().event(event)
        en = f"“{title.en}” does not start “{limit.en}”"
        return [limit], [Reason("field:event", en, f"“{title.zh}”不启动“{limit.zh}”", limit.sources)]
    return [limit], []


def _not_for(limit: Limit) -> Reason:
    roles = [role for organ in _organs(limit) for role in ENTER[organ]]
    en, zh = ("; ".join(ROLES[role].en for role in roles), "、".join(ROLES[role].zh for role in roles))
    owed = [ORGANS[organ] for organ in _organs(limit)]
    said = f"“{limit.en}” is answered for by {' and '.join(one[0] for one in owed)}: reserved to {en}"
    return Reason(
        "role", said, f"“{limit.zh}”由{'和'.join(one[1] for one in owed)}负责：只能由{zh}录入", limit.sources
    )


def _time_faults(wanted: Wanted, at: datetime, *, is_ahead: bool) -> Iterator[Reason]:
    if wanted.at.utcoffset() is None:
        yield Reason("field:at", "the instant needs a time zone", "时间缺少时区")
        return
    if wanted.at > at and not is_ahead:
        yield Reason("field:at", "the event lies in the future", "时间晚于当前时间")
    elif wanted.at < EARLIEST:
        yield Reason("field:at", "the instant cannot be right", "时间有误")
    if wanted.stated_on is not None and wanted.stated_on < wanted.at.astimezone(ZONE).date():
        yield Reason(
            "field:stated_on", "the stated day lies before the event", "载明的届满日早于事件发生之日"
        )


def _document_faults(wanted: Wanted) -> Iterator[Reason]:
    for name, en, zh in (
        ("document_kind", "the kind of the document is missing", "缺少文书名称"),
        ("document_number", "the number of the document is missing", "缺少文书文号"),
    ):
        if not getattr(wanted, name).strip():
            yield Reason(f"field:{name}", en, zh)
    for name, most in LONGEST.items():
        if len(getattr(wanted, name)) > most:
            yield Reason(f"field:{name}", f"at most {most} characters", f"最多{most}字")


def _correction_faults(entry: EventEntry, wanted: Wanted, reason: str) -> Iterator[Reason]:
    if not reason.strip():
        yield Reason("field:correction_reason", "a correction has a reason", "更正应当说明理由")
    elif len(reason) > LONGEST["remark"]:
        yield Reason("field:correction_reason", "at most 200 characters", "最多200字")
    person = wanted.suspect.pk if wanted.suspect else None
    same = [entry.case_id, entry.event, entry.limit, entry.suspect_id]
    kept: list[object] = [wanted.case.pk, wanted.event, wanted.limit, person]
    if entered.extending_event(entry.limit) != entered.EXTENDED_ON_PAPER:  # a step granted it: steps stay
        same, kept = [*same, entry.stage, entry.value], [*kept, wanted.stage, wanted.value]
    if same != kept:
        en = "case, person, event and limit of an entry stay; make a new entry instead"
        yield Reason("correct:entry", en, "案件、人员、事件和期限不能更正，请另行录入", (DESIGN,))


def _nothing_began(limit: Limit) -> Reason:
    if limit.needs_stated:
        en, zh = "the text gives no number: state the last day", "法律未规定日数，应当载明届满日"
        return Reason("field:stated_on", f"“{limit.en}”: {en}", f"“{limit.zh}”：{zh}", limit.sources)
    en, zh = "it runs already from this event at this instant", "已自该事件起算"
    return Reason("field:at", f"“{limit.en}”: {en}", f"“{limit.zh}”{zh}", limit.sources)


def _same(wanted: Wanted) -> EventEntry | None:
    """The same entry, already there: a form sent twice is one entry."""
    return EventEntry.objects.filter(
        case=wanted.case, suspect=wanted.suspect, event=wanted.event, limit=wanted.limit, at=wanted.at,
        stated_on=wanted.stated_on, document_kind=wanted.document_kind.strip(), stage=wanted.stage, value=wanted.value,
        document_number=wanted.document_number.strip(), corrected_by__isnull=True,
    ).first()  # fmt: skip


def _write(
    actor: User,
    who: Standing,
    wanted: Wanted,
    at: datetime,
    *,
    corrects: EventEntry | None = None,
    reason: str = "",
) -> EventEntry:
    return EventEntry.objects.create(
        case=wanted.case, suspect=wanted.suspect, event=wanted.event, limit=wanted.limit, at=wanted.at,
        stated_on=wanted.stated_on, document_kind=wanted.document_kind.strip(), stage=wanted.stage, value=wanted.value,
        document_number=wanted.document_number.strip(), remark=wanted.remark.strip(),
        organisation=_organ(who, wanted), recorded_by=actor, recorded_at=at, corrects=corrects,
        correction_reason=reason, jurisdiction=wanted.case.jurisdiction,
    )  # fmt: skip


def _organ(who: Standing, wanted: Wanted) -> Organisation:
    held = parties.of_case(wanted.case, wanted.suspect)
    role = min(steps.actor_standing(who, held).roles & policy.MAY["event.enter"])
    organ = held.organ_of(role)
    return organ if organ is not None else wanted.case.police


def _happen(actor: User, row: EventEntry, at: datetime) -> None:
    """Record the event, wind what it starts, let it act on what runs, and take what follows elsewhere."""
    where = scope.of_activity(row.case, row.suspect)
    starts = [Start(row.limit, stated_by=STATED)] if row.limit and not row.stage else []
    if row.stage:
        extending.check_on_paper(row)
    event = entered.extending_event(row.limit) if row.stage else row.event
    happened = happening.happen(
        where, [(event, row.at)], starts, step=None, activity=None, entry=row,
        facts={STATED: row.stated_on}, at=at, proceeding=scope.carrier(row.case, row.suspect),
    )  # fmt: skip
    known = {"stage": row.stage} if row.stage else {}
    following.follow(where, happened, actor=actor, at=at, apply=applying.apply, known=known)
    if row.stage and not extending.is_granted(row):
        extending.extend_on_paper(row, at=at)


def _turn(row: EventEntry, at: datetime) -> None:
    """Derive anew the running clocks that the event suspends, resumes or restarts."""
    for clock in scope.running(scope.of_activity(row.case, row.suspect)):
        rule = clock.rule
        if row.event in (*rule.suspends_on, *rule.resumes_on, *rule.resets_on):
            clocks.rewind_one(clock, at=at)


def _newest(entry: EventEntry) -> None:
    chain = versions(entry)
    if chain[-1].pk == entry.pk:
        return
    place = next(number for number, row in enumerate(chain, start=1) if row.pk == entry.pk)
    raise Conflict(
        Version(place, entry.event, "", chain[place - 1].recorded_by.name),
        Version(len(chain), entry.event, "", chain[-1].recorded_by.name),
    )


def _audit(actor: User, action: str, row: EventEntry, at: datetime) -> None:
    audit.record(
        actor, action, at=at, subject=audit.Subject("event_entry", row.pk, row.case_id, row.jurisdiction),
        organisation=row.organisation, event=row.event, limit=row.limit, document=row.document_number,
        corrects=str(row.corrects_id or ""),
    )  # fmt: skip

"""The case page: where the case stands, who is in custody until when, what may be done now, what may not and why.

In a fixed number of queries however many suspects and procedures the case has. The timeline is in `timeline`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from cases.models import Case, Charge, Deadline, Draft, Proceeding, Suspect
from cases.queries import custody_bar, pasts, reading
from cases.queries.beginnings import Beginning, beginnings
from cases.queries.custody_bar import InForce
from cases.queries.reading import Ahead, DeadlineLine, NextStep
from coordination import audit, policy
from coordination.law.clock import Because
from coordination.law.grammar import Choice, Reason
from coordination.law.procedure import Process, State
from coordination.law.procedure import Step as DeclaredStep
from coordination.law.roles import ROLES, Role
from coordination.models import AuditEntry, Share, User
from coordination.reader import language
from coordination.standing import Standing

WHOLE, CUSTODY = "case", "custody"
"""Begun when the case or a suspect is registered, never by hand."""
READERS = 20
"""So many reads across organs are shown, the latest first."""
LANES = 6
"""So many suspects in custody are drawn at once; the others unfold."""


@dataclass(frozen=True, slots=True)
class Lane:
    """One suspect: the measure in force and, in custody, where in the lawful period it stands."""

    suspect: Suspect
    charges: tuple[str, ...]
    custody: Proceeding
    measure: State
    in_force: InForce | None


@dataclass(frozen=True, slots=True)
class OpenDeadline:
    """A running clock of the case, why it ends then, and what may be done about it."""

    line: DeadlineLine
    because: tuple[Because, ...]
    matter: Process
    suspect: str
    responsible: str
    organ: str
    ahead: Ahead


@dataclass(frozen=True, slots=True)
class Refused:
    """A step that cannot be taken now, with every reason."""

    step: DeclaredStep
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Matter:
    """An open procedure and what the person can do in it; `reserved` are the steps of other roles.

    `urgent` are those of the possible steps that are laid ready, and the first that a running clock waits for.
    """

    proceeding: Proceeding
    urgent: tuple[NextStep, ...]
    possible: tuple[NextStep, ...]
    refused: tuple[Refused, ...]
    reserved: tuple[Refused, ...]


@dataclass(frozen=True, slots=True)
class Laid:
    """A draft that waits for a person, with its step and the role it waits for."""

    draft: Draft
    step: DeclaredStep
    role: Role


@dataclass(frozen=True, slots=True)
class CasePage:
    """Everything on the page but the timeline. `is_whole`: more than the header is open to the person."""

    case: Case
    stage: State | None
    held: tuple[Lane, ...]
    held_more: tuple[Lane, ...]
    free: tuple[Lane, ...]
    deadlines: tuple[OpenDeadline, ...]
    matters: tuple[Matter, ...]
    drafts: tuple[Laid, ...]
    shares: tuple[Share, ...]
    beginnings: tuple[Beginning, ...]
    readers: tuple[AuditEntry, ...]
    is_own: bool
    is_whole: bool

    @property
    def suspects(self) -> tuple[Lane, ...]:
        """Every suspect, those in custody first."""
        return self.held + self.held_more + self.free

    @property
    def pressing(self) -> tuple[Matter, ...]:
        """The procedures in which something waits for the person."""
        return tuple(matter for matter in self.matters if matter.urgent)

    @property
    def able(self) -> tuple[Matter, ...]:
        """The procedures in which the person can do something else."""
        return tuple(matter for matter in self.matters if matter.possible)

    @property
    def barred(self) -> tuple[Matter, ...]:
        """Those in which a step of the person's own role cannot be taken yet."""
        return tuple(matter for matter in self.matters if matter.refused)

    @property
    def reserved(self) -> tuple[Matter, ...]:
        """Those in which steps are reserved to other roles."""
        return tuple(matter for matter in self.matters if matter.reserved)


def case_page(user: User, who: Standing, case: Case, *, now: datetime) -> CasePage:
    """Return what the person sees of the case at `now`."""
    seen = policy.visible(user, Proceeding, now=now, who=who).filter(case=case)
    proceedings = list(seen.select_related(*pasts.MATTER).order_by("opened_at", "pk"))
    running = [row for row in proceedings if row.closed_at is None]
    offered = pasts.choices(who, running, now=now)
    laid = [] if not running else list(
        policy.visible(user, Draft, now=now, who=who)
        .filter(proceeding__in=running, outcome=Draft.Outcome.OPEN)
        .select_related("prepared_by", "proceeding").order_by("prepared_at", "pk")
    )  # fmt: skip
    whole = next((row for row in proceedings if row.process == WHOLE), None)
    held, free = _lanes(user, who, case, proceedings, now)
    deadlines = _deadlines(user, who, case, running, offered, laid, now)
    waited_for = {(step.url, step.step.id) for one in deadlines for step in one.ahead.steps[:1]}
    is_own = bool(who.organs & {case.police_id, case.procuratorate_id})
    return CasePage(
        case=case,
        stage=whole.declared_state if whole else None,
        held=tuple(held[:LANES]),
        held_more=tuple(held[LANES:]),
        free=tuple(free),
        deadlines=tuple(deadlines),
        matters=tuple(_matter(row, offered[row.pk], laid, waited_for) for row in running),
        drafts=tuple(Laid(one, one.proceeding.declared.step(one.step), ROLES[one.role]) for one in laid),
        shares=tuple(_shares(who, case, proceedings, is_own=is_own, now=now)),
        beginnings=tuple(one for one in beginnings(who) if one.needs_a_case) if is_own else (),
        readers=tuple(audit.readers(case.pk, most=READERS))
        if is_own and policy.may(who, "audit.read")
        else (),
        is_own=is_own,
        is_whole=is_own
        or policy.visible(user, Case, now=now, who=who, full=True).filter(pk=case.pk).exists(),
    )


def _lanes(
    user: User, who: Standing, case: Case, proceedings: Sequence[Proceeding], now: datetime
) -> tuple[list[Lane], list[Lane]]:
    """The suspects whose record of measures the person may see; who is held, the first to expire first."""
    records = {row.suspect_id: row for row in proceedings if row.process == CUSTODY}
    suspects = policy.visible(user, Suspect, now=now, who=who).filter(
        case=case, pk__in=[key for key in records if key]
    )
    rows = policy.visible(user, Deadline, now=now, who=who).filter(case=case)
    clocks = custody_bar.by_suspect(custody_bar.clocks(rows))
    charges: dict[UUID | None, list[str]] = {}
    named = policy.visible(user, Charge, now=now, who=who).filter(case=case, suspect__in=records)
    for charge in named.order_by("charged_on", "pk"):
        charges.setdefault(charge.suspect_id, []).append(charge.name)
    held: list[Lane] = []
    free: list[Lane] = []
    for suspect in suspects.select_related("held_at").order_by("position", "pk"):
        record = records[suspect.pk]
        known = clocks.get(suspect.pk, [])
        force = custody_bar.in_force(known, lang=language(), now=now)
        is_held = custody_bar.is_held(record)
        lane = Lane(
            suspect,
            tuple(charges.get(suspect.pk, ())),
            record,
            record.declared_state,
            force if is_held else None,
        )
        (held if is_held else free).append(lane)
    held.sort(key=lambda lane: lane.in_force.bar.expires_at if lane.in_force else now)
    return held, free


def _deadlines(
    user: User,
    who: Standing,
    case: Case,
    matters: Sequence[Proceeding],
    offered: dict[UUID, tuple[Choice, ...]],
    laid: Sequence[Draft],
    now: datetime,
) -> list[OpenDeadline]:
    rows = policy.visible(user, Deadline, now=now, who=who).filter(case=case, stopped_at__isnull=True)
    found = list(rows.select_related("proceeding", "suspect", "responsible").order_by("due_at", "pk"))
    ahead = reading.ahead(found, matters, offered, laid)
    lang = language()
    return [
        OpenDeadline(
            line=reading.line(row, now=now), because=reading.because(row), matter=row.proceeding.declared,
            suspect=row.suspect.name if row.suspect else "", responsible=row.responsible.name(lang),
            organ=row.responsible.kind, ahead=ahead[row.pk],
        )
        for row in found
    ]  # fmt: skip


def _matter(
    row: Proceeding, offered: Sequence[Choice], laid: Sequence[Draft], waited_for: set[tuple[str, str]]
) -> Matter:
    """Sort the choices: possible, refused for what stands in the record, and reserved to other roles."""
    refused = [Refused(choice.step, choice.reasons) for choice in offered if not choice.possible]
    submitted = {
        draft.step
        for draft in laid
        if draft.proceeding_id == row.pk and draft.awaiting == Draft.Awaiting.APPROVER
    }
    possible = [
        reading.next_step(row, choice.step, laid)
        for choice in offered
        if choice.possible and choice.step.id not in submitted
    ]
    urgent = [step for step in possible if step.is_prepared or (step.url, step.step.id) in waited_for]
    return Matter(
        proceeding=row,
        urgent=tuple(urgent),
        possible=tuple(step for step in possible if step not in urgent),
        refused=tuple(one for one in refused if not _is_reserved(one)),
        reserved=tuple(one for one in refused if _is_reserved(one)),
    )


def _is_reserved(refused: Refused) -> bool:
    return any(reason.code == "role" for reason in refused.reasons)


def _shares(
    who: Standing, case: Case, proceedings: Sequence[Proceeding], *, is_own: bool, now: datetime
) -> list[Share]:
    """Who else can see the case, and why; an organ that sees it through a share sees its own shares only."""
    about = Q(subject_kind=Share.Subject.CASE, subject_id=case.pk) | Q(
        subject_kind=Share.Subject.PROCEEDING, subject_id__in=[row.pk for row in proceedings]
    )
    rows = Share.objects.filter(about, Q(until__isnull=True) | Q(until__gt=now), revoked_at__isnull=True)
    if not is_own:
        rows = rows.filter(organisation__in=who.organs)
    return list(rows.select_related("organisation").order_by("granted_at", "pk"))

"""What the page of a proceeding shows: where it stands, the way it took, what comes next, what if nobody answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext

from cases import ladder
from cases.ladder import Alarm
from cases.models import Deadline, Document, Draft, Proceeding, Step
from cases.pages import step as step_page
from cases.queries import pasts, reading
from cases.queries.reading import DeadlineLine
from cases.status import Status
from coordination import policy
from coordination.components import ChoiceShown, Link, ReviewRow
from coordination.drawings.state_diagram import Diagram, state_diagram
from coordination.law.catalogue import catalogue
from coordination.law.clock import Because
from coordination.law.grammar import Choice
from coordination.law.procedure import Process, State
from coordination.law.roles import ROLES
from coordination.models import User
from coordination.reader import language, listed
from coordination.standing import Standing


@dataclass(frozen=True, slots=True)
class StepTaken:
    """One step: what, by whom, when, with which facts, and the entry of the log that took it."""

    title: str
    at: datetime
    recorded_at: datetime
    actor: str
    role: str
    organ: str
    approved_by: str
    state: State
    facts: tuple[ReviewRow, ...]
    log_url: str


@dataclass(frozen=True, slots=True)
class RungShown:
    """One date ahead: what happens then, who is told, what is laid ready."""

    at: datetime
    title: str
    told: str
    prepared: str
    is_past: bool


@dataclass(frozen=True, slots=True)
class Clock:
    """A deadline with why it ends when it does and what happens on the way.

    `possible` are the findings that the missed end may show, for prosecutors only: nothing is established by a clock.
    """

    line: DeadlineLine
    because: tuple[Because, ...]
    rungs: tuple[RungShown, ...]
    responsible: str
    responsible_kind: str
    possible: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PaperShown:
    """A paper with its marks."""

    title: str
    document: Document
    url: str


@dataclass(frozen=True, slots=True)
class DraftShown:
    """A step laid ready or submitted."""

    title: str
    draft: Draft
    url: str


@dataclass(frozen=True, slots=True)
class ProceedingShown:
    """Everything on the page of a proceeding."""

    row: Proceeding
    process: Process
    state: State
    remark: str
    crumbs: tuple[Link, ...]
    diagram: Diagram
    steps: tuple[StepTaken, ...]
    clocks: tuple[Clock, ...]
    ended: tuple[DeadlineLine, ...]
    choices: tuple[ChoiceShown, ...]
    refused: tuple[ChoiceShown, ...]
    of_others: tuple[ChoiceShown, ...]
    papers: tuple[PaperShown, ...]
    drafts: tuple[DraftShown, ...]
    parent: Link | None
    children: tuple[Link, ...]


def shown(row: Proceeding, *, user: User, who: Standing, now: datetime) -> ProceedingShown:
    """The proceeding as the person may see it at `now`."""
    lang = language()
    seen = policy.visible(user, Step, now=now, who=who).filter(proceeding=row)
    taken = list(seen.select_related("actor", "approved_by", "organisation").order_by("sequence"))
    own = list(
        policy.visible(user, Draft, now=now, who=who).filter(
            proceeding=row, outcome="", organisation__in=who.organs
        )
    )
    offered = pasts.choices(who, [row], now=now)[row.pk]
    possible, refused, others = _choices(row, offered, own)
    names = step_page.names_of([value for step in taken for value in step.facts.values()], row.case)
    clocks = list(
        policy.visible(user, Deadline, now=now, who=who)
        .filter(proceeding=row)
        .select_related("proceeding", "responsible")
        .order_by("due_at", "id")
    )
    return ProceedingShown(
        row=row, process=row.declared, state=row.declared_state, remark=row.declared_state.remark(lang),
        crumbs=crumbs(row),
        diagram=state_diagram(
            row.declared, lang, here=row.state, passed=[(step.from_state, step.to_state) for step in taken]
        ),
        steps=tuple(_step(step, row, names) for step in reversed(taken)),
        clocks=tuple(_clock(one, who, now) for one in clocks if one.stopped_at is None),
        ended=tuple(reading.line(one, now=now) for one in clocks if one.stopped_at is not None),
        choices=possible, refused=refused, of_others=others,
        papers=tuple(_papers(policy.visible(user, Document, now=now, who=who).filter(proceeding=row))),
        drafts=tuple(_draft(draft, row, lang) for draft in own),
        parent=_parent(row, user, who, now), children=_children(row, user, who, now),
    )  # fmt: skip


def crumbs(row: Proceeding, *further: Link) -> tuple[Link, ...]:
    """The way to a proceeding: its case, itself, and what lies below."""
    case = row.case
    start = (
        Link(case.number, reverse("case", args=[case.pk]))
        if case
        else Link(gettext("Work list"), reverse("work-list"))
    )
    return (
        start,
        Link(row.declared.name(language()), reverse("proceeding", args=[row.pk]) if further else ""),
        *further,
    )


def _step(step: Step, row: Proceeding, names: Mapping[str, str]) -> StepTaken:
    declared, lang = row.declared.step(step.name), language()
    return StepTaken(
        title=declared.name(lang), at=step.occurred_at, recorded_at=step.recorded_at,
        actor=step.actor.name if step.actor else "", role=ROLES[step.role].name(lang),
        organ=step.organisation.kind if step.organisation else "system",
        approved_by=step.approved_by.name if step.approved_by else "", state=row.declared.state(step.to_state),
        facts=step_page.rows_of(declared.facts, step.facts, names),
        log_url=reverse("activity", args=[step.activity_id]) if step.activity_id else "",
    )  # fmt: skip


def _clock(row: Deadline, who: Standing, now: datetime) -> Clock:
    line = reading.line(row, now=now)
    return Clock(
        line=line, because=reading.because(row),
        rungs=tuple(_rung(alarm, now) for alarm in ladder.alarms(row)),
        responsible=row.responsible.name(language()), responsible_kind=row.responsible.kind,
        possible=tuple(_possible(line, who)),
    )  # fmt: skip


def _possible(line: DeadlineLine, who: Standing) -> Iterator[str]:
    """The findings that an overdue clock may show; a prosecutor opens the lead, or does not."""
    if line.state != Status.OVERDUE or "prosecutor" not in who.roles:
        return
    kinds = catalogue().findings
    for code in line.limit.overrun.findings:
        if code in kinds:
            yield f"{code} {kinds[code].name(language())}"


def _rung(alarm: Alarm, now: datetime) -> RungShown:
    lang, declared = language(), alarm.declared
    if declared is None:
        title = gettext("Overdue") if alarm.is_overdue else gettext("Reminder")
        return RungShown(alarm.at, title, gettext("who must act"), "", alarm.at <= now)
    told = listed(ROLES[role].name(lang) for role in declared.tell)
    paper = catalogue().documents.get(declared.draft)
    chinese = lang.startswith("zh") and declared.draft_zh
    prepared = paper.name(lang) if paper else (declared.draft_zh if chinese else declared.draft)
    before = declared.distance.n < 0
    title = (
        gettext("Before the end")
        if before
        else gettext("On the day")
        if declared.distance.n == 0
        else gettext("After the end")
    )
    return RungShown(alarm.at, title, told, prepared, alarm.at <= now)


def _choices(
    row: Proceeding, offered: Iterable[Choice], own: Sequence[Draft]
) -> tuple[tuple[ChoiceShown, ...], tuple[ChoiceShown, ...], tuple[ChoiceShown, ...]]:
    """What can be done, what cannot, and what is for others to do."""
    lang = language()
    laid = {draft.step for draft in own if draft.awaiting == Draft.Awaiting.TAKER}
    possible, refused, others = [], [], []
    for choice in offered:
        title = choice.step.name(lang)
        if choice.possible:
            note = gettext("Prepared for you.") if choice.step.id in laid else ""
            waits = ROLES[choice.step.approval].name(lang) if choice.step.approval else ""
            line = gettext("Takes effect once approved by %(role)s.") % {"role": waits} if waits else ""
            possible.append(
                ChoiceShown(
                    title,
                    f"{note} {line}".strip(),
                    reading.step_url(row, choice.step),
                    is_main=choice.step.id in laid,
                )
            )
        elif any(reason.code == "role" for reason in choice.reasons):
            others.append(ChoiceShown(title, reasons=choice.reasons))
        else:
            refused.append(ChoiceShown(title, reasons=choice.reasons))
    return tuple(possible), tuple(refused), tuple(others)


def _papers(rows: Iterable[Document]) -> Iterable[PaperShown]:
    for row in rows:
        title = catalogue().document(row.kind).name(language())
        yield PaperShown(title, row, reverse("document", args=[row.pk]))


def _draft(draft: Draft, row: Proceeding, lang: str) -> DraftShown:
    title = row.declared.step(draft.step).name(lang)
    if draft.awaiting == Draft.Awaiting.APPROVER:
        return DraftShown(title, draft, reverse("draft", args=[draft.pk]))
    return DraftShown(title, draft, reading.step_url(row, row.declared.step(draft.step)))


def _parent(row: Proceeding, user: User, who: Standing, now: datetime) -> Link | None:
    if row.parent_id is None:
        return None
    found = policy.visible(user, Proceeding, now=now, who=who).filter(pk=row.parent_id).first()
    return Link(found.declared.name(language()), reverse("proceeding", args=[found.pk])) if found else None


def _children(row: Proceeding, user: User, who: Standing, now: datetime) -> tuple[Link, ...]:
    lang = language()
    found = policy.visible(user, Proceeding, now=now, who=who).filter(parent=row).order_by("opened_at", "id")
    return tuple(
        Link(
            " · ".join(
                part for part in (one.declared.name(lang), one.about, one.declared_state.name(lang)) if part
            ),
            reverse("proceeding", args=[one.pk]),
        )
        for one in found
    )

"""What the columns of a register read: everything recorded about the rows of one page, fetched in bulk.

One query a kind of row, however many rows the page has; only what the person may see is fetched. No column is worded
here (`registers.columns`), no row is chosen here (`registers`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from django.db.models import Max, Model, Q, QuerySet

from cases.extending import STANDING_GRANTS
from cases.models import Activity, Deadline, Document, Occurrence, Proceeding, Step
from coordination import policy
from coordination.law import facts as law_facts
from coordination.models import Organisation, User
from supervision.models import Finding

if TYPE_CHECKING:
    from coordination.standing import Standing

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Dossier:
    """One row of a register and what is recorded about it, each list with the oldest first.

    `events` are those asked for, of the row's case and (where it has one) its suspect; `carried` is the document a
    desk transfer carries, `answered` the document whose answer the row prepares; `names` those of the organs and
    people that facts refer to.
    """

    row: Proceeding
    now: datetime
    steps: tuple[Step, ...] = ()
    documents: tuple[Document, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    events: tuple[Occurrence, ...] = ()
    findings: tuple[Finding, ...] = ()
    carried: Document | None = None
    answered: Document | None = None
    last_activity_at: datetime | None = None
    names: Mapping[str, str] = field(default_factory=dict)

    def step(self, *names: str) -> Step | None:
        """Return the latest step taken under one of these names."""
        return next((step for step in reversed(self.steps) if step.name in names), None)

    def fact(self, name: str, *steps: str) -> object:
        """Return the latest value of a fact in the type of its field, of these steps where any are named."""
        for step in reversed(self.steps):
            if name in step.facts and (not steps or step.name in steps):
                fields = {item.name: item for item in self.row.declared.step(step.name).facts}
                return law_facts.read(fields[name], step.facts[name]) if name in fields else None
        return None

    def document(self, *kinds: str) -> Document | None:
        """Return the latest document of one of these kinds."""
        return next((paper for paper in reversed(self.documents) if paper.kind in kinds), None)

    def deadline(self, *limits: str) -> Deadline | None:
        """Return the clock of these limits that runs, or else the one wound last."""
        found = [clock for clock in self.deadlines if clock.limit in limits]
        running = [clock for clock in found if clock.stopped_at is None]
        return (running or found)[-1] if found else None

    def event(self, *names: str) -> Occurrence | None:
        """Return the latest event under one of these names."""
        return next((event for event in reversed(self.events) if event.event in names), None)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the columns read beside the row itself: events of its case, and clocks of the case's other procedures."""

    events: tuple[str, ...] = ()
    case_clocks: tuple[str, ...] = ()
    last_activity: bool = False


def gather(
    rows: Sequence[Proceeding], user: User, who: Standing, *, asked: Asked, now: datetime
) -> list[Dossier]:
    """Fetch what is recorded about the rows, in a number of queries that does not depend on how many they are."""
    found = _Found(rows, _Seer(user, who, now), asked)
    return [found.dossier(row) for row in rows]


@dataclass(frozen=True, slots=True)
class _Seer:
    """Who looks, and when: nothing is fetched that this person may not see."""

    user: User
    who: Standing
    now: datetime

    def seen(self, model: type[Row]) -> QuerySet[Row]:
        return policy.visible(self.user, model, now=self.now, who=self.who)


class _Found:
    """The rows behind one page, by what ties them to it."""

    def __init__(self, rows: Sequence[Proceeding], seer: _Seer, asked: Asked) -> None:
        ids = [row.pk for row in rows]
        cases = {row.case_id for row in rows if row.case_id}
        parents = {row.parent_id for row in rows if row.parent_id}
        clocks = Q(thread_id__in={row.thread_id for row in rows})
        if asked.case_clocks:
            clocks |= Q(case__in=cases, limit__in=asked.case_clocks)
        steps = seer.seen(Step).filter(proceeding__in=ids).select_related("proceeding").order_by("sequence")
        papers = seer.seen(Document).order_by("issued_at", "pk")
        happened = seer.seen(Occurrence).filter(case__in=cases, event__in=asked.events).order_by("at", "pk")
        self.now = seer.now
        self.steps = _by(steps, lambda step: step.proceeding_id)
        self.papers = _by(papers.filter(proceeding__in=ids), lambda paper: paper.proceeding_id)
        self.carried = {paper.transfer_id: paper for paper in papers.filter(transfer__in=ids)}
        self.sent = _by(
            papers.filter(proceeding__in=parents, sent_at__isnull=False), lambda paper: paper.proceeding_id
        )
        running = list(
            seer.seen(Deadline).filter(clocks).order_by("started_at", "pk").prefetch_related(STANDING_GRANTS)
        )
        self.clocks = _by(running, lambda clock: clock.thread_id)
        beside = [clock for clock in running if clock.limit in asked.case_clocks]
        self.case_clocks = _by(beside, lambda clock: clock.case_id)
        self.events = _by(happened if asked.events else (), lambda event: event.case_id)
        self.findings = _by(
            seer.seen(Finding).filter(lead__in=ids).order_by("code"), lambda finding: finding.lead_id
        )
        active = seer.seen(Activity).filter(case__in=cases).order_by().values_list("case")
        self.active = dict(active.annotate(Max("started_at"))) if asked.last_activity else {}
        self.names = _names(step for taken in self.steps.values() for step in taken)

    def dossier(self, row: Proceeding) -> Dossier:
        """Return what was found about one row."""
        sent = [paper for paper in self.sent[row.parent_id] if paper.addressee_id == row.organisation_id]
        return Dossier(
            row=row,
            now=self.now,
            steps=tuple(self.steps[row.pk]),
            documents=tuple(self.papers[row.pk]),
            deadlines=(*self.clocks[row.thread_id], *self._beside(row)),
            events=tuple(
                event for event in self.events[row.case_id] if event.suspect_id in (None, row.suspect_id)
            ),
            findings=tuple(self.findings[row.pk]),
            carried=self.carried.get(row.pk),
            answered=sent[-1] if sent else None,
            last_activity_at=self.active.get(row.case_id),
            names=self.names,
        )

    def _beside(self, row: Proceeding) -> list[Deadline]:
        """The clocks of the case's other procedures that the columns ask for."""
        clocks = self.case_clocks[row.case_id]
        mine = (None, row.suspect_id)
        return [clock for clock in clocks if clock.thread_id != row.thread_id and clock.suspect_id in mine]


def _by(rows: Iterable[Row], key: Callable[[Row], UUID | None]) -> defaultdict[UUID | None, list[Row]]:
    grouped: defaultdict[UUID | None, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[key(row)].append(row)
    return grouped


def _names(steps: Iterable[Step]) -> dict[str, str]:
    """The names of the organs and people that facts refer to, and of who took the steps, in two queries."""
    found = list(steps)
    values = [value for step in found for value in step.facts.values()]
    listed = [part for value in values if isinstance(value, list) for part in value]
    keys = {key for key in map(_key, (*values, *listed)) if key}
    keys |= {step.actor_id for step in found if step.actor_id}
    organs = Organisation.objects.filter(pk__in=keys).values_list("pk", "zh")
    people = User.objects.filter(pk__in=keys).values_list("pk", "name")
    return {str(key): name for key, name in (*organs, *people)}


def _key(value: object) -> UUID | None:
    try:
        return UUID(value) if isinstance(value, str) and len(value) == 36 else None
    except ValueError:
        return None

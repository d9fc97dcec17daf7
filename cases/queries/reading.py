"""Reads used by more than one page: whose work something is, what may be done about it, why a date is what it is.

Everything comes from `policy.visible`. Each page has its own file beside this one: `queries.owed` for the work list,
`queries.case_list` for the case list, `queries.case` and `timeline` for the case page.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse

from cases.models import Deadline, Draft, Proceeding
from cases.parties import NAMED
from cases.queries import pasts
from cases.status import Status, status
from coordination import policy
from coordination.law.clock import Because
from coordination.law.grammar import Choice
from coordination.law.limit import Limit
from coordination.law.procedure import Step as DeclaredStep
from coordination.models import User
from coordination.standing import OFFICE_ROLES, Standing

HEADS = frozenset({"police_chief", "chief_procurator"}) | OFFICE_ROLES
"""Roles that look after the whole list of their organ."""


MOST = 100
"""Beyond this a number in the navigation says nothing more; counting on would cost with every page."""


class Titled(Protocol):
    """What the law has a title for in both languages."""

    def name(self, lang: str) -> str:
        """Return the title in the language asked for."""


@dataclass(frozen=True, slots=True)
class NextStep:
    """A step that may be taken now and the address of its form; `is_prepared` where its draft is laid ready."""

    step: DeclaredStep
    url: str
    is_prepared: bool = False


@dataclass(frozen=True, slots=True)
class Ahead:
    """What may be done about a deadline, and the steps already submitted that wait for their approver."""

    steps: tuple[NextStep, ...] = ()
    submitted: tuple[DeclaredStep, ...] = ()


@dataclass(frozen=True, slots=True)
class DeadlineLine:
    """A deadline as lists show it: `at` is the instant of its end, `on` its last day where it ends with a day."""

    id: UUID
    limit: Limit
    at: datetime
    on: date | None
    state: Status
    is_provisional: bool
    started_at: datetime
    role: str

    @property
    def source(self) -> str:
        """The articles of the limit, as one citation."""
        return "; ".join(str(source) for source in self.limit.sources)


def line(row: Deadline, *, now: datetime) -> DeadlineLine:
    """Return a deadline as lists show it at `now`."""
    return DeadlineLine(
        id=row.pk,
        limit=row.rule,
        at=row.due_at,
        on=row.due_on,
        state=status(row, now),
        is_provisional=row.is_provisional,
        started_at=row.started_at,
        role=row.responsible_role,
    )


def because(row: Deadline) -> tuple[Because, ...]:
    """Return how the date came about, as it was derived when the clock was last wound."""
    return tuple(
        Because(
            one["code"], tuple((name, value) for name, value in one["params"]), one["rule"], one["source"]
        )
        for one in row.because
    )


def is_head(who: Standing) -> bool:
    """Whether the person looks after the whole list of an organ."""
    return bool(HEADS & who.roles)


def drafts(user: User, who: Standing, *, now: datetime, whole_organ: bool = False) -> QuerySet[Draft]:
    """The open drafts that wait for the person, or for anyone of the person's organs; never an own one to approve."""
    rows = policy.visible(user, Draft, now=now, who=who).filter(outcome=Draft.Outcome.OPEN)
    rows = rows.filter(Q(organisation__in=who.organs) if whole_organ else _for_me(user, who))
    return rows.exclude(awaiting=Draft.Awaiting.APPROVER, prepared_by=user)


def waiting(user: User, who: Standing, now: datetime) -> int:
    """How many drafts wait for the person: to approve, or to take what was laid ready; not counted beyond `MOST`."""
    return drafts(user, who, now=now)[:MOST].count()


def _for_me(user: User, who: Standing) -> Q:
    """What waits for a role at its organ; for the investigator and the prosecutor, of their own cases.

    Own are also the cases of those in whose place the person acts.
    """
    mine_too = {user.pk, *who.stands_for}
    rule = Q(pk__in=[])
    for role, organ in sorted(who.roles_at):
        mine = Q(role=role, organisation=organ)
        if role in NAMED:
            named = f"proceeding__case__{NAMED[role]}"
            in_case = Q(**{f"{named}__in": mine_too}) | Q(**{f"{named}__isnull": True})
            handled = Q(proceeding__counterpart=organ, proceeding__counterpart_owner__isnull=False)
            mine &= Q(handled, proceeding__counterpart_owner__in=mine_too) | (~handled & in_case)
        rule |= mine
    return rule


def of_desks(roles_at: Iterable[tuple[str, UUID]]) -> Q:
    """What these roles at these organs owe."""
    rule = Q(pk__in=[])
    for role, organ in sorted(roles_at):
        rule |= Q(responsible=organ, responsible_role=role)
    return rule


def open_matters(user: User, who: Standing, rule: Q, *, now: datetime) -> list[Proceeding]:
    """The open proceedings that the person may see under `rule`, loaded with their parties, oldest first."""
    rows = policy.visible(user, Proceeding, now=now, who=who).filter(rule, closed_at__isnull=True)
    return list(rows.select_related(*pasts.MATTER).order_by("opened_at", "pk"))


def drafts_of(
    user: User, who: Standing, proceedings: Collection[Proceeding], *, now: datetime
) -> list[Draft]:
    """The open drafts of some proceedings that the person may see, whoever they wait for."""
    rows = policy.visible(user, Draft, now=now, who=who)
    return list(rows.filter(proceeding__in=proceedings, outcome=Draft.Outcome.OPEN).order_by("prepared_at"))


def ahead(
    deadlines: Sequence[Deadline],
    matters: Sequence[Proceeding],
    offered: Mapping[UUID, Sequence[Choice]],
    laid: Sequence[Draft],
) -> dict[UUID, Ahead]:
    """Return for each deadline what was laid ready for its desk, and the possible steps that stop it.

    Its own procedure comes first, then the others of its thread.
    """
    ready = _ready(deadlines, matters, laid)
    found = {}
    for row in deadlines:
        own = [one for one in matters if one.thread_id == row.thread_id]
        own.sort(key=lambda one: one.pk != row.proceeding_id)
        submitted = {
            (draft.proceeding_id, draft.step) for draft in laid if draft.awaiting == Draft.Awaiting.APPROVER
        }
        choices = [
            (one, choice.step)
            for one in own
            for choice in offered.get(one.pk, ())
            if choice.possible and choice.step.ends(row.rule)
        ]
        possible = [next_step(one, step, laid) for one, step in choices if (one.pk, step.id) not in submitted]
        waits = [
            step
            for one in own
            for step in one.declared.steps
            if (one.pk, step.id) in submitted and step.ends(row.rule)
        ]
        found[row.pk] = Ahead(tuple(dict.fromkeys([*ready.get(row.pk, ()), *possible])), tuple(waits))
    return found


def _ready(
    deadlines: Sequence[Deadline], matters: Sequence[Proceeding], laid: Sequence[Draft]
) -> dict[UUID, list[NextStep]]:
    """Put each step laid ready to the clocks of its desk that it ends, else to its cause, else to the first."""
    found: dict[UUID, list[NextStep]] = {}
    by_key = {matter.pk: matter for matter in matters}
    for draft in laid:
        matter = by_key.get(draft.proceeding_id)
        if matter is None or draft.awaiting != Draft.Awaiting.TAKER:
            continue
        step = matter.declared.step(draft.step)
        own = [
            row
            for row in deadlines
            if row.thread_id == matter.thread_id
            and (row.responsible_role, row.responsible_id) == (draft.role, draft.organisation_id)
        ]
        ended = [row for row in own if step.ends(row.rule)]
        caused = [row for row in own if row.limit in draft.cause]
        for row in ended or caused or own[:1]:
            found.setdefault(row.pk, []).append(next_step(matter, step, laid))
    return found


def next_step(matter: Proceeding, step: DeclaredStep, laid: Sequence[Draft] = ()) -> NextStep:
    """Return a step with its address: the form of the log where logging takes it, else the form of the step."""
    prepared = any(
        draft.proceeding_id == matter.pk and draft.step == step.id and draft.awaiting == Draft.Awaiting.TAKER
        for draft in laid
    )
    return NextStep(step, step_url(matter, step), prepared)


def step_url(matter: Proceeding, step: DeclaredStep) -> str:
    """Return where the step is taken."""
    if step.logged and matter.case_id is not None:
        url = reverse("activity-log", args=[matter.case_id, step.logged[0].activity])
        return f"{url}?suspect={matter.suspect_id}" if matter.suspect_id else url
    return reverse("step-take", args=[matter.pk, step.id])

"""The Office board: read-only counts as frozen dataclasses, and the lists behind them; `now` is a parameter.

A number is the count of a `Selection`, its list is the rows of the same `Selection`: both go through the conditions
of this file, so that they cannot differ. Only rows the person may see are counted. Nothing here is worded or linked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from cases import status
from cases.models import Deadline, Document, Draft, Proceeding
from cases.status import Status
from coordination import policy
from coordination.law.catalogue import catalogue
from coordination.law.kinds import Area
from coordination.law.processes import all_processes
from coordination.models import Organisation, User
from coordination.standing import Standing

CUSTODY_AHEAD = timedelta(days=10)
"""How far ahead the board looks for the end of a custody period (design)."""

CUSTODY_PERIODS = (
    "arrest_request_after_detention", "arrest_review_detained", "investigation_custody", "new_crime_recount",
    "identity_unknown_custody_start", "prosecution_review", "supplementary_investigation",
)  # fmt: skip
"""The periods that hold a suspect: what runs out is the lawful ground of the custody itself."""

OWN_APPROVAL = "not_the_drafter"
"""The guard of the steps by which a chief decides on another person's draft."""

AGES = (("young", 0, 3), ("middle", 3, 10), ("old", 10, 30), ("stale", 30, None))
"""Ages of an unanswered document: (name, from days, below days), counted from the instant it was sent (design)."""

ORGANS = (Organisation.Kind.PROCURATORATE, Organisation.Kind.POLICE)
STATES = ("open", "due_soon", "overdue", "today")
REPORTED = ("open", "settled")
"""What was reported up to a superior organ: its matter is still open, or it is closed."""
SORTED_BY = {"deadlines": "fires_at", "custody": "fires_at", "matters": "opened_at", "decisions": "state_since",
             "unanswered": "sent_at"}  # fmt: skip
"""What can be listed, and the instant each list is sorted by."""

NARROWED_BY = {
    "deadlines": ("area", "state", "organ"), "custody": ("area", "organ"), "matters": ("area",),
    "decisions": ("area",), "unanswered": ("age",),
}  # fmt: skip
"""What each list can be narrowed by; anything else would be counted and not listed."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which rows: `what` is a key of `SORTED_BY`; the rest narrows, "" is everything.

    `state` one of `STATES`, `organ` the kind of organ that owes, `age` a name of `AGES`.
    """

    what: str
    area: str = ""
    state: str = ""
    organ: str = ""
    age: str = ""

    @property
    def parameters(self) -> dict[str, str]:
        """What stands in the address of the list."""
        return {item.name: getattr(self, item.name) for item in fields(self) if getattr(self, item.name)}


@dataclass(frozen=True, slots=True)
class Number:
    """How many rows a selection has."""

    selection: Selection
    count: int


@dataclass(frozen=True, slots=True)
class AreaNumbers:
    """One area: its open matters, and its running deadlines by state (`STATES` without "today")."""

    area: Area
    matters: Number
    deadlines: tuple[Number, ...]


@dataclass(frozen=True, slots=True)
class OrganNumbers:
    """What one of the two organs owes, by state."""

    organ: str
    deadlines: tuple[Number, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """Everything on the board, as it stood at `at`."""

    at: datetime
    areas: tuple[AreaNumbers, ...]
    organs: tuple[OrganNumbers, ...]
    today: Number
    overdue: Number
    decisions: Number
    custody: Number
    unanswered: tuple[Number, ...]


Counts = Mapping[tuple[str, str], Mapping[str, int]]


def board(user: User, who: Standing, *, now: datetime) -> Board:
    """Count everything the person may see, in three queries: deadlines, matters, documents."""
    deadlines = _deadline_counts(user, who, now)
    matters = _matter_counts(user, who, now)
    documents = rows(Selection("unanswered"), user, who, now=now).aggregate(
        **{name: Count("pk", filter=_age(name, now)) for name, _, _ in AGES}
    )

    def number(selection: Selection) -> Number:
        return Number(selection, _sum(deadlines, selection))

    return Board(
        at=now,
        areas=tuple(
            AreaNumbers(
                area=area,
                matters=Number(Selection("matters", area=area.code), matters[area.code]["open"]),
                deadlines=tuple(number(Selection("deadlines", area.code, state)) for state in STATES[:3]),
            )
            for area in catalogue().areas.values()
        ),
        organs=tuple(
            OrganNumbers(
                organ, tuple(number(Selection("deadlines", state=s, organ=organ)) for s in STATES[:3])
            )
            for organ in ORGANS
        ),
        today=number(Selection("deadlines", state="today")),
        overdue=number(Selection("deadlines", state="overdue")),
        decisions=Number(Selection("decisions"), sum(counts["decisions"] for counts in matters.values())),
        custody=number(Selection("custody")),
        unanswered=tuple(Number(Selection("unanswered", age=name), documents[name]) for name, _, _ in AGES),
    )


def of_area(user: User, who: Standing, area: str, *, now: datetime) -> AreaNumbers:
    """Count what is open in one area, in two queries."""
    deadlines = _deadline_counts(user, who, now, area=area)
    matters = _matter_counts(user, who, now, area=area)
    chosen = [Selection("deadlines", area, state) for state in STATES[:3]]
    return AreaNumbers(
        area=catalogue().area(area),
        matters=Number(Selection("matters", area=area), matters[area]["open"]),
        deadlines=tuple(Number(selection, _sum(deadlines, selection)) for selection in chosen),
    )


def rows(selection: Selection, user: User, who: Standing, *, now: datetime) -> QuerySet[Any]:
    """Return the rows of a selection: Deadline, Proceeding or Document; unordered, paged by `SORTED_BY`.

    Raises KeyError for a selection that does not exist.
    """
    if selection.what in ("deadlines", "custody"):
        found: QuerySet[Any] = _deadlines(user, who, now)
        found = found.filter(
            _custody(now) if selection.what == "custody" else _state(selection.state or "open", now)
        )
        found = found.filter(responsible__kind=selection.organ) if selection.organ else found
        return found.filter(area=selection.area) if selection.area else found
    if selection.what == "unanswered":
        found = _unanswered(user, who, now)
        return found.filter(_age(selection.age, now)) if selection.age else found
    matters = {"matters": Q(), "decisions": _decision()}[selection.what]
    found = _matters(user, who, now).filter(matters)
    return found.filter(area=selection.area) if selection.area else found


def reported(
    user: User, who: Standing, *, now: datetime, state: str = "open", age: str = ""
) -> QuerySet[Document]:
    """Return what was reported up, or told, to the organs at which the person is a superior, and nothing else.

    `state` one of `REPORTED`, `age` a name of `AGES`; unordered, paged by the instant it was sent.
    """
    rows = policy.visible(user, Document, now=now, who=who).filter(
        addressee__in=who.superior_of, sent_at__isnull=False, cancelled_at__isnull=True,
        proceeding__closed_at__isnull=state == "open",
    )  # fmt: skip
    return rows.filter(_age(age, now)) if age else rows


def reported_counts(user: User, who: Standing, *, now: datetime) -> Mapping[tuple[str, str], int]:
    """Count what was reported up by (state, age), "" for every age: each the length of its list; two queries."""
    counts: dict[tuple[str, str], int] = {}
    for state in REPORTED:
        ages = {name: Count("pk", filter=_age(name, now)) for name, _, _ in AGES}
        found = reported(user, who, now=now, state=state).aggregate(every=Count("pk"), **ages)
        counts |= {(state, "" if name == "every" else name): count for name, count in found.items()}
    return counts


def _deadlines(user: User, who: Standing, now: datetime) -> QuerySet[Deadline]:
    return policy.visible(user, Deadline, now=now, who=who).filter(stopped_at__isnull=True)


def _matters(user: User, who: Standing, now: datetime) -> QuerySet[Proceeding]:
    return policy.visible(user, Proceeding, now=now, who=who).filter(closed_at__isnull=True)


def _unanswered(user: User, who: Standing, now: datetime) -> QuerySet[Document]:
    """Documents that a desk must receipt and did not, and those whose answer is still owed."""
    owed = Q(pk__in=[])
    for limits, codes in _asking().items():
        running = Deadline.objects.filter(
            thread_id=OuterRef("proceeding__thread_id"), limit__in=limits, stopped_at__isnull=True,
            started_at__gte=OuterRef("sent_at"),
        )  # fmt: skip
        owed |= Q(kind__in=codes) & Q(Exists(running))
    sent = policy.visible(user, Document, now=now, who=who).filter(
        sent_at__isnull=False, cancelled_at__isnull=True
    )
    return sent.filter(Q(transfer__isnull=False, receipted_at__isnull=True) | owed)


def _asking() -> Mapping[tuple[str, ...], list[str]]:
    """The kinds of document that must state when they are answered, by the limits of the answer."""
    known: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    declared = {f"{process.id}.{step.id}" for process in all_processes().values() for step in process.steps}
    for code, kind in catalogue().documents.items():
        if kind.reply_period_mandatory and kind.limits and declared.intersection(kind.issued_in):
            known[kind.limits].append(code)
    return known


def _state(name: str, now: datetime) -> Q:
    if name == "open":
        return Q()
    return status.due_today(now) if name == "today" else status.where(Status(name), now)


def _custody(now: datetime) -> Q:
    """Custody that ends within ten days, or has ended and nobody recorded what follows."""
    return Q(
        limit__in=CUSTODY_PERIODS,
        in_custody=True,
        suspended_at__isnull=True,
        fires_at__lte=now + CUSTODY_AHEAD,
    )


def _decision() -> Q:
    """Matters in which a draft waits for its approver."""
    drafts = Draft.objects.filter(proceeding=OuterRef("pk"), outcome="", awaiting=Draft.Awaiting.APPROVER)
    waiting = Q(Exists(drafts))
    for process in all_processes().values():
        states = {state for step in process.steps if OWN_APPROVAL in step.guards for state in step.from_}
        if states:
            waiting |= Q(process=process.id, state__in=states)
    return waiting


def _age(name: str, now: datetime) -> Q:
    since, before = next((since, before) for known, since, before in AGES if known == name)
    young = Q(sent_at__lte=now - timedelta(days=since)) if since else Q()
    return young if before is None else young & Q(sent_at__gt=now - timedelta(days=before))


def _deadline_counts(user: User, who: Standing, now: datetime, *, area: str = "") -> Counts:
    found = (
        rows(Selection("deadlines", area), user, who, now=now)
        .order_by()
        .values("area", "responsible__kind")
        .annotate(
            **{state: Count("pk", filter=_state(state, now)) for state in STATES[1:]},
            open=Count("pk"), custody=Count("pk", filter=_custody(now)),
        )
    )  # fmt: skip
    return {(row["area"], row["responsible__kind"]): row for row in found}


def _matter_counts(
    user: User, who: Standing, now: datetime, *, area: str = ""
) -> Mapping[str, Mapping[str, int]]:
    known: defaultdict[str, Mapping[str, int]] = defaultdict(lambda: {"open": 0, "decisions": 0})
    found = (
        rows(Selection("matters", area), user, who, now=now)
        .order_by()
        .values("area")
        .annotate(open=Count("pk"), decisions=Count("pk", filter=_decision()))
    )
    known.update({row["area"]: row for row in found})
    return known


def _sum(counts: Counts, selection: Selection) -> int:
    """Add up the counts of a selection of deadlines."""
    column = "custody" if selection.what == "custody" else selection.state
    return sum(
        row[column]
        for (area, organ), row in counts.items()
        if selection.area in ("", area) and selection.organ in ("", organ)
    )

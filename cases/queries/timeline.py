"""The timeline of a case: log entries, steps, documents and what the clocks did, in one order, in pages by key.

Each kind is read by its own index up to one page and merged. What a person may not see of a case is not read at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse

from cases import ladder
from cases.models import Activity, Case, Deadline, DeadlineEvent, Document, EventEntry, Step
from cases.queries import reading
from cases.queries.reading import DeadlineLine, Titled
from coordination import keyset, policy
from coordination.keyset import Key
from coordination.law.catalogue import catalogue
from coordination.law.rulebook import rulebook
from coordination.models import Organisation, User
from coordination.standing import Standing

PAGE = 50
Kind = Literal["activity", "step", "event", "document", "deadline"]
KINDS: tuple[Kind, ...] = ("activity", "step", "event", "document", "deadline")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for. `since` is the last visit; with `only_new` only what was entered after it."""

    kind: str = ""
    suspect: UUID | None = None
    oldest_first: bool = False
    only_new: bool = False
    since: datetime | None = None
    after: Key | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened. `event` says what a clock did: reminded, overdue, followed, moved, repaired
    or failed; "" for the others.

    `steps` are those that a log entry took; `started` and `stopped` the clocks that the entry wound and ended.
    """

    key: Key
    kind: Kind
    title: Titled
    recorded_at: datetime
    url: str = ""
    event: str = ""
    suspect: str = ""
    organ: Organisation | None = None
    person: str = ""
    number: str = ""
    process: Titled | None = None
    to_state: Titled | None = None
    approved_by: str = ""
    document: Document | None = None
    moved_from: datetime | None = None
    due: DeadlineLine | None = None
    is_correction: bool = False
    is_new: bool = False
    steps: tuple[Titled, ...] = ()
    started: tuple[DeadlineLine, ...] = ()
    stopped: tuple[DeadlineLine, ...] = ()

    @property
    def at(self) -> datetime:
        """The instant at which it happened."""
        return self.key.at


@dataclass(frozen=True, slots=True)
class Timeline:
    """One page; `more` is where the next one begins."""

    entries: tuple[Entry, ...]
    more: Key | None


def timeline(user: User, who: Standing, case: Case, asked: Asked, *, now: datetime) -> Timeline:
    """Return one page of what happened in the case, as far as the person may see it, newest first unless asked."""
    seen = _Seen(user, who, case, asked, now)
    found = [entry for kind in KINDS if asked.kind in ("", kind) for entry in seen.entries(kind)]
    found.sort(key=lambda entry: entry.key, reverse=not asked.oldest_first)
    shown = seen.with_clocks(found[:PAGE])
    return Timeline(tuple(shown), shown[-1].key if len(found) > PAGE else None)


class _Seen:
    """The case as one person sees it, for one page."""

    def __init__(self, user: User, who: Standing, case: Case, asked: Asked, now: datetime) -> None:
        self.user, self.who, self.case, self.asked, self.now = user, who, case, asked, now

    def entries(self, kind: Kind) -> Iterator[Entry]:
        """One page, and one more, of a kind."""
        read = {
            "activity": self._activities, "step": self._steps, "event": self._entered, "document": self._documents,
            "deadline": self._clocks,
        }  # fmt: skip
        return read[kind]()

    def _rows(
        self, model: type[Any], by: str, recorded: str, suspect: str, case: str = "case"
    ) -> QuerySet[Any]:
        rows: QuerySet[Any] = policy.visible(self.user, model, now=self.now, who=self.who).filter(
            **{case: self.case}
        )
        if self.asked.suspect is not None:
            rows = rows.filter(**{suspect: self.asked.suspect})
        if self.asked.only_new and self.asked.since is not None:
            rows = rows.filter(**{f"{recorded}__gt": self.asked.since})
        return keyset.after(rows, self.asked.after, by=by if self.asked.oldest_first else f"-{by}")

    def _is_new(self, recorded_at: datetime, actor_id: UUID | None) -> bool:
        return self.asked.since is not None and recorded_at > self.asked.since and actor_id != self.user.pk

    def _activities(self) -> Iterator[Entry]:
        kinds = catalogue().activities
        rows = self._rows(Activity, "started_at", "recorded_at", "suspect").filter(corrected_by__isnull=True)
        for row in rows.select_related("suspect", "unit", "recorded_by")[: PAGE + 1]:
            yield Entry(
                Key(row.started_at, row.pk), "activity", kinds[row.kind], row.recorded_at,
                url=reverse("activity", args=[row.pk]), suspect=row.suspect.name if row.suspect else "",
                organ=row.unit, person=row.recorded_by.name, is_correction=row.corrects_id is not None,
                is_new=self._is_new(row.recorded_at, row.recorded_by_id),
            )  # fmt: skip

    def _steps(self) -> Iterator[Entry]:
        """Steps that a log entry took stand with the entry, where the person sees the log."""
        rows = self._rows(Step, "occurred_at", "recorded_at", "proceeding__suspect")
        rows = rows.exclude(
            activity__in=policy.visible(self.user, Activity, now=self.now, who=self.who).filter(
                case=self.case
            )
        )
        related = ("proceeding__suspect", "actor", "approved_by", "organisation")
        for row in rows.select_related(*related)[: PAGE + 1]:
            process = row.proceeding.declared
            yield Entry(
                Key(row.occurred_at, row.pk), "step", row.declared, row.recorded_at,
                url=reverse("proceeding", args=[row.proceeding_id]),
                suspect=row.proceeding.suspect.name if row.proceeding.suspect else "", organ=row.organisation,
                person=row.actor.name if row.actor else "", process=process,
                to_state=process.state(row.to_state) if row.to_state != row.from_state else None,
                approved_by=row.approved_by.name if row.approved_by else "",
                is_new=self._is_new(row.recorded_at, row.actor_id),
            )  # fmt: skip

    def _entered(self) -> Iterator[Entry]:
        """Events that were entered plainly, in their newest version."""
        rows = self._rows(EventEntry, "at", "recorded_at", "suspect").filter(corrected_by__isnull=True)
        for row in rows.select_related("suspect", "organisation", "recorded_by")[: PAGE + 1]:
            yield Entry(
                Key(row.at, row.pk), "event", rulebook().event(row.event), row.recorded_at,
                url=reverse("event-entry", args=[row.pk]), suspect=row.suspect.name if row.suspect else "",
                organ=row.organisation, person=row.recorded_by.name, number=row.document_number,
                is_correction=row.corrects_id is not None, is_new=self._is_new(row.recorded_at, row.recorded_by_id),
            )  # fmt: skip

    def _documents(self) -> Iterator[Entry]:
        rows = self._rows(Document, "issued_at", "issued_at", "proceeding__suspect").filter(
            issued_at__isnull=False
        )
        for row in rows.select_related("organisation", "addressee", "proceeding__suspect", "step")[
            : PAGE + 1
        ]:
            suspect, actor = row.proceeding.suspect, row.step.actor_id if row.step else None
            yield Entry(
                Key(row.issued_at, row.pk), "document", catalogue().document(row.kind), row.issued_at,
                url=reverse("document", args=[row.pk]), suspect=suspect.name if suspect else "",
                organ=row.organisation, number=row.number, document=row, is_new=self._is_new(row.issued_at, actor),
            )  # fmt: skip

    def _clocks(self) -> Iterator[Entry]:
        rows = self._rows(DeadlineEvent, "at", "at", "deadline__suspect", case="deadline__case")
        for row in rows.select_related("deadline__suspect", "deadline__responsible")[: PAGE + 1]:
            clock, before = row.deadline, row.detail.get("from")
            yield Entry(
                Key(row.at, row.pk), "deadline", clock.rule, row.at, event=_event(row),
                url=reverse("proceeding", args=[clock.proceeding_id]),
                suspect=clock.suspect.name if clock.suspect else "", organ=clock.responsible,
                moved_from=datetime.fromisoformat(before) if before else None,
                due=replace(reading.line(clock, now=self.now), at=row.due_at, on=_day(clock, row)),
                is_new=self._is_new(row.at, None),
            )  # fmt: skip

    def with_clocks(self, entries: Sequence[Entry]) -> list[Entry]:
        """Add the clocks that each step or entry wound and ended, and the steps that a log entry took."""
        steps = [entry.key.id for entry in entries if entry.kind == "step"]
        activities = [entry.key.id for entry in entries if entry.kind == "activity"]
        entered = [entry.key.id for entry in entries if entry.kind == "event"]
        if not steps and not activities and not entered:
            return list(entries)
        taken = list(Step.objects.filter(activity__in=activities).select_related("proceeding").order_by("pk"))
        of_step = {step.pk: step.activity_id or step.pk for step in taken} | {key: key for key in steps}
        rows = policy.visible(self.user, Deadline, now=self.now, who=self.who).filter(case=self.case)
        wound = rows.filter(
            Q(anchor__step__in=of_step) | Q(anchor__activity__in=activities) | Q(anchor__entry__in=entered)
        )
        started = self._by(wound.select_related("anchor"), of_step, "anchor")
        stopped = self._by(rows.filter(stopped_by__in=of_step), of_step, "stopped_by")
        return [
            replace(
                entry,
                steps=tuple(step.declared for step in taken if step.activity_id == entry.key.id),
                started=tuple(started.get(entry.key.id, ())),
                stopped=tuple(stopped.get(entry.key.id, ())),
            )
            for entry in entries
        ]

    def _by(
        self, rows: QuerySet[Deadline], of_step: Mapping[UUID, UUID], through: str
    ) -> dict[UUID, list[DeadlineLine]]:
        found: dict[UUID, list[DeadlineLine]] = {}
        for row in rows.order_by("due_at", "pk"):
            step = row.anchor.step_id if through == "anchor" else row.stopped_by_id
            key = of_step.get(step) if step else row.anchor.activity_id or row.anchor.entry_id
            if key is not None:
                found.setdefault(key, []).append(reading.line(row, now=self.now))
        return found


def _event(row: DeadlineEvent) -> str:
    """What the clock did: a rung before the end reminds, one behind it follows the matter up."""
    if row.kind != DeadlineEvent.Kind.RUNG:
        return str(row.kind)
    if row.rung == ladder.OVERDUE:
        return "overdue"
    offset = row.rung.removeprefix(row.deadline.limit)
    return "followed" if offset.startswith("+") and not offset.startswith("+0") else "reminded"


def _day(clock: Deadline, row: DeadlineEvent) -> Any:
    """The last day of the period as it was then; kept only where the end has not moved since."""
    return clock.due_on if clock.due_at == row.due_at else None

"""Where in the lawful period a suspect is: the periods of the present custody, read from its clocks, the stopped too.

How the bar is drawn is in `coordination.drawings.custody_bar`; how a date is computed, in the law. Nothing is counted
here: the ends are those of the Deadline rows, the stages those that were granted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext

from cases import ladder
from cases.extending import STANDING_GRANTS
from cases.happening import LAST_MINUTE
from cases.models import Deadline, DeadlineEvent, Proceeding
from cases.queries import reading
from cases.queries.reading import DeadlineLine
from cases.scope import CUSTODY_STATES
from coordination.drawings.custody_bar import CustodyBar, Lawful, custody_bar
from coordination.law import clock
from coordination.law.calendar import national
from coordination.law.clock import Because
from coordination.law.rulebook import rulebook
from coordination.law.zone import ZONE

PERIODS = (
    "arrest_request_after_detention", "arrest_review_detained", "non_arrest_release", "investigation_custody",
    "new_crime_recount", "identity_unknown_custody_start", "prosecution_review", "prosecution_review_fast_track",
    "supplementary_investigation",
)  # fmt: skip
"""The limits that hold a suspect: what runs out with them is the lawful ground of the custody itself."""

EXTENDED, EXTENSIONS = "investigation_custody", frozenset({"ext1", "ext2", "ext3"})
"""The period that can be extended, and the stages that may be granted to it one after the other."""


@dataclass(frozen=True, slots=True)
class InForce:
    """The custody of one suspect: the bar, the clock that ends first, and why it ends then.

    `ask_by` is the last day on which a further extension can be asked for in time, while one is still possible.
    """

    bar: CustodyBar
    deadline: DeadlineLine | None
    because: tuple[Because, ...]
    ask_by: date | None = None


def clocks(rows: QuerySet[Deadline]) -> QuerySet[Deadline]:
    """Narrow to the clocks of the lawful periods, loaded with what the bar needs."""
    moves = DeadlineEvent.objects.filter(kind=DeadlineEvent.Kind.MOVED).order_by("at", "pk")
    return (
        rows.filter(limit__in=PERIODS, suspect__isnull=False)
        .select_related("proceeding", "stopped_by__proceeding")
        .prefetch_related(STANDING_GRANTS, Prefetch("events", moves))
        .order_by("suspect_id", "started_at", "pk")
    )


def in_force(rows: Iterable[Deadline], *, lang: str, now: datetime) -> InForce | None:
    """Return the present custody as its clocks have it, oldest first; None where no clock of a period is known."""
    present = _since_last_release(list(rows))
    if not present:
        return None
    running = [row for row in present if row.stopped_at is None]
    current = min(running, key=lambda row: row.due_at) if running else None
    periods = [period for row in present for period in _lawful(row, lang)]
    bar = custody_bar(
        periods, now=now, warns_at=_warning(current) if current else None, today_word=gettext("today")
    )
    if current is None:
        return InForce(bar, None, ())
    return InForce(bar, reading.line(current, now=now), reading.because(current), _ask_by(current, now))


def _ask_by(row: Deadline, now: datetime) -> date | None:
    """The last day to ask for the next extension (RULES 309); None where all were granted or the period has ended."""
    granted = {one.stage for one in row.extensions.all()}
    if row.limit != EXTENDED or row.due_on is None or row.fires_at <= now or granted >= EXTENSIONS:
        return None
    expiry = datetime.combine(row.due_on, LAST_MINUTE, ZONE)
    ahead = rulebook().limit("custody_extension_request_lead")
    return clock.derive(
        ahead, [clock.Happened(ahead.trigger[0], expiry)], in_custody=True, calendar=national()
    ).on


def by_suspect(rows: Iterable[Deadline]) -> dict[UUID, list[Deadline]]:
    """Sort the clocks of a case by suspect, each list oldest first."""
    found: dict[UUID, list[Deadline]] = {}
    for row in rows:
        if row.suspect_id is not None:
            found.setdefault(row.suspect_id, []).append(row)
    return found


def is_held(custody: Proceeding) -> bool:
    """Whether the state of a custody record is one in which the suspect is detained or arrested."""
    return custody.state in CUSTODY_STATES


def _since_last_release(rows: Sequence[Deadline]) -> list[Deadline]:
    """Leave out what belongs to an earlier custody: it ended with a step that set the suspect free."""
    first = 0
    for place, row in enumerate(rows):
        step = row.stopped_by
        if step is not None and step.proceeding.process == "custody" and step.to_state not in CUSTODY_STATES:
            first = place + 1
    return list(rows[first:])


def _lawful(row: Deadline, lang: str) -> Iterable[Lawful]:
    """The period of a clock, divided where stages were granted: each runs from the end of the one before."""
    rule, starts_at = row.rule, row.started_at
    title, source = rule.name(lang), "; ".join(str(one) for one in rule.sources[:1])
    moves = {event.at: event for event in row.events.all()}
    for grant in row.extensions.all():
        move = moves.get(grant.granted_at)
        before = datetime.fromisoformat(move.detail["from"]) if move and "from" in move.detail else None
        if before is None or before <= starts_at:
            continue
        yield Lawful(title, starts_at, before, source)
        stage = next((known for known in rule.stages if known.id == grant.stage), None)
        starts_at = before
        if stage is not None:
            title = gettext("%(limit)s, extended: %(ground)s") % {
                "limit": rule.name(lang),
                "ground": stage.name(lang),
            }
            source = str(stage.source) if stage.source else source
    yield Lawful(title, starts_at, row.due_at, source, provisional=row.is_provisional)


def _warning(row: Deadline) -> datetime | None:
    """The first instant before the end at which somebody is told."""
    return next((alarm.at for alarm in ladder.alarms(row) if alarm.at < row.due_at), None)

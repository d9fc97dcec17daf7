"""The Office's registers (台账): one definition each, over the record itself, never a second entry.

A register is a choice of proceedings and the columns that the catalogue declares for it. Its rows are filtered,
paged by key and exported here; how a column is made stands in `registers.columns`, what it reads in
`registers.dossiers`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext

from cases.models import Document, Proceeding, Step
from coordination import keyset, policy
from coordination.errors import NotVisible
from coordination.keyset import Key
from coordination.law.catalogue import catalogue
from coordination.law.kinds import Option, RegisterKind
from coordination.law.processes import all_processes
from coordination.law.zone import ZONE
from coordination.models import User
from coordination.standing import Standing
from supervision.registers import dossiers
from supervision.registers.cells import Cell
from supervision.registers.columns import CASE_CLOCKS, COLUMNS, EVENTS, LEFT_DETENTION, NOTICES

PAGE = 50
CHUNK = 500
NEWEST_FIRST = "-opened_at"
Narrowing = Callable[[datetime], Q]


@dataclass(frozen=True, slots=True)
class Register:
    """A register that runs here: its kind, and the processes whose proceedings are its rows, with which of them."""

    kind: RegisterKind
    sources: Mapping[str, Narrowing]

    @property
    def columns(self) -> tuple[Option, ...]:
        """The titles of its columns, in their order."""
        return tuple(catalogue().columns[name] for name in self.kind.fields)


@dataclass(frozen=True, slots=True)
class Wanted:
    """The filter: `state` open, closed or "" for both; days, both included; a part of the case number or the title."""

    state: str = ""
    from_on: date | None = None
    to_on: date | None = None
    case: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a register: a cell a column, and the proceeding it tells of."""

    proceeding: Proceeding
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One page of lines; `older` is the key behind which the next page begins, None on the last one."""

    lines: tuple[Line, ...]
    older: Key | None


def registers() -> dict[str, Register]:
    """Return the registers that the procedures of this product feed, in the catalogue's order."""
    running = {
        code: {process: narrowed for process, narrowed in sources.items() if process in all_processes()}
        for code, sources in _ROWS.items()
    }
    return {
        code: Register(kind, running[code])
        for code, kind in catalogue().registers.items()
        if running.get(code)
    }


def register(code: str) -> Register:
    """Return one register; raises NotVisible for a code that is none, or that nothing feeds yet."""
    try:
        return registers()[code]
    except KeyError:
        raise NotVisible(f"register {code}") from None


def rows(
    chosen: Register, user: User, who: Standing, *, wanted: Wanted, now: datetime
) -> QuerySet[Proceeding]:
    """Return the proceedings that are the lines of a register for this person, unordered."""
    lines = Q(pk__in=[])
    for process, narrowed in chosen.sources.items():
        lines |= Q(narrowed(now), process=process)
    found = policy.visible(user, Proceeding, now=now, who=who).filter(lines)
    if wanted.state:
        found = found.filter(closed_at__isnull=wanted.state == "open")
    if wanted.from_on:
        found = found.filter(opened_at__gte=_midnight(wanted.from_on))
    if wanted.to_on:
        found = found.filter(opened_at__lt=_midnight(wanted.to_on + timedelta(days=1)))
    about = Q(case__number__icontains=wanted.case) | Q(about__icontains=wanted.case)
    return found.filter(about) if wanted.case else found


def counted(found: QuerySet[Proceeding]) -> tuple[int, int]:
    """Return how many of the rows are open, and how many there are, in one query."""
    counts = found.aggregate(open=Count("pk", filter=Q(closed_at__isnull=True)), all=Count("pk"))
    return counts["open"], counts["all"]


def page(
    chosen: Register,
    user: User,
    who: Standing,
    *,
    wanted: Wanted,
    now: datetime,
    after: Key | None = None,
    size: int = PAGE,
) -> Page:
    """Return the lines behind `after`, newest first, at most `size` of them."""
    found = rows(chosen, user, who, wanted=wanted, now=now).select_related(
        "case__unit", "suspect", "owner", "organisation", "counterpart"
    )
    held = list(keyset.after(found, after, by=NEWEST_FIRST)[: size + 1])
    here = held[:size]
    made = COLUMNS[chosen.kind.code]
    lines = tuple(
        Line(dossier.row, tuple(made[name](dossier) for name in chosen.kind.fields))
        for dossier in dossiers.gather(here, user, who, asked=_asked(chosen), now=now)
    )
    return Page(lines, Key(here[-1].opened_at, here[-1].pk) if len(held) > size else None)


def exported(
    chosen: Register, user: User, who: Standing, *, wanted: Wanted, now: datetime, lang: str
) -> Iterator[str]:
    """Yield the register as CSV, part by part; its head says who exported it, when, and what was asked for.

    Begins with a byte-order mark, so that spreadsheets read the Chinese; no cell can begin a formula.
    """
    asked = " ".join(f"{name}={value}" for name, value in _said(wanted)) or gettext("everything")
    head = [
        [f"{chosen.kind.name(lang)} ({chosen.kind.code})"],
        [gettext("Exported by %(person)s") % {"person": user.name}, _minute(now), asked],
        [option.name(lang) for option in chosen.columns],
    ]
    yield "\ufeff" + _csv(head)
    key: Key | None = None
    while True:
        part = page(chosen, user, who, wanted=wanted, now=now, after=key, size=CHUNK)
        yield _csv([[plain(cell) for cell in line.cells] for line in part.lines])
        if part.older is None:
            return
        key = part.older


def _asked(chosen: Register) -> dossiers.Asked:
    code = chosen.kind.code
    return dossiers.Asked(
        EVENTS.get(code, ()), CASE_CLOCKS.get(code, ()), "last_activity" in chosen.kind.fields
    )


def _said(wanted: Wanted) -> Iterator[tuple[str, str]]:
    for name in ("state", "from_on", "to_on", "case"):
        value = getattr(wanted, name)
        if value:
            yield name, str(value)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), ZONE)


def _minute(at: datetime) -> str:
    return f"{localtime(at):%Y-%m-%d %H:%M}"


def plain(cell: Cell) -> str:
    """A cell as text of an export; one that a spreadsheet would compute is quoted."""
    when = _minute(cell.at) if cell.at else cell.on.isoformat() if cell.on else ""
    text = " ".join(part for part in (when, cell.text) if part)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def _csv(lines: list[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(lines)
    return out.getvalue()


# ---- which proceedings stand in which register -----------------------------------------------------------------------


def _all(now: datetime) -> Q:
    return Q()


def _taken(*names: str) -> Exists:
    return Exists(Step.objects.filter(proceeding=OuterRef("pk"), name__in=names))


def _issued(now: datetime) -> Q:
    """Opinions that were decided, so that they bear a number: a draft is no opinion yet."""
    return Q(Exists(Document.objects.filter(proceeding=OuterRef("pk"), kind__in=NOTICES)))


def _measured(now: datetime) -> Q:
    return Q(_taken("detain", "arrest", *LEFT_DETENTION))


def _not_submitted(now: datetime) -> Q:
    """Detained, and the detention ended without a request for arrest (刑拘未提捕)."""
    ended = Q(_taken("detain")) & ~Q(_taken("request_arrest")) & ~Q(_taken("arrest"))
    return ended & ~Q(state__in=("detained", "arrest_review"))


def _sent_for_prosecution(now: datetime) -> Q:
    return Q(_taken("conclude"))


def _accepted(now: datetime) -> Q:
    """What an agency referred and the police took in: from then on it is decided like any report."""
    return Q(_taken("accept"))


_ROWS: dict[str, dict[str, Narrowing]] = {
    "REG-LEAD": {"supervision_lead": _all},
    "REG-OPINION": {
        "correction_notice": _issued,
        "filing_supervision_file": _issued,
        "filing_supervision_withdraw": _issued,
        "procuratorial_recommendation": _issued,
        "oral_correction": _issued,
    },
    "REG-NECESSITY": {"custody_necessity": _all},
    "REG-SEPARATE": {"separate_handling_check": _all},
    "REG-DIVERTED": {"diverted_case_review": _all},
    "REG-AGENCY": {"admin_case_link": _all},
    "REG-FILING": {"filing_review": _all, "admin_case_link": _accepted},
    "REG-LINK": {"internal_supervision_link": _all},
    "REG-CUSTODY": {"custody": _measured},
    "REG-DETAINED": {"custody": _not_submitted},
    "REG-ARREST": {"arrest_review": _all},
    "REG-PROSECUTION": {"case": _sent_for_prosecution},
    "REG-DESK": {"counterpart_transfer": _all},
    "REG-HANGING": {"hanging_case_clearance": _all},
    "REG-JOINT": {"joint_supervised_case": _all},
    "REG-MEETING": {"joint_meeting": _all, "meeting_action": _all},
    "REG-TRAIN": {"joint_training": _all},
    "REG-GUIDANCE": {"joint_guidance": _all},
    "REG-QUALITY": {"case_quality_review": _all},
    "REG-BULLETIN": {"bulletin": _all, "joint_analysis": _all},
    "REG-DATA": {"data_request": _all, "platform_lookup": _all},
    "REG-EXCHANGE": {"exchange_package": _all},
    "REG-HANDOVER": {"absence_handover": _all},
    "REG-DUTY": {"duty_shift": _all},
    "REG-SUPP": {"outline_item": _all},
    "REG-COMPLAINT": {"complaint_art117": _all, "lawyer_rights_complaint": _all},
    "REG-INVOLVE": {"timely_involvement": _all},
    "REG-REVERSE": {"reverse_transfer": _all},
}

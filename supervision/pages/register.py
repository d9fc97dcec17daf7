"""Registers as the templates show them: the list of registers, and one page of one with its filter and addresses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext

from coordination.components import Filter, Option
from coordination.law.kinds import RegisterKind
from coordination.law.processes import all_processes
from coordination.models import User
from coordination.reader import language
from coordination.standing import Standing
from supervision.registers import reading as registers_reading
from supervision.registers.cells import Cell
from supervision.registers.reading import Page, Register, Wanted


@dataclass(frozen=True, slots=True)
class RegisterLink:
    """A register in the list of registers."""

    kind: RegisterKind
    url: str
    procedure: str
    open: int
    all: int


@dataclass(frozen=True, slots=True)
class Titled:
    """A cell with the title of its column: on a narrow screen each line is a card."""

    label: str
    cell: Cell


@dataclass(frozen=True, slots=True)
class LineShown:
    """One line: where its record is, whether it is closed, and its cells."""

    url: str
    is_closed: bool
    cells: tuple[Titled, ...]


@dataclass(frozen=True, slots=True)
class RegisterShown:
    """One page of a register."""

    kind: RegisterKind
    columns: tuple[str, ...]
    lines: tuple[LineShown, ...]
    filters: tuple[Filter, ...]
    found: int
    export_url: str
    clear_url: str
    next_url: str
    first_url: str


def index(user: User, who: Standing, *, now: datetime) -> tuple[RegisterLink, ...]:
    """Return the registers with how many lines the person sees in each."""
    shown = []
    for code, register_ in registers_reading.registers().items():
        rows = registers_reading.rows(register_, user, who, wanted=Wanted(), now=now)
        counts = registers_reading.counted(rows)
        procedure = ", ".join(all_processes()[process].name(language()) for process in register_.sources)
        shown.append(RegisterLink(register_.kind, reverse("register", args=[code]), procedure, *counts))
    return tuple(shown)


def register(chosen: Register, page: Page, *, wanted: Wanted, found: int, is_first: bool) -> RegisterShown:
    """Word one page of a register."""
    code = chosen.kind.code
    here, asked = reverse("register", args=[code]), _asked(wanted)
    columns = tuple(option.name(language()) for option in chosen.columns)
    more = urlencode({**asked, "after": str(page.older)}) if page.older else ""
    return RegisterShown(
        kind=chosen.kind,
        columns=columns,
        lines=tuple(
            LineShown(
                reverse("proceeding", args=[line.proceeding.pk]),
                line.proceeding.closed_at is not None,
                tuple(Titled(label, cell) for label, cell in zip(columns, line.cells, strict=True)),
            )
            for line in page.lines
        ),
        filters=_filters(wanted),
        found=found,
        export_url=f"{reverse('register-csv', args=[code])}?{urlencode(asked)}",
        clear_url=here if asked else "",
        next_url=f"{here}?{more}" if more else "",
        first_url="" if is_first else f"{here}?{urlencode(asked)}",
    )


def _asked(wanted: Wanted) -> dict[str, str]:
    said = {"state": wanted.state, "from_on": wanted.from_on, "to_on": wanted.to_on, "case": wanted.case}
    return {name: str(value) for name, value in said.items() if value}


def _filters(wanted: Wanted) -> tuple[Filter, ...]:
    states = (("", gettext("all")), ("open", gettext("open")), ("closed", gettext("closed")))
    return (
        Filter(
            "state",
            gettext("State"),
            tuple(Option(value, str(label), value == wanted.state) for value, label in states),
        ),
        Filter("from_on", gettext("Begun from"), value=str(wanted.from_on or ""), kind="date"),
        Filter("to_on", gettext("Begun until"), value=str(wanted.to_on or ""), kind="date"),
        Filter("case", gettext("Case number"), value=wanted.case),
    )

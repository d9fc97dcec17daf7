"""A task area as the templates show it: its procedures with their states, its limits, its registers, what I may start.

All of it is read from the declared procedures and the rulebook; the counts come from `dashboards`.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext

from coordination.law import local
from coordination.law.catalogue import catalogue
from coordination.law.kinds import Area, RegisterKind
from coordination.law.limit import Limit
from coordination.law.procedure import Process, State
from coordination.law.processes import all_processes, only_opened
from coordination.law.roles import ROLES
from coordination.law.rulebook import rulebook
from coordination.reader import language
from coordination.standing import Standing
from supervision.pages.board import MECHANISMS
from supervision.pages.rule_lines import NO_RULES, RuleLine, Rules
from supervision.pages.rulebook import Found, found
from supervision.registers import reading as registers_reading

REGISTERED = frozenset({"case", "filing_review", "custody"})
"""Procedures that begin by themselves with a case or a suspect."""


@dataclass(frozen=True, slots=True)
class ProcedureShown:
    """A procedure of an area: who starts it, and its states in order."""

    id: str
    title: str
    starter: str
    organ: str
    states: tuple[State, ...]
    opened_by: tuple[str, ...]
    start_url: str
    start_line: str


@dataclass(frozen=True, slots=True)
class ListShown:
    """A list that is local practice: the reader's Office's own, else the one of this house."""

    title: str
    items: tuple[str, ...]
    local: tuple[RuleLine, ...]


@dataclass(frozen=True, slots=True)
class AreaShown:
    """Everything about an area that does not depend on cases."""

    area: Area
    sentence: str
    procedures: tuple[ProcedureShown, ...]
    limits: tuple[Found, ...]
    off: tuple[Limit, ...]
    lists: tuple[ListShown, ...]
    registers: tuple[RegisterKind, ...]

    @property
    def startable(self) -> tuple[ProcedureShown, ...]:
        """The procedures that the reader may begin."""
        return tuple(procedure for procedure in self.procedures if procedure.start_line)


@dataclass(frozen=True, slots=True)
class Mechanism:
    """One of the three mechanisms, or the Office, with its areas and how many procedures run in each."""

    numeral: str
    title: str
    areas: tuple[tuple[Area, str, int], ...]


def mechanisms() -> tuple[Mechanism, ...]:
    """Return all areas by mechanism: each with its sentence and the number of its procedures."""
    counted = Counter(process.area for process in all_processes().values())
    return tuple(
        Mechanism(
            numeral,
            str(title),
            tuple(
                (known, known.sentence(language()), counted[known.code])
                for known in catalogue().areas.values()
                if known.mechanism == name
            ),
        )
        for name, (numeral, title) in MECHANISMS.items()
    )


def area(code: str, who: Standing, rules: Rules = NO_RULES) -> AreaShown:
    """Describe an area for a person; raises UnknownKind for a code that is none."""
    known = catalogue().area(code)
    mine = [process for process in all_processes().values() if process.area == code]
    limits = [limit for limit in rulebook().limits.values() if limit.area == code]
    running = registers_reading.registers()
    return AreaShown(
        area=known,
        sentence=known.sentence(language()),
        procedures=tuple(_procedure(process, who) for process in mine),
        limits=tuple(found(limit, rules) for limit in limits if limit.enabled),
        off=tuple(limit for limit in limits if not limit.enabled),
        lists=tuple(_list(known, rules) for known in local.local_lists().values() if known.area == code),
        registers=tuple(
            running[code].kind
            for code in dict.fromkeys(code for process in mine for code in process.registers)
            if code in running
        ),
    )


def _list(known: local.LocalList, rules: Rules) -> ListShown:
    own = tuple(item.name(language()) for item in known.items)
    return ListShown(known.name(language()), own, rules.get(known.id, ()))


def _procedure(process: Process, who: Standing) -> ProcedureShown:
    url, line = _start(process, who)
    return ProcedureShown(
        id=process.id,
        title=process.name(language()),
        starter=ROLES[process.initiator].name(language()),
        organ=ROLES[process.initiator].organ,
        states=process.states,
        opened_by=tuple(other.name(language()) for other in _openers(process)),
        start_url=url,
        start_line=line,
    )


def _openers(process: Process) -> list[Process]:
    """The procedures of which a step opens this one."""
    return [
        other
        for other in all_processes().values()
        if any(child.process == process.id for step in other.steps for child in step.opens)
    ]


def _start(process: Process, who: Standing) -> tuple[str, str]:
    """Where the person begins the procedure, and how; both empty where the person cannot."""
    first = [step for step in process.steps_from(process.start.id) if who.roles & set(step.roles())]
    if not first or process.id in only_opened() - REGISTERED:
        return "", ""
    if process.id in ("case", "filing_review"):
        return reverse("case-register"), gettext("Register a report: the case and its review begin.")
    if process.id == "custody":
        return reverse("case-list"), gettext("On the page of a case: name a suspect.")
    return reverse("case-list"), gettext("On the page of a case, or from an entry of its log.")

"""A task area as the templates show it: what it is for, its procedures drawn, limits, registers, what I may start.

All of it is read from the declared procedures and the rulebook; the counts come from `dashboards`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext, pgettext

from cases.queries.beginnings import beginnings, openers
from coordination import policy
from coordination.components import ChoiceShown
from coordination.drawings.state_diagram import Diagram, state_diagram
from coordination.law import local
from coordination.law.catalogue import catalogue
from coordination.law.kinds import Area, RegisterKind, Served
from coordination.law.limit import Limit
from coordination.law.procedure import Process
from coordination.law.processes import all_processes, only_opened
from coordination.law.roles import ROLES
from coordination.law.rulebook import rulebook
from coordination.reader import language
from coordination.standing import Standing
from supervision.pages.board import MECHANISMS
from supervision.pages.rule_lines import NO_RULES, RuleLine, Rules
from supervision.pages.rulebook import Found, found
from supervision.registers import reading as registers_reading


@dataclass(frozen=True, slots=True)
class ProcedureShown:
    """A procedure of an area: who starts it or from where it is opened, its picture, and the limits that run in it."""

    id: str
    title: str
    starter: str
    organ: str
    opened_by: tuple[str, ...]
    is_begun_by_hand: bool
    diagram: Diagram
    limits: tuple[Limit, ...]


@dataclass(frozen=True, slots=True)
class ListShown:
    """A list that is local practice: the reader's Office's own, else the one of this house."""

    title: str
    items: tuple[str, ...]
    local: tuple[RuleLine, ...]


@dataclass(frozen=True, slots=True)
class AreaShown:
    """Everything about an area that does not depend on cases; `serves` pairs a word for whom with what."""

    area: Area
    sentence: str
    demands: tuple[str, ...]
    serves: tuple[tuple[str, str, Served], ...]
    starts: tuple[ChoiceShown, ...]
    procedures: tuple[ProcedureShown, ...]
    limits: tuple[Found, ...]
    off: tuple[Limit, ...]
    lists: tuple[ListShown, ...]
    registers: tuple[RegisterKind, ...]


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
    known, lang = catalogue().area(code), language()
    mine = [process for process in all_processes().values() if process.area == code]
    limits = [limit for limit in rulebook().limits.values() if limit.area == code]
    running = registers_reading.registers()
    return AreaShown(
        area=known,
        sentence=known.sentence(lang),
        demands=known.demands(lang),
        serves=tuple((*_served(one.who), one) for one in known.serves),
        starts=tuple(_starts(code, who)),
        procedures=tuple(_procedure(process) for process in mine),
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


def _served(who: str) -> tuple[str, str]:
    """The kind of organ that picks the colour, and the word; both organs together have no colour."""
    words = {
        "procuratorate": gettext("procuratorate"),
        "police": gettext("police"),
        "office": pgettext("served", "the Office"),
        "superior": gettext("the superiors"),
        "both": gettext("both organs"),
    }
    return ("" if who in ("both", "superior") else who), words[who]


def _procedure(process: Process) -> ProcedureShown:
    lang, book = language(), rulebook()
    started = dict.fromkeys(start.limit for step in process.steps for start in step.started)
    return ProcedureShown(
        id=process.id,
        title=process.name(lang),
        starter=ROLES[process.initiator].name(lang),
        organ=ROLES[process.initiator].organ,
        opened_by=tuple(other.name(lang) for other in openers().get(process.id, ()) if other is not process),
        is_begun_by_hand=process.id not in only_opened(),
        diagram=state_diagram(process, lang),
        limits=tuple(book.limit(name) for name in started if book.limit(name).enabled),
    )


def _starts(code: str, who: Standing) -> Iterator[ChoiceShown]:
    """What the person may begin in the area, each with the place where it begins."""
    declared, lang = all_processes(), language()
    if policy.may(who, "case.register"):
        line = gettext("Register a report: the case and its review begin.")
        for name in ("case", "filing_review"):
            if declared[name].area == code:
                yield ChoiceShown(declared[name].name(lang), line, reverse("case-register"))
    if policy.may(who, "suspect.add") and declared["custody"].area == code:
        line = gettext("Choose the case and name a suspect.")
        yield ChoiceShown(declared["custody"].name(lang), line, reverse("case-list"))
    for one in beginnings(who):
        if one.process.area != code:
            continue
        title = one.process.name(lang)
        if one.needs_a_case:
            line = gettext("First choose the case.")
            yield ChoiceShown(title, line, f"{reverse('case-list')}?begin={one.process.id}")
        else:
            yield ChoiceShown(
                title, one.step.name(lang), reverse("office-begin", args=[one.process.id, one.step.id])
            )

"""Cells of the registers, and makers of columns for what many registers show: a step's day, an option, an event.

A column is a function from what is recorded about a row to one cell. Which register has which columns stands in
`registers.columns`. Cells are worded in the reader's language when they are made.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext

from cases.models import Deadline, Document, Step
from coordination.law.catalogue import catalogue
from coordination.law.rulebook import rulebook
from coordination.reader import language
from supervision.registers.dossiers import Dossier


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one column: an instant or a day, then words; `url` opens the record behind it."""

    text: str = ""
    at: datetime | None = None
    on: date | None = None
    url: str = ""

    def __bool__(self) -> bool:
        return bool(self.text or self.at or self.on)


Column = Callable[[Dossier], Cell]
NOTHING = Cell()


# ---- cells from one thing --------------------------------------------------------------------------------------------


def day(at: datetime | None, text: str = "") -> Cell:
    """The day of an instant, in Shanghai."""
    return Cell(text, on=localdate(at)) if at else NOTHING


def ends(clock: Deadline | None) -> Cell:
    """When a clock ends, or ended; a provisional end says so."""
    if clock is None:
        return NOTHING
    words = gettext("provisional") if clock.is_provisional else ""
    return Cell(words, on=clock.due_on) if clock.due_on else Cell(words, at=clock.due_at)


def paper(document: Document | None) -> Cell:
    """A document by its number, or by its title where it has none."""
    if document is None:
        return NOTHING
    return Cell(document.number or title(document), url=reverse("document", args=[document.pk]))


def title(document: Document) -> str:
    """The title of a document's kind."""
    return catalogue().document(document.kind).name(language())


def option(step: Step, fact: str) -> str:
    """The title of the option that a step chose; "" where it has no such fact."""
    fields = {item.name: item for item in step.declared.facts}
    value = step.facts.get(fact)
    return fields[fact].option(str(value), language()) if value is not None and fact in fields else ""


# ---- columns that are the same everywhere ----------------------------------------------------------------------------


def case_of(dossier: Dossier) -> Cell:
    """The case by number and title, and the way to it."""
    case = dossier.row.case
    return Cell(f"{case.number} {case.title}", url=reverse("case", args=[case.pk])) if case else NOTHING


def suspect_of(dossier: Dossier) -> Cell:
    """The suspect by name, with the number of the case, and the way to it."""
    suspect, case = dossier.row.suspect, dossier.row.case
    if suspect is None or case is None:
        return NOTHING
    return Cell(f"{suspect.name} · {case.number}", url=reverse("case", args=[case.pk]))


def state_of(dossier: Dossier) -> Cell:
    """The state that the row is in."""
    return Cell(dossier.row.declared_state.name(language()))


def closed_on(dossier: Dossier) -> Cell:
    """The day on which the row was closed."""
    return day(dossier.row.closed_at)


def direction(dossier: Dossier) -> Cell:
    """From which organ to which one the row goes."""
    row = dossier.row
    to = row.counterpart.name(language()) if row.counterpart else ""
    return Cell(f"{row.organisation.name(language())} → {to}")


def elsewhere(dossier: Dossier) -> Cell:
    """A column fed by a procedure that leaves no event behind to read it from."""
    return NOTHING


# ---- makers of columns -----------------------------------------------------------------------------------------------


def step_day(*names: str) -> Column:
    """The day of the latest of these steps."""

    def column(dossier: Dossier) -> Cell:
        step = dossier.step(*names)
        return day(step.occurred_at) if step else NOTHING

    return column


def step_at(*names: str) -> Column:
    """The instant of the latest of these steps."""

    def column(dossier: Dossier) -> Cell:
        step = dossier.step(*names)
        return Cell(at=step.occurred_at) if step else NOTHING

    return column


def step_said(*names: str, fact: str = "") -> Column:
    """The day of the latest of these steps, with the option it chose, or with its title."""

    def column(dossier: Dossier) -> Cell:
        step = dossier.step(*names)
        if step is None:
            return NOTHING
        return day(step.occurred_at, option(step, fact) or step.declared.name(language()))

    return column


def chosen(fact: str, *names: str) -> Column:
    """The option that the latest of these steps chose."""

    def column(dossier: Dossier) -> Cell:
        step = dossier.step(*names)
        return Cell(option(step, fact)) if step else NOTHING

    return column


def given_day(fact: str, *names: str) -> Column:
    """The day or the instant that a fact holds."""

    def column(dossier: Dossier) -> Cell:
        value = dossier.fact(fact, *names)
        if isinstance(value, datetime):
            return Cell(at=value)
        return Cell(on=value) if isinstance(value, date) else NOTHING

    return column


def named(fact: str, *names: str) -> Column:
    """The organ or the person that a fact refers to."""

    def column(dossier: Dossier) -> Cell:
        value = dossier.fact(fact, *names)
        return Cell(dossier.names.get(str(value), str(value))) if value else NOTHING

    return column


def said(fact: str, *names: str) -> Column:
    """What a fact says: words, a number, the entries of a list; people and organs by name, options by title."""

    def column(dossier: Dossier) -> Cell:
        step = next(
            (one for one in reversed(dossier.steps) if fact in one.facts and _is_one(one, names)), None
        )
        if step is None:
            return NOTHING
        value = step.facts[fact]
        parts = value if isinstance(value, list) else [value]
        return Cell("; ".join(_word(step, fact, str(part), dossier) for part in parts))

    return column


def _word(step: Step, fact: str, value: str, dossier: Dossier) -> str:
    """One value of a fact: an option by its title, a person or an organ by name, anything else as it stands."""
    field = next((item for item in step.declared.facts if item.name == fact), None)
    if field is not None and field.type == "enum":
        return field.option(value, language())
    return dossier.names.get(value, value)


def _is_one(step: Step, names: tuple[str, ...]) -> bool:
    return not names or step.name in names


def taker(*names: str) -> Column:
    """Who took the latest of these steps."""

    def column(dossier: Dossier) -> Cell:
        step = dossier.step(*names)
        return Cell(dossier.names.get(str(step.actor_id), "")) if step else NOTHING

    return column


def yes_no(fact: str, *names: str) -> Column:
    """Whether a fact holds; empty where it was not recorded."""

    def column(dossier: Dossier) -> Cell:
        value = dossier.fact(fact, *names)
        return NOTHING if value is None else Cell(gettext("yes") if value else gettext("no"))

    return column


def event_day(*names: str) -> Column:
    """The day of the latest of these events, whichever procedure recorded it."""

    def column(dossier: Dossier) -> Cell:
        event = dossier.event(*names)
        return day(event.at) if event else NOTHING

    return column


def event_said(*names: str) -> Column:
    """The day of the latest of these events, with what happened."""

    def column(dossier: Dossier) -> Cell:
        event = dossier.event(*names)
        return day(event.at, rulebook().event(event.event).name(language())) if event else NOTHING

    return column


def end_of(*limits: str) -> Column:
    """The end of the clock of these limits that runs, or that was wound last."""

    def column(dossier: Dossier) -> Cell:
        return ends(dossier.deadline(*limits))

    return column

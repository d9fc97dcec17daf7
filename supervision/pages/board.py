"""The Office board and its lists as the templates show them: numbers with words and addresses, rows with theirs.

What is counted, and which rows there are, stands in `dashboards`; here they only become readable.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy, pgettext_lazy

from cases import status
from cases.models import Deadline, Document, Proceeding
from cases.queries import reading
from coordination import keyset
from coordination.components import AreaCard, DeadlineShown, Filter, Link, Mechanism, Option, Tile
from coordination.keyset import Key
from coordination.law.catalogue import catalogue
from coordination.law.kinds import Area
from coordination.law.procedure import State
from coordination.models import Organisation, User
from coordination.reader import language
from coordination.standing import Standing
from supervision import dashboards
from supervision.dashboards import AreaNumbers, Board, Number, Selection

PAGE = 50

STATE_WORDS: Mapping[str, Promise] = {
    "open": pgettext_lazy("deadlines", "open"),
    "due_soon": gettext_lazy("due soon"),
    "overdue": gettext_lazy("overdue"),
    "today": gettext_lazy("due today"),
}
AGE_WORDS: Mapping[str, Promise] = {
    "young": gettext_lazy("less than 3 days"),
    "middle": gettext_lazy("3 to 10 days"),
    "old": gettext_lazy("10 to 30 days"),
    "stale": gettext_lazy("30 days and more"),
}
WHAT_WORDS: Mapping[str, Promise] = {
    "deadlines": gettext_lazy("Running deadlines"),
    "matters": gettext_lazy("Open matters"),
    "decisions": gettext_lazy("Awaiting a decision"),
    "unanswered": gettext_lazy("Sent and not answered"),
    "custody": gettext_lazy("Custody that ends within ten days"),
}
ORGAN_WORDS: Mapping[str, Promise] = {
    "procuratorate": gettext_lazy("procuratorate"),
    "police": gettext_lazy("police"),
}
MECHANISMS: Mapping[str, tuple[str, Promise]] = {
    "supervision": ("I", gettext_lazy("Supervision and restriction")),
    "cooperation": ("II", gettext_lazy("Coordination and cooperation")),
    "information": ("III", gettext_lazy("Information sharing")),
    "office": ("", gettext_lazy("The Office itself")),
}


@dataclass(frozen=True, slots=True)
class OrganRow:
    """What one organ owes."""

    organ: str
    counts: tuple[Tile, ...]


@dataclass(frozen=True, slots=True)
class BoardShown:
    """The board in words; `first` are the numbers people look at first."""

    at: datetime
    first: tuple[Tile, ...]
    organs: tuple[OrganRow, ...]
    unanswered: tuple[Tile, ...]
    mechanisms: tuple[Mechanism, ...]


@dataclass(frozen=True, slots=True)
class MatterShown:
    """A proceeding as a row of a list."""

    title: str
    url: str
    state: State
    since: datetime
    case: str
    case_url: str
    organ: str
    organ_kind: str


@dataclass(frozen=True, slots=True)
class PaperShown:
    """A document as a row of a list; `mark` says how far it got."""

    title: str
    number: str
    url: str
    sent_at: datetime
    mark: str
    case: str
    case_url: str
    sender: str
    sender_kind: str
    addressee: str
    addressee_kind: str


@dataclass(frozen=True, slots=True)
class ListShown:
    """One page of the list behind a number; of the three kinds of rows one is filled. `found` counts all pages."""

    title: str
    found: int
    deadlines: tuple[DeadlineShown, ...] = ()
    matters: tuple[MatterShown, ...] = ()
    papers: tuple[PaperShown, ...] = ()
    next_url: str = ""
    first_url: str = ""


# ---- the board -------------------------------------------------------------------------------------------------------


def board(counted: Board) -> BoardShown:
    """Word the numbers and give each the address of its list."""
    cards = [area_card(row) for row in counted.areas]
    by_mechanism: dict[str, list[AreaCard]] = {}
    for row, card in zip(counted.areas, cards, strict=True):
        by_mechanism.setdefault(row.area.mechanism, []).append(card)
    return BoardShown(
        at=counted.at,
        first=(
            _tile(counted.today, str(STATE_WORDS["today"]), state="due_soon"),
            _tile(counted.overdue, str(STATE_WORDS["overdue"]), state="overdue"),
            _tile(counted.decisions, str(WHAT_WORDS["decisions"])),
            _tile(counted.custody, str(WHAT_WORDS["custody"]), state="overdue"),
        ),
        organs=tuple(OrganRow(row.organ, _counts(row.deadlines)) for row in counted.organs),
        unanswered=tuple(
            _tile(number, str(AGE_WORDS[number.selection.age])) for number in counted.unanswered
        ),
        mechanisms=tuple(
            Mechanism(numeral, str(title), tuple(by_mechanism.get(name, ())))
            for name, (numeral, title) in MECHANISMS.items()
        ),
    )


def area_card(row: AreaNumbers, *, within_area: bool = False) -> AreaCard:
    """Word the numbers of an area; `within_area` leads to the area's own lists, which everyone may open."""
    return AreaCard(
        number=row.area.number,
        title=area_title(row.area),
        url=reverse("area", args=[row.area.code]),
        matters=_tile(row.matters, gettext("open matters"), within_area=within_area),
        counts=_counts(row.deadlines, within_area=within_area),
    )


def area_title(area: Area) -> str:
    """The title of an area in the reader's language."""
    return area.name(language())


def address(selection: Selection, *, within_area: bool = False) -> str:
    """The address of the list of a selection."""
    if within_area:
        parameters = {name: value for name, value in selection.parameters.items() if name != "area"}
        return f"{reverse('area-list', args=[selection.area])}?{urlencode(parameters)}"
    return f"{reverse('office-list')}?{urlencode(selection.parameters)}"


def _counts(numbers: Iterable[Number], *, within_area: bool = False) -> tuple[Tile, ...]:
    return tuple(
        _tile(
            number, str(STATE_WORDS[number.selection.state]), number.selection.state, within_area=within_area
        )
        for number in numbers
    )


def _tile(number: Number, label: str, state: str = "", *, within_area: bool = False) -> Tile:
    return Tile(label, number.count, address(number.selection, within_area=within_area), state)


# ---- the lists -------------------------------------------------------------------------------------------------------


def listed(
    selection: Selection,
    user: User,
    who: Standing,
    *,
    now: datetime,
    after: Key | None,
    within_area: bool = False,
) -> ListShown:
    """Return one page of the list of a selection, sorted by its instant; the longest waiting stand first."""
    rows = dashboards.rows(selection, user, who, now=now)
    by = dashboards.SORTED_BY[selection.what]
    held = list(keyset.after(_with_names(rows, selection.what), after, by=by)[: PAGE + 1])
    here = held[:PAGE]
    here_url = address(selection, within_area=within_area)
    last = f"{here_url}&after={Key(getattr(here[-1], by), here[-1].pk)}" if len(held) > PAGE else ""
    shown = {
        "deadlines": tuple(deadline_shown(row, now) for row in here if isinstance(row, Deadline)),
        "matters": tuple(_matter(row) for row in here if isinstance(row, Proceeding)),
        "papers": tuple(_paper(row) for row in here if isinstance(row, Document)),
    }
    return ListShown(
        title=str(WHAT_WORDS[selection.what]), found=rows.count(), next_url=last,
        first_url=here_url if after else "", **shown,  # type: ignore[arg-type]
    )  # fmt: skip


def crumbs(selection: Selection, *, within_area: bool = False) -> tuple[Link, ...]:
    """The way to a list: from the board, or from the area whose numbers it stands behind."""
    here = Link(str(WHAT_WORDS[selection.what]))
    if not within_area:
        return Link(gettext("Office board"), reverse("office-board")), here
    area = catalogue().area(selection.area)
    return (
        Link(gettext("Areas"), reverse("areas")),
        Link(area_title(area), reverse("area", args=[area.code])),
        here,
    )


def filters(selection: Selection, *, within_area: bool = False) -> tuple[Filter, ...]:
    """The filter bar of a list: what narrows it, with what is chosen."""
    narrowed = dashboards.NARROWED_BY
    what = {name: words for name, words in WHAT_WORDS.items() if not within_area or "area" in narrowed[name]}
    chosen = [Filter("what", gettext("List"), _options(what, selection.what, anything=False))]
    if "area" in narrowed[selection.what] and not within_area:
        areas = {code: area.name(language()) for code, area in catalogue().areas.items()}
        chosen.append(Filter("area", gettext("Area"), _options(areas, selection.area)))
    if "state" in narrowed[selection.what]:
        chosen.append(
            Filter(
                "state", gettext("State"), _options(STATE_WORDS, selection.state or "open", anything=False)
            )
        )
    if "organ" in narrowed[selection.what]:
        chosen.append(Filter("organ", gettext("Who owes"), _options(ORGAN_WORDS, selection.organ)))
    if "age" in narrowed[selection.what]:
        chosen.append(Filter("age", gettext("Sent"), _options(AGE_WORDS, selection.age)))
    return tuple(chosen)


def deadline_shown(row: Deadline, now: datetime) -> DeadlineShown:
    """A deadline as a row: what is owed, by whom, until when and why then."""
    lang = language()
    stands = status.status(row, now)
    rule = row.rule
    return DeadlineShown(
        state=stands.value,
        at=row.due_at,
        on=row.due_on,
        matter=rule.name(lang),
        source="; ".join(str(source) for source in rule.sources),
        because=reading.because(row),
        case=row.case.number if row.case else "",
        case_url=reverse("case", args=[row.case.pk]) if row.case else "",
        counterpart=row.responsible.name(lang),
        counterpart_organ=row.responsible.kind,
        next_url=reverse("proceeding", args=[row.proceeding_id]),
        note=f"{row.proceeding.declared.name(lang)}{_about(row.proceeding)}",
    )


def _matter(row: Proceeding) -> MatterShown:
    lang = language()
    return MatterShown(
        title=f"{row.declared.name(lang)}{_about(row)}",
        url=reverse("proceeding", args=[row.pk]),
        state=row.declared_state,
        since=row.state_since,
        case=row.case.number if row.case else "",
        case_url=reverse("case", args=[row.case.pk]) if row.case else "",
        organ=row.organisation.name(lang),
        organ_kind=row.organisation.kind,
    )


def _paper(row: Document) -> PaperShown:
    lang = language()
    to = row.addressee
    return PaperShown(
        title=catalogue().document(row.kind).name(lang),
        number=row.number,
        url=reverse("document", args=[row.pk]),
        sent_at=row.sent_at or row.issued_at or row.proceeding.opened_at,
        mark=gettext("receipted, not answered") if row.receipted_at else gettext("not receipted"),
        case=row.case.number if row.case else "",
        case_url=reverse("case", args=[row.case.pk]) if row.case else "",
        sender=row.organisation.name(lang),
        sender_kind=row.organisation.kind,
        addressee=to.name(lang) if to else "",
        addressee_kind=to.kind if to else Organisation.Kind.OFFICE,
    )


def _about(row: Proceeding) -> str:
    return f" · {row.suspect.name}" if row.suspect else ""


def _with_names(rows: QuerySet[Any], what: str) -> QuerySet[Any]:
    joined = {
        "deadlines": ("case", "responsible", "proceeding__suspect"),
        "custody": ("case", "responsible", "proceeding__suspect"),
        "unanswered": ("case", "organisation", "addressee", "proceeding"),
    }
    return rows.select_related(*joined.get(what, ("case", "suspect", "organisation")))


def _options(words: Mapping[str, object], chosen: str, *, anything: bool = True) -> tuple[Option, ...]:
    first = (Option("", gettext("all"), not chosen),) if anything else ()
    return first + tuple(Option(value, str(label), value == chosen) for value, label in words.items())

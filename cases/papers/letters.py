"""A paper as a page of the screen: the sheet that was issued, or the one that a step would issue now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any, cast

from django.utils.translation import gettext

from cases import parties
from cases.models import Document, Proceeding
from cases.papers import composing, rendering
from cases.papers.sheets import Item, Section, Sheet, Table
from coordination.components import Letter
from coordination.law.catalogue import catalogue
from coordination.law.kinds import DocumentKind
from coordination.law.procedure import Step as DeclaredStep
from coordination.law.zone import ZONE
from coordination.models import Organisation


def of_document(document: Document) -> Letter:
    """The issued paper as it was printed."""
    kind = catalogue().document(document.kind)
    state = gettext("cancelled") if document.cancelled_at else ""
    return _letter(kind, sheet_of(document.sheet), number=document.number, state=state, draft=False)


def ahead(
    row: Proceeding,
    code: str,
    facts: Mapping[str, object],
    *,
    step: DeclaredStep,
    now: datetime,
    written: DeclaredStep | None = None,
) -> Letter:
    """The paper as the step would issue it now: a draft without a number; nothing is stored.

    `facts` are what is written so far, of this step or of `written`, where another one carries the text.
    """
    kind = catalogue().document(code)
    organ = issuer(row, step)
    sheet = composing.compose(
        kind, row, step=None, organisation=organ, addressee=composing.addressee_of(kind, row, organ),
        facts=composing.known_facts(row, facts, written=written or step), number=None,
        dated_on=now.astimezone(ZONE).date(),
    )  # fmt: skip
    number = gettext("numbered when it is issued") if kind.numbering.pattern else ""
    return _letter(kind, replace(sheet, draft=True), number=number, state=gettext("draft"), draft=True)


def issuer(row: Proceeding, step: DeclaredStep) -> Organisation:
    """The organ whose paper a step issues: the one at which the step is taken."""
    return parties.of_proceeding(row).organ_of(step.role) or row.organisation


def sheet_of(raw: Mapping[str, Any]) -> Sheet:
    """Read a stored sheet back."""
    sections = tuple(
        Section(
            part["heading"], tuple(part["paragraphs"]),
            tuple(Item(item["text"], item["heading"], tuple(item["bases"])) for item in part["items"]),
            _table(part["table"]),
        )
        for part in raw["sections"]
    )  # fmt: skip
    days = {
        name: date.fromisoformat(raw[name]) if raw[name] else None for name in ("reply_due_on", "dated_on")
    }
    plain: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in raw.items()
    }
    fields = tuple((label, value) for label, value in raw["fields"])
    return Sheet(**{**plain, **days, "sections": sections, "fields": fields})


def _table(raw: Mapping[str, Any] | None) -> Table | None:
    return (
        Table(tuple(raw["columns"]), tuple(tuple(row) for row in raw["rows"]), raw["caption"])
        if raw
        else None
    )


def _letter(kind: DocumentKind, sheet: Sheet, *, number: str, state: str, draft: bool) -> Letter:
    page = cast("dict[str, Any]", rendering.page_data(kind, sheet, draft=draft))
    return Letter(
        organ=" ".join(page["organs"]), title=page["title"], number=number, addressee=page["addressee"],
        paragraphs=tuple(_paragraphs(page)), signature=page["organs"][0], signed_on=page["date"], state=state,
    )  # fmt: skip


def _paragraphs(page: Mapping[str, Any]) -> Iterable[str]:
    for label, value in page["fields"]:
        yield f"{label}：{'；'.join(value)}"
    for section in page["sections"]:
        if section["heading"]:
            yield section["heading"]
        yield from section["paragraphs"]
        for item in section["items"]:
            heading = f"{item['heading']}。" if item["heading"] and item["text"] else item["heading"]
            yield f"{item['mark']}{heading}{''.join(item['text'])}{item['bases']}"
    if page["bases"]:
        yield f"法律依据：{page['bases']}"
    if page["demand"]:
        yield page["demand"]

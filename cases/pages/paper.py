"""What the page of a paper shows: the sheet as it was printed, its marks with their times, and what may be done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext, pgettext

from cases.models import Document, Proceeding
from cases.papers import letters
from cases.queries import pasts
from cases.queries.reading import NextStep
from cases.queries.receipts import Receiving
from coordination import policy
from coordination.components import Letter, Link
from coordination.law.catalogue import catalogue
from coordination.law.kinds import DocumentKind
from coordination.models import User
from coordination.reader import language
from coordination.standing import Standing

LEAST_DIGITS = 16


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark of a paper: what happened to it, when, and who did it where a person did."""

    title: str
    at: datetime | None
    person: str = ""


@dataclass(frozen=True, slots=True)
class PaperShown:
    """A paper as its page shows it."""

    document: Document
    kind: DocumentKind
    letter: Letter | None
    marks: tuple[Mark, ...]
    receipts: tuple[NextStep, ...]
    crumbs: tuple[Link, ...]
    matter: Link | None


@dataclass(frozen=True, slots=True)
class Checked:
    """What a printed code confirms, and no more: the kind, the number, the issuer and the date."""

    title: str
    number: str
    issuer: str
    issued_at: datetime | None
    is_cancelled: bool


def shown(document: Document, *, user: User, who: Standing, now: datetime) -> PaperShown:
    """The paper for the person who opens it."""
    kind = catalogue().document(document.kind)
    lang = language()
    case = document.case
    title = f"{kind.name(lang)} {document.number}".strip()
    matter = policy.visible(user, Proceeding, now=now, who=who).filter(pk=document.proceeding_id).first()
    start = (Link(case.number, reverse("case", args=[case.pk])),) if case else ()
    link = Link(matter.declared.name(lang), reverse("proceeding", args=[matter.pk])) if matter else None
    return PaperShown(
        document=document, kind=kind, letter=letters.of_document(document) if document.sheet else None,
        marks=_marks(document), receipts=_receipts(document, user, who, now),
        crumbs=(*start, *((link,) if link else ()), Link(title)), matter=link,
    )  # fmt: skip


def is_addressee(document: Document, who: Standing) -> bool:
    """Whether the paper was sent to an organ of the person."""
    return document.sent_at is not None and document.addressee_id in who.organs


def checked(digits: str) -> Checked | None:
    """What the head of a content hash confirms; None where no issued paper, or more than one, has it."""
    if len(digits) < LEAST_DIGITS or set(digits) - set("0123456789abcdef"):
        return None
    found = list(
        Document.objects.filter(content_sha256__startswith=digits, issued_at__isnull=False).select_related(
            "organisation"
        )[:2]
    )
    if len(found) != 1:
        return None
    row, lang = found[0], language()
    kind = catalogue().document(row.kind)
    issuer = row.organisation.name(lang)
    return Checked(kind.name(lang), row.number, issuer, row.issued_at, row.cancelled_at is not None)


def _marks(document: Document) -> tuple[Mark, ...]:
    person = document.receipted_by.name if document.receipted_by else ""
    marks = [Mark(pgettext("paper", "Issued"), document.issued_at)]
    if document.addressee_id is not None:
        marks += [
            Mark(pgettext("paper", "Sent"), document.sent_at),
            Mark(pgettext("paper", "Delivered"), document.delivered_at),
            Mark(pgettext("paper", "Opened"), document.opened_at),
            Mark(pgettext("paper", "Receipted"), document.receipted_at, person),
        ]
    if document.cancelled_at is not None:
        marks.append(Mark(gettext("Cancelled"), document.cancelled_at))
    return tuple(marks)


def _receipts(document: Document, user: User, who: Standing, now: datetime) -> tuple[NextStep, ...]:
    """The step with which the person may receipt the paper now."""
    if not is_addressee(document, who) or document.receipted_at is not None:
        return ()
    taking = Q(parent=document.proceeding_id) | Q(pk=document.transfer_id)
    rows = policy.visible(user, Proceeding, now=now, who=who).filter(taking, closed_at__isnull=True)
    matters = list(rows.select_related(*pasts.MATTER).order_by("opened_at", "pk"))
    return Receiving(matters, pasts.choices(who, matters, now=now)).steps(document)

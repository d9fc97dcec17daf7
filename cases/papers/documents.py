"""Papers: number, render, hash, store, and mark as sent and receipted. What follows in law is done at the door.

Numbers have no gaps: the series row is locked until the transaction that issues the document ends.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection

from cases.models import Document, Proceeding, Step
from cases.papers import composing, numbering, rendering
from coordination.law import facts as law_facts
from coordination.law.catalogue import DocumentKind, catalogue
from coordination.law.procedure import Step as DeclaredStep
from coordination.law.zone import ZONE
from coordination.models import Organisation, User

NEXT = """
INSERT INTO cases_numberseries AS series (organisation_id, kind, year, last) VALUES (%s, %s, %s, 1)
ON CONFLICT (organisation_id, kind, year) DO UPDATE SET last = series.last + 1 RETURNING last
"""
DESKS = {Organisation.Kind.POLICE, Organisation.Kind.PROCURATORATE}


class Damaged(Exception):
    """The stored file no longer has the hash that was recorded; the message names the document."""


def issue(step: Step, code: str, *, facts: Mapping[str, object], at: datetime) -> Document:
    """Write, number, render and store a document of kind `code` for the step just taken."""
    kind = catalogue().document(code)
    proceeding = step.proceeding
    organisation = step.organisation or proceeding.organisation
    addressee = composing.addressee_of(kind, proceeding, organisation)
    day = at.astimezone(ZONE).date()
    number = _number(kind, organisation, day.year)
    sheet = composing.compose(
        kind, proceeding, step=step, organisation=organisation, addressee=addressee,
        facts=composing.known_facts(proceeding, facts), number=number, dated_on=day,
    )  # fmt: skip
    made = rendering.render(kind, sheet, fonts=_fonts())
    return Document.objects.create(
        kind=code, number=number or "", proceeding=proceeding, step=step, case=proceeding.case,
        organisation=organisation, addressee=addressee, sheet=_plain(asdict(sheet)), file_sha256=_store(made.pdf),
        content_sha256=made.content_sha256, pages=made.pages, issued_at=at, jurisdiction=proceeding.jurisdiction,
        confidentiality=step.confidentiality,
    )  # fmt: skip


def preview(
    proceeding: Proceeding,
    code: str,
    *,
    facts: Mapping[str, object],
    written: DeclaredStep,
    organ: Organisation,
    on: date,
) -> bytes:
    """Return the PDF as it would be printed, without number and marked as a draft; nothing is stored.

    `facts` are what the step `written` says as far as it is written.
    """
    kind = catalogue().document(code)
    sheet = composing.compose(
        kind, proceeding, step=None, organisation=organ, addressee=composing.addressee_of(kind, proceeding, organ),
        facts=composing.known_facts(proceeding, facts, written=written), number=None, dated_on=on,
    )  # fmt: skip
    return rendering.render(kind, replace(sheet, draft=True), fonts=_fonts()).pdf


def read(document: Document) -> bytes:
    """Return the stored PDF; raises Damaged when its content is not what was recorded."""
    with default_storage.open(_path(document.file_sha256)) as stored:
        content: bytes = stored.read()
    if hashlib.sha256(content).hexdigest() != document.file_sha256:
        raise Damaged(str(document))
    return content


def mark_sent(
    document: Document, *, transfer: Proceeding | None, on_receipt: dict[str, Any], at: datetime
) -> None:
    """Record that the document left the desk."""
    document.sent_at, document.delivered_at = at, at
    document.transfer, document.on_receipt = transfer, on_receipt
    document.save(update_fields=("sent_at", "delivered_at", "transfer", "on_receipt"))


def mark_opened(document: Document, user: User, *, at: datetime) -> None:
    """Record the first time someone of the addressed organ opened the document."""
    Document.objects.filter(pk=document.pk, opened_at__isnull=True, sent_at__isnull=False).update(
        opened_at=at
    )


def mark_receipted(document: Document, user: User | None, *, at: datetime) -> bool:
    """Record the receipt; returns whether it was the first one."""
    return bool(
        Document.objects.filter(pk=document.pk, receipted_at__isnull=True).update(
            receipted_at=at, receipted_by=user
        )
    )


def cancel(document: Document, *, at: datetime) -> None:
    """Cancel an issued document; its number stays on record and is never given again."""
    Document.objects.filter(pk=document.pk, cancelled_at__isnull=True).update(cancelled_at=at)


def _number(kind: DocumentKind, organisation: Organisation, year: int) -> str | None:
    """Take the next number of the organ, kind and year; None where the kind bears none here."""
    pattern = kind.numbering.pattern if kind.numbering else None
    if pattern is None or not numbering.is_pattern(pattern):
        return None
    pattern = numbering.in_style_of(organisation.kind, pattern, catalogue().number_styles)
    office = _office(organisation) if "office_abbr" in numbering.placeholders(pattern) else None
    parts = _parts(organisation, office)
    key = numbering.series(pattern, parts, year=year)
    owner = office or organisation
    return numbering.format_number(pattern, parts, year=year, serial=_next(owner, key, year))


def _next(owner: Organisation, key: str, year: int) -> int:
    """Count the series on; its row is held until the transaction ends, so that no number is given twice or lost."""
    with connection.cursor() as cursor:
        cursor.execute(NEXT, [owner.pk, key, year])
        return int(cursor.fetchone()[0])


def _office(organisation: Organisation) -> Organisation | None:
    """The Office of the organ's place: its papers have one series, whichever side issues them."""
    return (
        Organisation.objects.filter(
            kind=Organisation.Kind.OFFICE, jurisdiction=organisation.jurisdiction, level=organisation.level
        )
        .order_by("code")
        .first()
    )


def _parts(organisation: Organisation, office: Organisation | None) -> numbering.Parts:
    """The abbreviations a number may need; the other organ's are its own business and left as a mark."""
    abbr = organisation.abbr or organisation.zh
    office_abbr = (office.abbr or office.zh) if office else abbr
    return numbering.Parts(proc_abbr=abbr, police_abbr=abbr, office_abbr=office_abbr, register=abbr)


def _store(pdf: bytes) -> str:
    digest = hashlib.sha256(pdf).hexdigest()
    path = _path(digest)
    if not default_storage.exists(path):
        default_storage.save(path, ContentFile(pdf))
    return digest


def _path(digest: str) -> str:
    return f"documents/{digest[:2]}/{digest}.pdf"


def _fonts() -> Path | None:
    folder = Path(settings.FONTS_FOLDER)
    return folder if folder.is_dir() else None


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(inner) for inner in value]
    return law_facts.plain(value)


def needs_receipt(kind: DocumentKind) -> bool:
    """Whether the addressee's desk must receipt a document of this kind."""
    return bool(kind.receipt_needed)


def is_between_desks(document: Document) -> bool:
    """Whether the document goes to the desk of the other organ of its matter: not upward, nor to a house."""
    row = document.proceeding
    if document.addressee is None or document.addressee_id not in (row.organisation_id, row.counterpart_id):
        return False
    return {document.organisation.kind, document.addressee.kind} == DESKS


def desk_role(organ: Organisation) -> str:
    """The role that sends and receives for an organ."""
    return "case_manager" if organ.kind == Organisation.Kind.PROCURATORATE else "police_legal"

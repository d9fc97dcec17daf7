"""From desk to desk: a document is handed over through a desk transfer, and its receipt brings what waited for it.

The receipt instant is the event instant: limits that begin with a document begin when the addressee's desk has it.
Up the own hierarchy there is no desk: the document is sent and the matter is opened to the superior organ.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from cases import clocks, following, happening, opening, parties, scope, telling
from cases.models import Document, Proceeding, Step
from cases.papers import documents
from cases.request import Apply, Request
from coordination import inbox, sharing
from coordination.law.catalogue import catalogue
from coordination.law.grammar import Effects
from coordination.law.procedure import Start
from coordination.law.roles import ROLES
from coordination.models import Organisation, Share, User

TRANSFER = "counterpart_transfer"


def hand_over(
    step: Step,
    effects: Effects,
    papers: Sequence[Document],
    *,
    at: datetime,
    facts: Mapping[str, object],
    apply: Apply,
) -> None:
    """Send what the step sends; what its receipt will bring waits on the first document that must be receipted.

    Where nothing has to be receipted, it happens now: no clock may be lost for want of a desk.
    """
    waiting = _waiting(effects, facts)
    sent = [document for code in effects.sends if (document := _to_send(step, code, papers)) is not None]
    carrier = next((document for document in sent if _goes_through_desks(document)), None)
    for document in sent:
        _send(document, step, waiting if document == carrier else {}, at=at, apply=apply)
    if carrier is None and any(waiting.values()):
        _bring(step.proceeding, step, waiting, at=effects.occurred_at, recorded_at=at, apply=apply)


def receipt_of(step: Step, *, at: datetime, apply: Apply) -> None:
    """If the step is a receipt, bring what the document's receipt brings. `at` is the instant of receipt."""
    row = step.proceeding
    if row.process == TRANSFER and step.name == "receipt":
        document = (
            Document.objects.select_related("proceeding", "step", "addressee").filter(transfer=row).first()
        )
        if document is not None:
            _receipted(document, step.actor, at=at, recorded_at=step.recorded_at, apply=apply)
    elif row.declared.step(step.name).receipts:
        for document in _taken_in(step):
            if document.transfer is not None:
                _close_transfer(document.transfer, step, at=at, apply=apply)
            else:
                _receipted(document, step.actor, at=at, recorded_at=step.recorded_at, apply=apply)


def _taken_in(step: Step) -> list[Document]:
    """The papers that a receiving step takes in: those sent last to its organ, here or where this was opened."""
    row = step.proceeding
    rows = Document.objects.select_related("proceeding", "step", "transfer", "addressee").filter(
        proceeding__in=[key for key in (row.pk, row.parent_id) if key], addressee=step.organisation_id,
        sent_at__isnull=False, receipted_at__isnull=True,
    )  # fmt: skip
    found = list(rows.exclude(organisation=step.organisation_id).order_by("-sent_at", "-id"))
    return [document for document in found if document.step_id == found[0].step_id]


def _waiting(effects: Effects, facts: Mapping[str, object]) -> dict[str, Any]:
    starts = []
    for start in effects.starts_on_receipt:
        stated = facts.get(start.stated_by) if start.stated_by else None
        starts.append([start.limit, stated.isoformat() if isinstance(stated, date) else None, start.stage])
    return {
        "emits": list(effects.emits_on_receipt),
        "starts": starts,
        "stops": list(effects.stops_on_receipt),
    }


def _to_send(step: Step, code: str, papers: Sequence[Document]) -> Document | None:
    fresh = next((paper for paper in papers if paper.kind == code), None)
    if fresh is not None:
        return fresh if fresh.addressee_id else None
    return (
        Document.objects.filter(
            proceeding=step.proceeding, kind=code, sent_at__isnull=True, cancelled_at__isnull=True
        )
        .exclude(addressee__isnull=True)
        .order_by("-issued_at", "-id")
        .first()
    )


def _goes_through_desks(document: Document) -> bool:
    """Whether a desk must receipt it; the slips of a desk transfer travel with what they are about."""
    if document.proceeding.process == TRANSFER:
        return False
    kind = catalogue().document(document.kind)
    return documents.is_between_desks(document) and documents.needs_receipt(kind)


def _send(document: Document, step: Step, waiting: dict[str, Any], *, at: datetime, apply: Apply) -> None:
    addressee = document.addressee
    if addressee is None:
        return
    _open_to(document, step, at=at)
    transfer = None
    if _goes_through_desks(document):
        transfer = opening.open_proceeding(
            TRANSFER, case=document.case, suspect=step.proceeding.suspect, parent=step.proceeding, actor=step.actor,
            at=at, sides=(document.organisation, addressee), confidentiality=document.confidentiality,
        )  # fmt: skip
    documents.mark_sent(document, transfer=transfer, on_receipt=waiting, at=at)
    if transfer is not None:
        facts = {
            "document": str(document.pk),
            "version": 1,
            "recipient": str(addressee.pk),
            "method": "electronic",
        }
        apply(Request(step.actor, transfer, "send", at, facts))
    kind = catalogue().document(document.kind)
    title = {"en": f"{kind.en} {document.number}".strip(), "zh": f"{kind.zh} {document.number}".strip()}
    note = inbox.Note(
        code="document.sent" if transfer is not None else "document.arrived",
        params={"document": title, "matter": telling.matter(step.proceeding)},
        link=f"/documents/{document.pk}/", case_id=document.case_id,
    )  # fmt: skip
    inbox.post(_desk(document, step, at), note, at=at)


def open_beyond(step: Step, *, at: datetime) -> None:
    """Open the matter to the organs beyond the two that the step names."""
    row, declared = step.proceeding, step.declared
    held = parties.of_proceeding(row)
    for kind in declared.opens_to:
        organ = held.organ(kind)
        if organ is not None:
            _open_matter(step, organ, by=step.organisation or row.organisation, ground=declared.zh, at=at)


def _open_to(document: Document, step: Step, *, at: datetime) -> None:
    """A document sent beyond the two organs of a proceeding opens the matter to its addressee."""
    row, addressee = step.proceeding, document.addressee
    if addressee is None or addressee.pk in (row.organisation_id, row.counterpart_id):
        return
    ground = catalogue().document(document.kind).zh
    _open_matter(step, addressee, by=document.organisation, ground=ground, at=at)


def _open_matter(step: Step, to: Organisation, *, by: Organisation, ground: str, at: datetime) -> None:
    """The proceeding and its documents, and of its case the header alone."""
    row = step.proceeding
    for kind, subject, scope_ in (
        (Share.Subject.PROCEEDING, row.pk, Share.Scope.MATTER),
        (Share.Subject.CASE, row.case_id, Share.Scope.HEADER),
    ):
        if subject is not None:
            sharing.grant(step.actor, subject, kind=kind, to=to, by=by, scope=scope_, ground=ground, at=at)


def _desk(document: Document, step: Step, at: datetime) -> list[User]:
    addressee = document.addressee
    if addressee is None:
        return []
    kinds = catalogue().document(document.kind).addressee
    held, level = parties.of_proceeding(step.proceeding), document.confidentiality
    roles = [documents.desk_role(addressee)] if _goes_through_desks(document) else list(kinds)
    people: list[User] = []
    for role in roles:
        if role in ROLES and (organ := held.organ_of(role)) is not None and organ.pk == addressee.pk:
            people += parties.people(role, held, at, level=level)
    return people


def _receipted(
    document: Document, user: User | None, *, at: datetime, recorded_at: datetime, apply: Apply
) -> None:
    if not documents.mark_receipted(document, user, at=at) or document.step is None:
        return
    step = document.step
    _bring(step.proceeding, step, document.on_receipt, at=at, recorded_at=recorded_at, apply=apply)


def _bring(
    row: Proceeding,
    step: Step,
    waiting: Mapping[str, Any],
    *,
    at: datetime,
    recorded_at: datetime,
    apply: Apply,
) -> None:
    """Record the events of the receipt, start and stop the clocks that waited for it."""
    where = scope.of_proceeding(row)
    if waiting.get("stops"):
        clocks.touch(where, [], stops=waiting["stops"], step=step, at=at)
    # Papers sent before a start could have a stage hold two values a limit, and their receipt may still come.
    begin = [(limit, day, stage[0] if stage else None) for limit, day, *stage in waiting.get("starts", ())]
    starts = [
        Start(limit, stated_by=f"stated:{limit}" if day else None, stage=stage) for limit, day, stage in begin
    ]
    known = {f"stated:{limit}": date.fromisoformat(day) for limit, day, _ in begin if day}
    events = [(name, at) for name in waiting.get("emits", ())]
    happened = happening.happen(where, events, starts, step=step, activity=None, facts=known, at=recorded_at)
    following.follow(where, happened, actor=step.actor, at=recorded_at, apply=apply)


def _close_transfer(transfer: Proceeding, step: Step, *, at: datetime, apply: Apply) -> None:
    """The receiving procedure took the document in: the desk transfer is receipted at the same instant."""
    locked = Proceeding.objects.select_for_update().get(pk=transfer.pk)
    if locked.state in {"sent", "disputed"}:
        facts: dict[str, object] = {"received_at": at, "person": str(step.actor_id)}
        apply(Request(step.actor, locked, "receipt", step.recorded_at, facts))

"""What the inbox shows: messages in the reader's language, unread ones first, and papers that wait for a receipt."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from cases.models import Document, Proceeding
from cases.queries import pasts, receipts
from cases.queries.reading import NextStep
from cases.queries.receipts import Receiving
from coordination import inbox, keyset, policy
from coordination.keyset import Key
from coordination.law.catalogue import catalogue
from coordination.models import Message, User
from coordination.reader import language
from coordination.standing import Standing

PAGE = 30
PAPERS = 50
READ, UNREAD = "r", "u"


@dataclass(frozen=True, slots=True)
class MessageShown:
    """A message as a sentence."""

    row: Message
    text: str


@dataclass(frozen=True, slots=True)
class PaperWaiting:
    """A paper that waits for its receipt, with the step that receipts it."""

    document: Document
    title: str
    receipts: tuple[NextStep, ...]


@dataclass(frozen=True, slots=True)
class InboxShown:
    """One page of the inbox; `older` is the place of the next page, empty on the last one."""

    messages: tuple[MessageShown, ...]
    papers: tuple[PaperWaiting, ...]
    unread: int
    older: str
    is_first: bool


def shown(user: User, who: Standing, *, now: datetime, place: str) -> InboxShown:
    """The page of the inbox at `place` ("" is the first)."""
    rows, older = _page(user, place)
    lang = language()
    return InboxShown(
        messages=tuple(MessageShown(row, inbox.wording(row, lang)) for row in rows),
        papers=tuple(_papers(user, who, now)) if not place else (),
        unread=Message.objects.filter(recipient=user, read_at__isnull=True).count(),
        older=older, is_first=not place,
    )  # fmt: skip


def _page(user: User, place: str) -> tuple[list[Message], str]:
    """Messages by key, the unread before the read; and where the next page begins."""
    phase, _colon, text = place.partition(":")
    key = keyset.parse(text)
    found: list[tuple[str, Message]] = []
    for kind in (UNREAD, READ) if phase != READ else (READ,):
        rows = Message.objects.filter(recipient=user, read_at__isnull=kind == UNREAD)
        start = key if kind == (phase or UNREAD) else None
        found += [(kind, row) for row in keyset.after(rows, start, by="-posted_at")[: PAGE + 1 - len(found)]]
    if len(found) <= PAGE:
        return [row for _kind, row in found], ""
    kind, last = found[PAGE - 1]
    return [row for _kind, row in found[:PAGE]], f"{kind}:{Key(last.posted_at, last.pk)}"


def _papers(user: User, who: Standing, now: datetime) -> Iterable[PaperWaiting]:
    """Papers whose receipt waits for the person, oldest first."""
    waiting = receipts.to_receipt(user, who, now=now)
    if waiting is None:
        return
    rows = list(
        waiting.select_related("organisation", "case", "proceeding").order_by("sent_at", "id")[:PAPERS]
    )
    taking = Q(parent__in=[row.proceeding_id for row in rows]) | Q(pk__in=[row.transfer_id for row in rows])
    found = policy.visible(user, Proceeding, now=now, who=who).filter(taking, closed_at__isnull=True)
    matters = list(found.select_related(*pasts.MATTER).order_by("opened_at", "pk"))
    receiving = Receiving(matters, pasts.choices(who, matters, now=now))
    for row in rows:
        title = f"{catalogue().document(row.kind).name(language())} {row.number}".strip()
        yield PaperWaiting(row, title, receiving.steps(row))

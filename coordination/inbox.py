"""Messages: `post` writes rows in the caller's transaction (an outbox); delivery by e-mail is a sweep over the rows.

The wording of a message is kept here by its code, in English, translated when it is shown, so that one row reads in
the reader's language. Statutory messages cannot be switched off. "code+value" is the wording of a message that also has
this value.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext, gettext_noop, override

from coordination.law.rulebook import rulebook
from coordination.models import Message, User

MAIL_ATTEMPTS = 8

WORDINGS: dict[str, str] = {
    "step.taken": gettext_noop("%(actor)s: %(step)s — %(matter)s"),
    "draft.awaiting_approval": gettext_noop("For your approval: %(step)s — %(matter)s"),
    "draft.prepared": gettext_noop("Prepared for you: %(step)s — %(matter)s"),
    "draft.returned": gettext_noop("Returned to you: %(step)s — %(matter)s. Comment: %(comment)s"),
    "document.sent": gettext_noop("Sent to you, to be receipted: %(document)s — %(matter)s"),
    "document.arrived": gettext_noop("Sent to you: %(document)s — %(matter)s"),
    "document.receipted": gettext_noop("Receipted: %(document)s — %(matter)s"),
    "deadline.remind": gettext_noop("Due %(due)s: %(limit)s — %(matter)s"),
    "deadline.due": gettext_noop("Due today: %(limit)s — %(matter)s"),
    "deadline.overdue": gettext_noop("Overdue since %(due)s: %(limit)s — %(matter)s"),
    "deadline.overdue+next": gettext_noop("Overdue since %(due)s: %(limit)s; now: %(next)s — %(matter)s"),
    "deadline.repaired": gettext_noop("Recomputed: %(limit)s is now due %(due)s — %(matter)s"),
    "calendar.submitted": gettext_noop("For your approval: the holiday table of %(year)s, %(number)s"),
    "calendar.declined": gettext_noop("Not approved: the holiday table of %(year)s. Comment: %(comment)s"),
    "calendar.moved": gettext_noop("The holiday table of %(year)s changed %(count)s of your deadlines"),
    "calendar.missing": gettext_noop(
        "Please load the holiday table of %(year)s: deadlines beyond the last one are provisional"
    ),
    "local_rule.proposed": gettext_noop("For your agreement: a local rule on “%(subject)s”, %(document)s"),
    "local_rule.agreed": gettext_noop("Agreed: the local rule on “%(subject)s” takes effect on %(since)s"),
    "local_rule.declined": gettext_noop("Not agreed: the local rule on “%(subject)s”. Comment: %(comment)s"),
    "handover.received": gettext_noop("%(count)s matters of %(person)s have passed to you."),
    "share.opened": gettext_noop("Opened to your organ: %(matter)s. Ground: %(ground)s"),
}


@dataclass(frozen=True, slots=True)
class Note:
    """What to say: a code of the table above, its values, where to go, and the cause that makes it one message.

    Values which are mappings with the keys `en` and `zh` are shown in the reader's language.
    """

    code: str
    params: dict[str, Any]
    link: str = ""
    case_id: UUID | None = None
    statutory: bool = True
    once_key: str = ""


def post(recipients: Iterable[User], note: Note, *, at: datetime) -> int:
    """Write one message to each recipient; a message with the same cause is written once. Returns how many."""
    if note.code not in WORDINGS:
        raise KeyError(note.code)
    unique = {user.pk: user for user in recipients}
    rows = [
        Message(
            recipient=user, code=note.code, params=note.params, link=note.link, case_id=note.case_id,
            is_statutory=note.statutory, posted_at=at, once_key=note.once_key,
        )
        for user in unique.values()
    ]  # fmt: skip
    return len(Message.objects.bulk_create(rows, ignore_conflicts=bool(note.once_key)))


def wording(message: Message, lang: str) -> str:
    """Return the message's sentence in `lang` ("en", "zh-hans")."""
    with override(lang):
        key = "zh" if lang.startswith("zh") else "en"
        values = {
            name: value.get(key, "") if isinstance(value, dict) else value
            for name, value in message.params.items()
        }
        fuller = next(
            (f"{message.code}+{name}" for name in values if f"{message.code}+{name}" in WORDINGS), None
        )
        return gettext(WORDINGS[fuller or message.code]) % values


def read(user: User, messages: Iterable[UUID], *, at: datetime) -> int:
    """Mark the person's own messages as read; returns how many were unread."""
    return Message.objects.filter(recipient=user, pk__in=list(messages), read_at__isnull=True).update(
        read_at=at
    )


def pass_on(leaving: User, to: User) -> int:
    """Give what the one who leaves has not read to `to`, but for what `to` was told already; returns how many."""
    unread = Message.objects.filter(recipient=leaving, read_at__isnull=True)
    told = Message.objects.filter(recipient=to, once_key=OuterRef("once_key")).exclude(once_key="")
    return unread.exclude(Exists(told)).update(recipient=to)


def deliver(now: datetime, *, batch: int = 200) -> int:
    """Mail what is not yet mailed, when SMTP is configured; returns how many were sent. Safe to run twice at once."""
    if not settings.EMAIL_HOST_CONFIGURED:
        return 0
    sent = 0
    with transaction.atomic():
        waiting = (
            Message.objects.select_for_update(skip_locked=True, of=("self",))
            .filter(mailed_at__isnull=True, mail_attempts__lt=MAIL_ATTEMPTS)
            .exclude(recipient__email="")
            .select_related("recipient")
            .order_by("posted_at", "id")[:batch]
        )
        for message in waiting:
            sent += _mail(message, now)
    return sent


def _mail(message: Message, now: datetime) -> int:
    text = wording(message, settings.LANGUAGE_CODE)
    try:
        send_mail(text[:120], f"{text}\n\n{message.link}", None, [message.recipient.email])
    except OSError:
        Message.objects.filter(pk=message.pk).update(mail_attempts=message.mail_attempts + 1)
        return 0
    return Message.objects.filter(pk=message.pk, mailed_at__isnull=True).update(mailed_at=now)


def limit_title(limit_id: str) -> dict[str, str]:
    """Both names of a limit, as message values."""
    limit = rulebook().limit(limit_id)
    return {"en": limit.en, "zh": limit.zh}

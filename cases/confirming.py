"""What a person is told after an act: which clocks it started, stopped or moved, in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext, ngettext

from cases.models import Deadline
from cases.turning import Turned
from coordination.law.zone import ZONE
from coordination.reader import language, series


def ends_at(row: Deadline) -> str:
    """When a clock runs out, as people write it: the last day with 24:00, or the instant."""
    if row.due_on is not None:
        return f"{row.due_on:%Y-%m-%d} 24:00"
    return f"{row.due_at.astimezone(ZONE):%Y-%m-%d %H:%M}"


def clocks(turned: Turned, *, clearance: int) -> str:
    """Say which clocks an act started, stopped and moved, to somebody of this clearance; nothing where none."""
    said, turned = [], turned.known_to(clearance)
    for words, rows in (
        (
            ngettext("Clock started: %(clocks)s.", "Clocks started: %(clocks)s.", len(turned.started)),
            turned.started,
        ),
        (
            ngettext("Clock stopped: %(clocks)s.", "Clocks stopped: %(clocks)s.", len(turned.stopped)),
            turned.stopped,
        ),
        (ngettext("Clock moved: %(clocks)s.", "Clocks moved: %(clocks)s.", len(turned.moved)), turned.moved),
    ):
        if rows:
            said.append(words % {"clocks": series(_clock(row) for row in rows)})
    return " ".join(said)


def _clock(row: Deadline) -> str:
    title = row.rule.name(language())
    if row.stopped_at is not None:
        return title
    return gettext("%(limit)s (due %(due)s)") % {"limit": title, "due": ends_at(row)}

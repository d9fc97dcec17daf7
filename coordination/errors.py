"""The one family of errors a verb may raise. Views and the API turn them into pages; nothing else lives here."""

from __future__ import annotations

from dataclasses import dataclass

from coordination.law.history import Reason


class JianjingError(Exception):
    """Base of every error that is an answer to the user and not a fault of the program."""


class Refused(JianjingError):
    """The rule says no. `reasons` holds every reason, not only the first, each with its articles."""

    def __init__(self, *reasons: Reason) -> None:
        super().__init__("; ".join(reason.en for reason in reasons))
        self.reasons = reasons


@dataclass(frozen=True, slots=True)
class Version:
    """One side of a conflict: the version number, the state and the step that led to it."""

    number: int
    state: str
    step: str
    actor: str


class Conflict(JianjingError):
    """Someone was faster: `seen` is what the page showed, `found` is what stands now."""

    def __init__(self, seen: Version, found: Version) -> None:
        super().__init__(f"seen version {seen.number}, found version {found.number}")
        self.seen = seen
        self.found = found


class NotVisible(JianjingError):
    """The object does not exist for this person (404), whether or not it exists."""

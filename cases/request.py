"""What is asked of the door, and what it hands back: frozen values between the verbs, nothing that runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from cases.models import Activity, Proceeding, Step
from coordination.law.history import History
from coordination.models import User


@dataclass(frozen=True, slots=True)
class Request:
    """A step someone wants to take: `facts` typed as the step's fields, `at` the instant of recording.

    `actor` None is the clock. `approved_by` is who approved it; `activity` the log entry that takes it; `follows` says
    that an event recorded elsewhere takes it, so that the role was checked there. `confidentiality` is the level below
    which nobody may know of it, where that is higher than the proceeding's. `past` is the history the step was checked
    against in this very transaction, where nothing was written since.
    """

    actor: User | None
    proceeding: Proceeding
    step: str
    at: datetime
    facts: Mapping[str, object] = field(default_factory=dict)
    approved_by: User | None = None
    activity: Activity | None = None
    follows: bool = False
    occurred_at: datetime | None = None
    confidentiality: int = 0
    past: History | None = None


Apply = Callable[[Request], Step]
"""The core of the door, handed to the parts that take further steps of their own (desk transfers, receipts)."""

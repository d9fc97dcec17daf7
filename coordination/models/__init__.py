"""Who is who, what each organ was shown, what was seen and said, and what people set beside the law's own files."""

from coordination.models.rules import CalendarDecision, CalendarTable, LocalRule, LocalRuleDecision
from coordination.models.shared import (
    APPEND_ONLY,
    AuditEntry,
    AuditSeal,
    Message,
    Organisation,
    Posting,
    Share,
    StandIn,
    User,
    UserManager,
)

__all__ = (
    "APPEND_ONLY",
    "AuditEntry",
    "AuditSeal",
    "CalendarDecision",
    "CalendarTable",
    "LocalRule",
    "LocalRuleDecision",
    "Message",
    "Organisation",
    "Posting",
    "Share",
    "StandIn",
    "User",
    "UserManager",
)

"""Who may open a page of the top floor at all; which rows stand on it is for `policy.visible` alone."""

from __future__ import annotations

from coordination import policy
from coordination.errors import Refused
from coordination.law.history import Reason
from coordination.standing import Standing


def require(who: Standing, action: str) -> None:
    """Raise Refused, which becomes a page of its own (403), where no role of the person allows `action`."""
    if not policy.may(who, action):
        raise Refused(Reason("role", "this page is not for the roles you hold", "您的角色不能打开本页"))

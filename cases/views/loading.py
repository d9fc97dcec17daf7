"""What the views of this floor load, always through `policy.visible`, with a record of reads across organs."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.http import HttpResponseRedirect, QueryDict

from cases.models import Activity, Case, Document, Draft, Proceeding
from cases.queries import pasts, visits
from coordination import policy
from coordination.errors import NotVisible, Refused
from coordination.law.history import Reason
from coordination.middleware import PresentRequest

PARTIES = ("police__parent", "procuratorate__parent", "unit__parent", "investigator", "prosecutor")


class SeeOther(HttpResponseRedirect):
    """The answer to a form that was taken: look there (303)."""

    status_code = 303


def sent(request: PresentRequest) -> QueryDict | None:
    """What was sent with the form, an empty form included; None where the form is only to be shown."""
    return request.POST if request.method == "POST" else None


def require(request: PresentRequest, action: str) -> None:
    """Raise Refused, which becomes a page of its own (403), where no role of the person allows `action`."""
    if not policy.may(request.standing, action):
        raise Refused(Reason("role", "this page is not for the roles you hold", "您的角色不能打开本页"))


def case(request: PresentRequest, pk: UUID) -> Case:
    """The case, if the person may see it; NotVisible otherwise."""
    rows = policy.visible(request.user, Case, now=request.now, who=request.standing)
    found = rows.select_related(*PARTIES).filter(pk=pk).first()
    if found is None:
        raise NotVisible(f"case {pk}")
    visits.read(request.user, request.standing, found, at=request.now)
    return found


def proceeding(request: PresentRequest, pk: UUID) -> Proceeding:
    """The proceeding with its parties, if the person may see it; NotVisible otherwise."""
    rows = policy.visible(request.user, Proceeding, now=request.now, who=request.standing)
    found = rows.select_related(*pasts.MATTER, "parent").filter(pk=pk).first()
    if found is None:
        raise NotVisible(f"proceeding {pk}")
    visits.read(request.user, request.standing, found, at=request.now)
    return found


def activity(request: PresentRequest, pk: UUID) -> Activity:
    """The log entry, if the person may see it; NotVisible otherwise."""
    rows = policy.visible(request.user, Activity, now=request.now, who=request.standing).select_related(
        *(f"case__{name}" for name in PARTIES), "suspect__held_at", "unit__parent", "recorded_by", "corrects"
    )
    found = rows.filter(pk=pk).first()
    if found is None:
        raise NotVisible(f"activity {pk}")
    visits.read(request.user, request.standing, found, at=request.now)
    return found


def draft(request: PresentRequest, pk: UUID) -> Draft:
    """The draft with its proceeding, if the person may see it; NotVisible otherwise."""
    rows = policy.visible(request.user, Draft, now=request.now, who=request.standing).select_related(
        *(f"proceeding__{name}" for name in pasts.MATTER), "prepared_by", "settled_by", "organisation"
    )
    found = rows.filter(pk=pk).first()
    if found is None:
        raise NotVisible(f"draft {pk}")
    return found


def document(request: PresentRequest, pk: UUID) -> Document:
    """The paper, if the person may see it; NotVisible otherwise."""
    rows = policy.visible(request.user, Document, now=request.now, who=request.standing).select_related(
        "proceeding__case",
        "proceeding__suspect",
        "organisation",
        "addressee",
        "transfer",
        "receipted_by",
        "step",
    )
    found = rows.filter(pk=pk).first()
    if found is None:
        raise NotVisible(f"document {pk}")
    return found


def status_of(reasons: Iterable[Reason]) -> int:
    """403 where only the role stands against it, else 422."""
    codes = {reason.code for reason in reasons}
    return 403 if codes == {"role"} else 422

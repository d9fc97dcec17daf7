"""What every request carries, and the pages that refusals become."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from coordination import calendars
from coordination.errors import Conflict, NotVisible, Refused, Version
from coordination.law.citation import Source
from coordination.law.history import Reason
from coordination.middleware import Present
from supervision.demo import people
from tests.cast import user

pytestmark = pytest.mark.django_db
ROLE = Reason("role", "reserved to the chief procurator", "只能由检察长办理", (Source("RULES", "284"),))
STATE = Reason("state", "possible only from “under review”", "只能从“审查中”进行", (Source("CPL", "91"),))


@pytest.fixture(autouse=True)
def _cast() -> None:
    people.load(hashed="!")


def answered(fault: Exception | None = None) -> tuple[HttpRequest, HttpResponse | None]:
    """Send a request through the middleware; a fault is what the view raised."""
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    present = Present(lambda _: HttpResponse("well"))
    answer: HttpResponse | None = present(request)
    if fault is not None:
        answer = present.process_exception(request, fault)
    return request, answer


def test_request_carries_an_aware_instant_and_reads_the_standing_once_and_only_when_asked() -> None:
    calendars.refresh()  # what a process asks once, and again only when the holiday tables changed
    request = RequestFactory().get("/")
    request.user = user("gu.nanqiao")
    with CaptureQueriesContext(connection) as unread:
        Present(lambda _: HttpResponse())(request)
    with CaptureQueriesContext(connection) as read:
        roles = (request.standing.roles, request.standing.roles)  # type: ignore[attr-defined]

    assert request.now.tzinfo is not None  # type: ignore[attr-defined]
    assert roles == (frozenset({"prosecutor"}),) * 2
    assert (len(unread), len(read)) == (0, 1)


def test_what_is_not_visible_does_not_exist() -> None:
    with pytest.raises(Http404):
        answered(NotVisible("case 1"))


@pytest.mark.parametrize(("reasons", "status"), [((ROLE,), 403), ((STATE,), 422), ((ROLE, STATE), 422)])
def test_refusal_shows_every_reason_with_its_article(reasons: tuple[Reason, ...], status: int) -> None:
    _, answer = answered(Refused(*reasons))

    assert answer is not None
    assert answer.status_code == status
    for reason in reasons:
        assert reason.zh in answer.content.decode() or reason.en in answer.content.decode()


def test_conflict_shows_both_versions() -> None:
    seen, found = Version(3, "reviewing", "receive", "顾南乔"), Version(4, "approved", "approve", "陆承钧")

    _, answer = answered(Conflict(seen, found))

    assert answer is not None
    assert answer.status_code == 409
    assert "陆承钧" in answer.content.decode()


def test_other_faults_go_on() -> None:
    _, answer = answered(ValueError("a bug"))

    assert answer is None

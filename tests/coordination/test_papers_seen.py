"""Who sees which paper: whoever issued it, and whom it goes to; what is internal or went upward stays with its side."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine

from cases.models import Deadline, Document, Proceeding, Step
from cases.sweep import sweep
from coordination import policy
from coordination.law.catalogue import catalogue
from coordination.law.roles import ROLES
from supervision.demo import people
from tests.cases.doors import browser, said
from tests.cast import agreed, at, do, user
from tests.journeys.matters import begun, detained, filed
from tests.supervision import world

pytestmark = pytest.mark.django_db
NOW = at("2026-12-14 09:00")
HOUSE = "ding.shouzheng"


@pytest.fixture(autouse=True)
def _cast() -> None:
    people.load(hashed="!")


@pytest.fixture
def notice() -> Iterator[Proceeding]:
    """A correction notice that nobody answered: urged, reported upward, and told to the superior police."""
    found = world.receipted(world.submitted())
    sweep(at("2026-11-28 00:00"))
    do("gu.nanqiao", found, "urge", at("2026-11-30 09:00"))
    late = Deadline.objects.get(proceeding=found, limit="reply_after_urge_norm").fires_at
    sweep(late)
    agreed("gu.nanqiao", "lu.chengjun", found, "report_up", late)
    do("xiahou.qi", found, "superior_inform", at("2026-12-14 08:00"))
    with time_machine.travel(NOW, tick=False):
        yield found


def opened(login: str, paper: Document) -> bool:
    return policy.visible(user(login), Document, now=NOW).filter(pk=paper.pk).exists()


def kinds_seen(login: str, row: Proceeding) -> list[str]:
    papers = policy.visible(user(login), Document, now=NOW).filter(proceeding=row)
    return list(papers.order_by("issued_at", "pk").values_list("kind", flat=True))


def test_papers_of_a_notice_are_seen_by_their_side_and_by_whom_they_go_to(notice: Proceeding) -> None:
    police = ["DOC-CORRECTION-NOTICE", "DOC-URGE-REPLY"]
    everything = [*police, "DOC-SUPERIOR-REPORT", "DOC-SUPERIOR-INFORM"]

    assert kinds_seen("gu.nanqiao", notice) == everything
    assert kinds_seen("xiahou.qi", notice) == everything
    assert kinds_seen("fang.shuning", notice) == police
    assert kinds_seen("shao.weimin", notice) == [*police, "DOC-SUPERIOR-INFORM"]
    assert kinds_seen(HOUSE, notice) == []


@pytest.mark.parametrize(
    ("login", "is_open"),
    [
        ("gu.nanqiao", True),
        ("xiahou.qi", True),
        ("fang.shuning", False),
        ("han.kefei", False),
        ("shao.weimin", False),
        (HOUSE, False),
    ],
)
def test_report_upward_is_shown_everywhere_or_nowhere(notice: Proceeding, login: str, is_open: bool) -> None:
    report = Document.objects.get(kind="DOC-SUPERIOR-REPORT")
    person, url = browser(login), f"/documents/{report.pk}/"
    listed = person.get("/api/v1/documents/", {"kind": report.kind}).json()["results"]
    opened = (url, f"{url}file/", f"/api/v1{url}", f"/api/v1{url}file/")

    assert [person.get(address).status_code for address in opened] == [200 if is_open else 404] * 4
    assert [row["id"] for row in listed] == ([str(report.pk)] if is_open else [])


@pytest.mark.parametrize("page", ["/proceedings/{0.pk}/", "/cases/{0.case_id}/"])
def test_pages_list_the_report_upward_for_its_side_alone(notice: Proceeding, page: str) -> None:
    report, urged = (Document.objects.get(kind=kind) for kind in ("DOC-SUPERIOR-REPORT", "DOC-URGE-REPLY"))
    shown = {login: said(browser(login).get(page.format(notice))) for login in ("gu.nanqiao", "fang.shuning")}

    assert [f"/documents/{report.pk}/" in shown[login] for login in shown] == [True, False]
    assert [f"/documents/{urged.pk}/" in shown[login] for login in shown] == [True, True]


def test_paper_that_is_approved_and_not_yet_served_is_its_organs_alone() -> None:
    row = world.awaiting(world.submitted())
    do("lu.chengjun", row, "approve", at("2026-11-13 09:00"))
    paper = Document.objects.get(kind="DOC-CORRECTION-NOTICE")

    assert [opened(login, paper) for login in ("gu.nanqiao", "fang.shuning")] == [True, False]


def test_instruments_of_the_investigation_are_open_to_the_procuratorate() -> None:
    case = filed()
    shown = policy.visible(user("gu.nanqiao"), Document, now=NOW).filter(case=case)

    assert set(shown.values_list("kind", flat=True)) == {
        "DOC-RECEPTION-REGISTER", "DOC-RECEPTION-RECEIPT", "DOC-FILING-DECISION", "DOC-TRANSFER-SLIP",
    }  # fmt: skip


# Changed only with a reason: each is the business of the organ that writes it, of its superiors, or of a person.
STAYS = {
    "procuratorate": {
        "DOC-LEAD-CARD", "DOC-VERIFICATION-RECORD", "DOC-LEAD-REPORT", "DOC-SUPERIOR-REPORT", "DOC-SUPERIOR-INFORM",
        "DOC-SUPERIOR-CONSULT", "DOC-REVERSE-SUSPENSION", "DOC-OBSTRUCTION-ANSWER", "DOC-COMPLAINT-ANSWER",
        "DOC-CUSTODY-INSPECTION", "DOC-MONITOR-NOTICE", "DOC-EXTENSION-OPINION", "DOC-CUSTODY-TRANSFER",
        "DOC-NECESSITY-RESULT", "DOC-ACCEPTANCE-REGISTER", "DOC-LIMITATION-REPORT",
    },
    "police": {
        "DOC-REVIEW-REQUEST", "DOC-INTERNAL-ASSIGNMENT", "DOC-INTERNAL-ANSWER", "DOC-LEGAL-REVIEW", "DOC-HANDOVER",
    },
}  # fmt: skip


@pytest.mark.parametrize(("side", "other"), [("procuratorate", "police"), ("police", "procuratorate")])
def test_kinds_that_do_not_go_to_the_other_organ_are_these(side: str, other: str) -> None:
    written = {
        code
        for code, kind in catalogue().documents.items()
        if kind.issuer in ROLES and ROLES[kind.issuer].organ in (side, f"superior_{side}")
    }

    assert {code for code in written if not catalogue().document(code).goes_to(other)} == STAYS[side]


# ---- the detention house and an overstay -----------------------------------------------------------------------------

COMPLAINED = at("2026-11-16 10:00")


def shown_of(row: Proceeding, now: datetime) -> tuple[bool, list[str], list[str], list[str]]:
    """What the house sees of a matter: the matter itself, its steps, its papers, its clocks."""
    person = user(HOUSE)
    steps = policy.visible(person, Step, now=now).filter(proceeding=row).order_by("sequence")
    papers = policy.visible(person, Document, now=now).filter(proceeding=row)
    clocks = policy.visible(person, Deadline, now=now).filter(proceeding=row)
    return (
        policy.visible(person, Proceeding, now=now).filter(pk=row.pk).exists(),
        list(steps.values_list("name", flat=True)),
        list(papers.values_list("kind", flat=True)),
        list(clocks.values_list("limit", flat=True)),
    )


def test_house_sees_the_overstay_it_entered_a_complaint_about() -> None:
    case = filed()
    suspect = detained(case)
    row = begun(
        HOUSE, "overstay_correction", "house_complaint", case, COMPLAINED, suspect=suspect, complainant="田广顺",
        received_at=COMPLAINED,
    )  # fmt: skip
    do(HOUSE, row, "house_forward", at("2026-11-16 15:00"))
    do("gu.nanqiao", row, "record", at("2026-11-16 16:00"), basis_ended=at("2026-11-14 16:00"),
       responsible_organ=str(case.police_id))  # fmt: skip

    now = at("2026-11-16 17:00")
    assert shown_of(row, now) == (
        True, ["house_complaint", "house_forward"], ["DOC-OVERSTAY-REPORT"], ["overstay_complaint_forwarding"],
    )  # fmt: skip
    with time_machine.travel(now, tick=False):
        assert browser(HOUSE).get(f"/proceedings/{row.pk}/").status_code == 200
        assert browser("zhu.changhe").get(f"/proceedings/{row.pk}/").status_code == 404


def test_house_sees_an_overstay_of_the_procuratorate_once_the_notice_is_served() -> None:
    case = filed()
    suspect = detained(case)
    row = begun(
        "gu.nanqiao", "overstay_correction", "record", case, COMPLAINED, suspect=suspect,
        basis_ended=at("2026-11-14 16:00"), responsible_organ=str(case.police_id),
    )  # fmt: skip
    assert shown_of(row, COMPLAINED) == (False, [], [], [])

    Proceeding.objects.filter(pk=row.pk).update(opened_to_counterpart_at=at("2026-11-17 10:00"))

    assert shown_of(row, NOW)[:3] == (True, [], [])

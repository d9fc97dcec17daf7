"""COOP-FLOW: the extension of custody, watched and asked in time, granted above; and one that is asked too late."""

from __future__ import annotations

from datetime import date

import pytest

from cases.models import Case, Deadline, Document, Proceeding
from cases.sweep import sweep, unmeasured
from coordination.errors import Refused
from coordination.models import AuditEntry, Message
from coordination.policy import visible
from supervision.demo import people
from tests.cast import agreed, at, do, registered, run, suspect_of, user
from tests.journeys.test_coop_flow_objection import codes, receipted
from tests.journeys.test_story import due

pytestmark = pytest.mark.django_db

REQUEST = {
    "stage": "ext1", "main_facts": "系列盗窃十二起", "concrete_reasons": "涉案手机鉴定未完成", "progress": "已查证八起",
    "necessity": "同案人员在逃，有串供可能",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _cast() -> None:
    people.load(hashed="!")


@pytest.fixture
def arrested() -> Case:
    """Arrested on Tuesday 2026-07-14: two months of custody, to 2026-09-14."""
    case = registered(at("2026-07-06 09:00"))
    agreed("fang.shuning", "han.kefei", run(case, "filing_review"), "decide_file", at("2026-07-06 16:00"))
    suspect_of(case, at("2026-07-06 17:00"))
    agreed(
        "shen.yanqiu", "han.kefei", run(case, "custody"), "detain", at("2026-07-07 10:00"),
        executed_at=at("2026-07-07 09:30"), ground="evidence_found", warrant_no="望青公拘字〔2026〕52号",
    )  # fmt: skip
    agreed("fang.shuning", "han.kefei", run(case, "custody"), "request_arrest", at("2026-07-09 11:00"))
    do(
        "xu.qingzhi", run(case, "arrest_review"), "receive", at("2026-07-09 14:05"),
        received_at=at("2026-07-09 14:00"), detained=True, volumes=2,
    )  # fmt: skip
    agreed("gu.nanqiao", "lu.chengjun", run(case, "arrest_review"), "approve", at("2026-07-13 10:00"))
    do("xu.qingzhi", run(case, "arrest_review"), "serve_approval", at("2026-07-13 15:00"))
    receipted(case, "DOC-ARREST-APPROVAL", "fang.shuning", "2026-07-13 16:00")
    do(
        "shen.yanqiu",
        run(case, "custody"),
        "arrest",
        at("2026-07-14 10:10"),
        executed_at=at("2026-07-14 10:00"),
    )
    return case


def lead(case: Case) -> Deadline:
    return due(case, "custody_extension_request_lead")


def sent_and_forwarded(case: Case) -> Proceeding:
    """Watched from 08-31, sent on 09-04, receipted the same day, forwarded on 09-07."""
    sweep(at("2026-08-31 08:00"))
    agreed(
        "fang.shuning", "han.kefei", run(case, "custody_extension"), "send", at("2026-09-04 10:00"), **REQUEST
    )
    receipted(case, "DOC-EXTENSION-REQUEST", "xu.qingzhi", "2026-09-04 15:00")
    agreed(
        "gu.nanqiao", "lu.chengjun", run(case, "custody_extension"), "forward", at("2026-09-07 10:00"),
        opinion="agree", reasons="案情复杂",
    )  # fmt: skip
    return run(case, "custody_extension")


def test_end_of_custody_is_watched_from_the_fourteenth_day_before(arrested: Case) -> None:
    assert due(arrested, "investigation_custody").due_on == date(2026, 9, 14)
    sweep(at("2026-08-31 07:59"))
    assert run(arrested, "custody_extension").state == "watching"

    sweep(at("2026-08-31 08:00"))

    assert run(arrested, "custody_extension").state == "drafting"
    assert lead(arrested).due_on == date(2026, 9, 7)
    assert (lead(arrested).responsible_role, lead(arrested).counterparty) == (
        "police_legal",
        arrested.procuratorate,
    )
    assert due(arrested, "custody_expiry_notice_detention_house").due_on == date(2026, 9, 7)
    assert Message.objects.filter(recipient=user("shen.yanqiu"), code="deadline.remind").exists()
    assert unmeasured() == []


def test_granted_extension_moves_the_end_and_begins_a_new_watch(arrested: Case) -> None:
    superior = user("xiahou.qi")
    assert not visible(superior, Proceeding, now=at("2026-09-04 16:00")).exists()
    extension = sent_and_forwarded(arrested)
    assert visible(superior, Proceeding, now=at("2026-09-07 11:00")).filter(pk=extension.pk).exists()
    assert lead(arrested).stopped_at == at("2026-09-04 10:00")

    do(
        "xiahou.qi", extension, "grant", at("2026-09-10 10:00"), decided_by="prefecture",
        from_on=date(2026, 9, 15), to_on=date(2026, 10, 14),
    )  # fmt: skip
    do("xu.qingzhi", extension, "serve", at("2026-09-11 09:00"))
    receipted(arrested, "DOC-EXTENSION-DECISION", "fang.shuning", "2026-09-11 11:00")

    period = due(arrested, "investigation_custody")
    assert (period.due_on, [one.stage for one in period.extensions.all()]) == (date(2026, 10, 14), ["ext1"])
    assert due(arrested, "custody_no_progress_refusal").stopped_at == at("2026-09-10 10:00")
    extension.refresh_from_db()
    assert (extension.state, run(arrested, "custody_extension").state) == ("closed", "watching")
    taken = AuditEntry.objects.filter(case_id=arrested.pk, action="step.custody.extend_custody")
    assert taken.count() == 1
    sweep(at("2026-09-30 08:00"))
    assert run(arrested, "custody_extension").state == "drafting"
    assert lead(arrested).due_on == date(2026, 10, 7)
    with pytest.raises(Refused) as caught:
        do("fang.shuning", run(arrested, "custody_extension"), "send", at("2026-10-05 10:00"), **REQUEST)
    assert codes(caught) == {"guard:custody_stage_in_order"}
    assert unmeasured() == []


def test_refusal_extends_nothing_and_ends_with_the_release(arrested: Case) -> None:
    extension = sent_and_forwarded(arrested)

    do("xiahou.qi", extension, "refuse", at("2026-09-10 10:00"), reasons="两个月内未有实质进展")

    assert due(arrested, "investigation_custody").due_on == date(2026, 9, 14)
    decision = Document.objects.get(case=arrested, kind="DOC-EXTENSION-DECISION")
    assert decision.sent_at == at("2026-09-10 10:00")
    agreed(
        "shen.yanqiu", "han.kefei", run(arrested, "custody"), "release", at("2026-09-14 15:10"),
        ground="custody_expired", released_at=at("2026-09-14 15:00"),
    )  # fmt: skip
    extension.refresh_from_db()
    assert extension.state == "closed"
    assert due(arrested, "investigation_custody").stopped_at == at("2026-09-14 15:00")


def test_extension_asked_after_the_end_is_not_accepted(arrested: Case) -> None:
    sweep(at("2026-08-31 08:00"))
    sweep(at("2026-09-08 00:00"))
    with pytest.raises(Refused) as late:
        do("fang.shuning", run(arrested, "custody_extension"), "send", at("2026-09-09 10:00"), **REQUEST)
    assert codes(late) == {"guard:seven_days_left"}
    sweep(at("2026-09-15 00:00"))

    with pytest.raises(Refused) as over:
        do("fang.shuning", run(arrested, "custody_extension"), "late_sent", at("2026-09-15 09:00"), **REQUEST)
    do(
        "xu.qingzhi", run(arrested, "custody_extension"), "reject_late", at("2026-09-15 10:00"),
        received_at=at("2026-09-15 09:50"),
    )  # fmt: skip

    assert codes(over) == {"guard:custody_not_expired"}
    assert {str(one) for reason in over.value.reasons for one in reason.sources} == {"RULES 309", "CPL 98"}
    assert run(arrested, "custody_extension").state == "too_late"
    assert lead(arrested).stopped_at == at("2026-09-15 09:50")

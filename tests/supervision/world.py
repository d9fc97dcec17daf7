"""The story up to a point, for the tests of the top floor: each function goes one stretch further."""

from __future__ import annotations

from datetime import date, timedelta

from cases.models import Case, Deadline, Document, Proceeding
from cases.sweep import sweep
from supervision.findings import Seen, open_lead
from tests.cast import agreed, at, do, registered, run, suspect_of, user

PIN = "讯问笔录第1次，仅一名侦查人员签名"


def detained(number: str = "A9901025100002026110021") -> Case:
    """A filed case with 田广顺 in detention since 2026-11-03 15:30; its request for arrest is due 2026-11-06 15:30."""
    case = registered(at("2026-11-02 09:00"), number)
    do("shen.yanqiu", run(case, "filing_review"), "hand_receipt", at("2026-11-02 09:10"))
    agreed("fang.shuning", "han.kefei", run(case, "filing_review"), "decide_file", at("2026-11-03 10:00"))
    suspect_of(case, at("2026-11-03 15:00"))
    agreed(
        "shen.yanqiu", "han.kefei", run(case, "custody"), "detain", at("2026-11-03 16:00"),
        executed_at=at("2026-11-03 15:30"), ground="evidence_found", warrant_no="望青公拘字〔2026〕118号",
    )  # fmt: skip
    return case


def submitted(number: str = "A9901025100002026110021") -> Case:
    """The request for arrest was received 2026-11-05 14:00: seven days run."""
    case = detained(number)
    agreed("fang.shuning", "han.kefei", run(case, "custody"), "request_arrest", at("2026-11-05 11:00"))
    do(
        "gu.nanqiao", run(case, "arrest_review"), "receive", at("2026-11-05 14:05"),
        received_at=at("2026-11-05 14:00"), detained=True, volumes=2,
    )  # fmt: skip
    return case


def lead_on(case: Case) -> Proceeding:
    """A lead on INT-1, registered 2026-11-12 09:00."""
    return open_lead(
        user("gu.nanqiao"), case, Seen(("INT-1", "INT-8"), PIN), activity=None, at=at("2026-11-12 09:00")
    )


def drafting(case: Case) -> Proceeding:
    """A correction notice to be drafted: INT-1 is confirmed, INT-8 dismissed, on 2026-11-13 09:30."""
    lead = lead_on(case)
    do("gu.nanqiao", lead, "triage", at("2026-11-12 10:00"), outcome="verify", risk="middle", note="核查笔录")
    do("gu.nanqiao", lead, "verify", at("2026-11-12 10:10"))
    do("gu.nanqiao", lead, "record_method", at("2026-11-12 11:00"), method="records_obtained", record="笔录")
    do(
        "gu.nanqiao", lead, "conclude", at("2026-11-13 09:00"),
        conclusion="serious", findings_confirmed=("INT-1",), level="written",
    )  # fmt: skip
    do("gu.nanqiao", lead, "issue", at("2026-11-13 09:30"))
    return run(case, "correction_notice")


def awaiting(case: Case) -> Proceeding:
    """The notice is drafted and waits for the chief procurator since 2026-11-13 10:00; reply by 2026-11-27."""
    notice = drafting(case)
    do(
        "gu.nanqiao", notice, "draft", at("2026-11-13 10:00"), findings=("INT-1",),
        facts="2026年11月3日讯问仅由一名侦查人员进行。", law=("CPL 118",), demand="请予纠正并书面回复。",
        reply_due_on=date(2026, 11, 27),
    )  # fmt: skip
    return notice


def served(case: Case) -> Proceeding:
    """The notice left the desk 2026-11-13 16:00; nobody has receipted it."""
    notice = awaiting(case)
    do("lu.chengjun", notice, "approve", at("2026-11-13 15:00"))
    do("xu.qingzhi", notice, "serve", at("2026-11-13 16:00"))
    return notice


def receipted(case: Case) -> Proceeding:
    """The police legal department receipted the notice 2026-11-16 09:30: the reply clock runs to 2026-11-27."""
    notice = served(case)
    document = Document.objects.get(proceeding=notice, kind="DOC-CORRECTION-NOTICE")
    do(
        "fang.shuning", run(case, "internal_supervision_link"), "receive", at("2026-11-16 09:30"),
        document=str(document.pk), reply_due_on=date(2026, 11, 27),
    )  # fmt: skip
    return notice


def closed(case: Case) -> Proceeding:
    """Nobody answers: urged, reported upward, told to the superior police; then the reply, accepted on 2026-12-15."""
    notice = receipted(case)
    sweep(at("2026-11-28 00:00"))
    do("gu.nanqiao", notice, "urge", at("2026-11-30 09:00"))
    late = Deadline.objects.get(proceeding=notice, limit="reply_after_urge_norm").fires_at
    sweep(late)
    agreed("gu.nanqiao", "lu.chengjun", notice, "report_up", late + timedelta(hours=9))
    do("xiahou.qi", notice, "superior_inform", at("2026-12-11 09:00"))
    agreed(
        "fang.shuning", "han.kefei", notice, "reply", at("2026-12-14 09:00"),
        accepted="accepted", measures="已重新讯问并补正。", proof=("补正笔录",),
    )  # fmt: skip
    do("gu.nanqiao", notice, "accept_reply", at("2026-12-15 09:00"), effect="corrected")
    return notice

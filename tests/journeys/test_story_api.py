"""One real case through HTTP alone, from the first report to the closed correction notice.

At every step somebody who may not take it tries, is refused, and nothing is written. The board of the Office (the
last part of the story) has no address in the API: it is shown on screen.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.core.cache import cache

from cases.sweep import unmeasured
from cases.tasks import sweep
from supervision.demo import people
from tests.cast import DUKOU, at
from tests.journeys.api_desk import OWN_CACHE, Desk

pytestmark = pytest.mark.django_db
NUMBER = "A9901025100002026110021"
REPORT = {
    "number": NUMBER, "title": "渡口集市系列盗窃案", "kind": "general", "reporter": "集市管理处",
    "received_at": "2026-11-02T09:00:00+08:00", "charge": "盗窃罪",
}  # fmt: skip
RECORDED = {
    "recording": "audio_video", "recording_complete": True, "recording_ref": "同录〔2026〕光盘1",
    "record_signed": "every_page",
}  # fmt: skip


class World:
    """The people at their desks, the case, and the time."""

    def __init__(self, clock: Any) -> None:
        self.clock = clock
        self.desks: dict[str, Desk] = {}
        self.case = self.suspect = self.unit = ""

    def __getitem__(self, login: str) -> Desk:
        if login not in self.desks:
            self.desks[login] = Desk(login)
        return self.desks[login]

    def at(self, text: str) -> None:
        """Travel; tokens do not live for ever."""
        self.clock.move_to(at(text))

    def agreed(self, login: str, approver: str, proceeding: str, step: str, **facts: Any) -> Any:
        """Submit a step, have the wrong people fail to approve it, and the right one approve it."""
        draft = self[login].take(proceeding, step, status=202, **facts)
        own = self[login].refused(f"drafts/{draft['id']}/approve/", status=422)
        assert "approval:own_draft" in own.codes
        self["wen.zean"].refused(f"drafts/{draft['id']}/approve/", status=404)
        waiting = [row["id"] for row in self[approver].rows("drafts/", awaiting="approver")]
        assert waiting == [draft["id"]]
        return self[approver].post(f"drafts/{draft['id']}/approve/")


@pytest.fixture
def world(settings: Any) -> Iterator[World]:
    settings.CACHES = OWN_CACHE
    cache.clear()
    people.load()
    with time_machine.travel(at("2026-11-02 09:00"), tick=False) as clock:
        yield World(clock)


def person(world: World, login: str) -> str:
    found: str = world[login].get("me/")["id"]
    return found


def register(world: World) -> None:
    shen = world["shen.yanqiu"]
    world.unit = shen.get("me/")["roles"][0]["organisation"]["id"]
    asked = {**REPORT, "unit": world.unit}
    assert shen.rows("organisations/", code=DUKOU)[0]["id"] == world.unit
    assert world["gu.nanqiao"].refused("cases/", asked, status=403).codes == {"role"}
    assert world["wen.zean"].refused("cases/", asked, status=403).codes == {"role"}

    made = shen.post("cases/", asked)
    world.case = made["id"]

    assert (made["stage"]["id"], made["investigator"]["name"]) == ("filing_review", "沈砚秋")
    assert shen.refused("cases/", asked, status=422).codes == {"field:number"}
    review = shen.due(world.case, "filing_review_general")
    assert (review["due_on"], review["due_at"]) == ("2026-11-05", "2026-11-06T00:00:00+08:00")
    assert review["status"] == "running"
    assert review["because"][0]["source"]
    world["wen.zean"].refused(f"cases/{world.case}/", method="get", status=404)


def file(world: World) -> None:
    shen = world["shen.yanqiu"]
    review = shen.run(world.case, "filing_review")
    assert world["gu.nanqiao"].may_not(review, "hand_receipt", version=1).codes == {"role"}
    world["wen.zean"].may_not(review, "hand_receipt", version=1, status=404)
    world.at("2026-11-02 09:10")
    shen.take(review, "hand_receipt")
    assert shen.may_not(review, "hand_receipt", version=2, status=422).codes == {
        "guard:no_reception_receipt_yet"
    }

    world.at("2026-11-03 10:00")
    assert shen.may_not(review, "decide_file", version=2).codes == {"role"}
    done = world.agreed("fang.shuning", "han.kefei", review, "decide_file")

    assert (done["actor"]["name"], done["approved_by"]["name"]) == ("方叔宁", "韩克非")
    stopped = shen.due(world.case, "filing_review_general")
    assert (stopped["stopped_at"], stopped["status"]) == ("2026-11-03T10:00:00+08:00", "met")
    assert shen.get(f"cases/{world.case}/")["stage"]["id"] == "investigation"
    assert shen.get(f"cases/{world.case}/")["filed_at"] == "2026-11-03T10:00:00+08:00"
    closed = shen.may_not(review, "extend_review", version=4, status=409)
    assert closed.body["found"]["number"] == 3


def entry(world: World, kind: str, start: str, end: str | None, **facts: Any) -> dict[str, Any]:
    officers = [person(world, "shen.yanqiu"), person(world, "he.zhiyuan")]
    return {
        "kind": kind, "started_at": f"{start}:00+08:00", "ended_at": f"{end}:00+08:00" if end else None,
        "officers": officers, "unit": world.unit, "place_kind": "police_premises" if end else "", "facts": facts,
    }  # fmt: skip


def detain(world: World) -> None:
    shen, path = world["shen.yanqiu"], f"cases/{world.case}/activities/"
    world.at("2026-11-03 15:00")
    named = {"name": "田广顺", "gender": "male"}
    assert world["gu.nanqiao"].refused(f"cases/{world.case}/suspects/", named, status=403).codes == {"role"}
    world.suspect = shen.post(f"cases/{world.case}/suspects/", named)["id"]

    world.at("2026-11-03 16:00")
    said = entry(
        world, "detention", "2026-11-03T15:20", "2026-11-03T15:50", warrant_no="望青公拘字〔2026〕118号",
        approver=person(world, "han.kefei"), executed_at="2026-11-03T15:30:00+08:00", warrant_shown=True,
        detention_ground="evidence_found", warrant_signed=True, place_of_capture="渡口集市", remote=False,
        initial_days=3, is_deputy_or_member=False,
    )  # fmt: skip
    said |= {"suspect": world.suspect, "place_kind": "scene"}
    assert world["gu.nanqiao"].refused(path, said, status=403).codes == {"role"}
    world["wen.zean"].refused(path, said, status=404)
    done = shen.post(path, said)

    assert (done["is_new"], len(done["steps"])) == (True, 1)
    assert shen.post(path, said, status=200)["is_new"] is False
    assert shen.due(world.case, "detention_interrogation")["due_at"] == "2026-11-04T15:30:00+08:00"
    assert shen.due(world.case, "detention_family_notice")["due_at"] == "2026-11-04T15:30:00+08:00"
    assert shen.due(world.case, "arrest_request_after_detention")["due_at"] == "2026-11-06T15:30:00+08:00"
    assert shen.rows(f"cases/{world.case}/suspects/")[0]["measure"]["id"] == "detained"


def investigate(world: World) -> None:
    shen, path = world["shen.yanqiu"], f"cases/{world.case}/activities/"
    room = {"suspect": world.suspect, "place_kind": "interrogation_room"}
    world.at("2026-11-03 18:20")
    told = ["defender", "legal_aid"]
    rights = entry(world, "rights_notice", "2026-11-03T16:50", "2026-11-03T17:00", recipient="suspect",
                   rights_told=told, signed=True, occasion="first_interrogation")  # fmt: skip
    shen.post(path, {**rights, **room})
    one = entry(world, "interrogation", "2026-11-03T17:00", "2026-11-03T18:00", sequence_no=1, rights_told=told,
                alone=True, read_over=True, **RECORDED)  # fmt: skip
    asked = shen.post(path, {**one, **room, "officers": [person(world, "shen.yanqiu")]})
    assert shen.due(world.case, "detention_interrogation")["stopped_at"] == "2026-11-03T17:00:00+08:00"
    family = entry(world, "family_notice", "2026-11-03T18:05", None, notice_no="望青公拘通字〔2026〕118号",
                   for_measure="detention", notified_at="2026-11-03T18:05:00+08:00", relative_name="田母",
                   method="phone", non_notice_reason="none")  # fmt: skip
    shen.post(path, {**family, "suspect": world.suspect})
    assert shen.due(world.case, "detention_family_notice")["status"] == "met"

    world.at("2026-11-04 16:20")
    for made in further(world):
        shen.post(path, made)
    assert len(shen.rows(path)) == 7
    assert [row["kind"]["id"] for row in world["gu.nanqiao"].rows(path, kind="interrogation")] == [
        "interrogation"
    ]

    again = {**one, **room, "officers": [person(world, "shen.yanqiu")], "remark": "本次讯问仅一名侦查人员"}
    fix = f"activities/{asked['activity']['id']}/correct/"
    assert world["gu.nanqiao"].refused(fix, {**again, "reason": "核对"}, status=403).codes == {"role"}
    world["wen.zean"].refused(fix, {**again, "reason": "核对"}, status=404)
    shen.post(fix, {**again, "reason": "漏记备注"})
    assert shen.refused(fix, {**again, "reason": "漏记备注"}, status=409).body["found"]["number"] == 2


def further(world: World) -> Iterator[dict[str, Any]]:
    home = {"place_kind": "residence", "place_detail": "柳堤新村4幢"}
    video = {**RECORDED, "recording": "video"}
    yield {
        **entry(world, "search", "2026-11-04T09:30", "2026-11-04T10:50", search_mode="warrant",
                warrant_no="望青公搜字〔2026〕41号", warrant_shown=True, searched_person="田广顺",
                female_body_search=False, witness_present=True, witness_eligible=True, witness_name="社区网格员",
                **video),
        **home,
    }  # fmt: skip
    seizure = entry(
        world, "seizure", "2026-11-04T10:50", "2026-11-04T11:10", decision_no="望青公扣字〔2026〕77号",
        approver_level="unit_head", high_value_or_business_impact=False, immovable_or_large=False, quantity=12,
        property_kind="article", list_copies=3, holder_signed=True, witness_signed=True, photo_taken=True,
        relation_to_case="被盗手机", custodian=person(world, "shen.yanqiu"), stored_at="派出所涉案财物室",
        recording="video", recording_complete=True, recording_ref="同录〔2026〕光盘1",
    )  # fmt: skip
    yield {**seizure, **home}
    yield entry(
        world, "questioning", "2026-11-04T15:00", "2026-11-04T15:40", person_role="witness", person_name="集市摊主",
        is_minor=False, card_shown=True, duties_told=True, alone=True, recording="none", record_signed="every_page",
    )  # fmt: skip


def arrest(world: World) -> None:
    shen, gu, fang = world["shen.yanqiu"], world["gu.nanqiao"], world["fang.shuning"]
    custody = shen.run(world.case, "custody")
    world.at("2026-11-05 11:00")
    assert shen.may_not(custody, "request_arrest", version=shen.version(custody)).codes == {"role"}
    world.agreed("fang.shuning", "han.kefei", custody, "request_arrest")
    assert fang.due(world.case, "arrest_request_after_detention")["stopped_at"] is None

    world.at("2026-11-05 14:05")
    review = gu.run(world.case, "arrest_review")
    came = {"received_at": "2026-11-05T14:00:00+08:00", "detained": True, "volumes": 2}
    assert fang.may_not(review, "receive", version=0, **came).codes == {"role"}
    gu.take(review, "receive", **came)
    running = gu.due(world.case, "arrest_review_detained")
    assert (running["due_on"], running["due_at"]) == ("2026-11-12", "2026-11-13T00:00:00+08:00")
    assert fang.due(world.case, "arrest_request_after_detention")["stopped_at"] == "2026-11-05T14:00:00+08:00"

    world.at("2026-11-10 10:00")
    assert fang.may_not(review, "approve", version=gu.version(review)).codes == {"role"}
    world.agreed("gu.nanqiao", "lu.chengjun", review, "approve")
    world.at("2026-11-10 15:00")
    world["xu.qingzhi"].take(review, "serve_approval")
    world.at("2026-11-10 16:00")
    paper = fang.rows("documents/", case=world.case, kind="DOC-ARREST-APPROVAL")[0]
    got = {"received_at": "2026-11-10T15:50:00+08:00", "person": person(world, "fang.shuning")}
    assert shen.may_not(
        paper["transfer"], "receipt", version=fang.version(paper["transfer"]), **got
    ).codes == {"role"}
    fang.take(paper["transfer"], "receipt", **got)
    world.at("2026-11-11 10:00")
    shen.take(custody, "arrest", executed_at="2026-11-11T09:00:00+08:00")
    assert shen.due(world.case, "investigation_custody")["due_at"] == "2027-01-12T00:00:00+08:00"


def lead(world: World) -> None:
    gu, fang = world["gu.nanqiao"], world["fang.shuning"]
    world.at("2026-11-12 09:00")
    [log] = gu.rows(f"cases/{world.case}/activities/", kind="interrogation", newest_versions=True)
    begun = {
        "process": "supervision_lead", "step": "register", "suspect": world.suspect,
        "facts": {
            "source": "case_review", "case": world.case, "unit": world.unit, "findings": ["INT-1"],
            "evidence_pin": f"讯问笔录第1次（{log['id']}），仅一名侦查人员签名",
        },
    }  # fmt: skip
    assert fang.refused(f"cases/{world.case}/proceedings/", begun, status=403).codes == {"role"}
    row = gu.post(f"cases/{world.case}/proceedings/", begun)["proceeding"]
    assert fang.rows("proceedings/", case=world.case, process="supervision_lead") == []
    fang.may_not(row, "triage", version=1, status=404, outcome="verify", risk="middle", note="核查笔录")
    fang.refused(f"proceedings/{row}/", method="get", status=404)

    gu.take(row, "triage", outcome="verify", risk="middle", note="核查笔录")
    gu.take(row, "verify")
    gu.take(row, "record_method", method="records_obtained", record="笔录")
    assert world["lu.chengjun"].may_not(row, "issue", version=gu.version(row), status=422).codes == {
        "state",
        "role",
    }
    world.at("2026-11-13 09:00")
    gu.take(row, "conclude", conclusion="serious", findings_confirmed=["INT-1"], level="written")
    gu.take(row, "issue")


def notice(world: World) -> str:
    gu, lu, xu, fang = (world[login] for login in ("gu.nanqiao", "lu.chengjun", "xu.qingzhi", "fang.shuning"))
    world.at("2026-11-13 10:00")
    row = gu.run(world.case, "correction_notice")
    said = {
        "findings": ["INT-1"], "facts": "2026年11月3日讯问仅由一名侦查人员进行。", "law": ["CPL 118"],
        "demand": "请予纠正并书面回复。",
    }  # fmt: skip
    without = gu.may_not(row, "draft", version=0, status=422, **said)
    [reason] = without.body["reasons"]
    assert (reason["code"], reason["field"]) == ("field:reply_due_on", "reply_due_on")
    assert "RULES 553" in reason["sources"]
    gu.take(row, "draft", **said, reply_due_on="2026-11-27")
    assert gu.may_not(row, "approve", version=1, status=422).codes == {"role", "guard:not_the_drafter"}
    world.at("2026-11-13 15:00")
    lu.take(row, "approve")
    fang.refused(f"proceedings/{row}/", method="get", status=404)
    assert fang.rows("documents/", case=world.case, kind="DOC-CORRECTION-NOTICE") == []
    assert gu.may_not(row, "serve", version=2).codes == {"role"}
    world.at("2026-11-13 16:00")
    xu.take(row, "serve")

    [paper] = fang.rows("documents/", case=world.case, kind="DOC-CORRECTION-NOTICE")
    assert (paper["number"], paper["receipted_at"]) == ("岚望青检纠违〔2026〕1号", None)
    assert fang.get(f"documents/{paper['id']}/file/").startswith(b"%PDF")
    assert fang.get(f"documents/{paper['id']}/")["opened_at"] == "2026-11-13T16:00:00+08:00"
    world["shao.weimin"].refused(f"documents/{paper['id']}/file/", method="get", status=404)
    assert fang.rows("deadlines/", case=world.case, limit="correction_notice_reply", state="any") == []
    return paper["id"]


def unanswered(world: World, paper: str) -> str:
    gu, fang = world["gu.nanqiao"], world["fang.shuning"]
    row = gu.run(world.case, "correction_notice")
    world.at("2026-11-16 09:30")
    link = fang.run(world.case, "internal_supervision_link")
    got = {"document": paper, "reply_due_on": "2026-11-27"}
    assert world["shen.yanqiu"].may_not(link, "receive", version=0, **got).codes == {"role"}
    gu.may_not(link, "receive", version=0, status=404, **got)
    fang.take(link, "receive", **got)
    reply = fang.due(world.case, "correction_notice_reply")
    assert (reply["started_at"], reply["due_on"]) == ("2026-11-16T09:30:00+08:00", "2026-11-27")
    assert reply["fires_at"] == "2026-11-28T00:00:00+08:00"
    assert reply["id"] in [one["id"] for one in fang.rows("deadlines/", side="owe", case=world.case)]
    assert reply["id"] in [one["id"] for one in gu.rows("deadlines/", side="owed", case=world.case)]
    assert gu.may_not(row, "urge", version=3, status=422).codes == {"state"}

    world.at("2026-11-24 08:00")
    sweep()
    reminded = [one for one in fang.rows("messages/", unread=True) if one["code"] == "deadline.remind"]
    assert fang.post("messages/read/", {"ids": [reminded[0]["id"]]}, status=200) == {"read": 1}
    assert gu.post("messages/read/", {"ids": [reminded[0]["id"]]}, status=200) == {"read": 0}
    world.at("2026-11-28 00:00")
    sweep()
    assert gu.get(f"proceedings/{row}/")["state"]["id"] == "overdue"
    assert fang.due(world.case, "correction_notice_reply")["status"] == "overdue"
    return row


def report_up(world: World, row: str) -> None:
    gu, fang = world["gu.nanqiao"], world["fang.shuning"]
    world.at("2026-11-30 09:00")
    assert [one["step"]["id"] for one in gu.rows("drafts/", proceeding=row)] == ["urge"]
    assert fang.may_not(row, "urge", version=gu.version(row)).codes == {"role"}
    gu.take(row, "urge")
    urged = gu.due(world.case, "reply_after_urge_norm")
    early = gu.may_not(row, "report_up", version=gu.version(row), status=422)
    assert early.codes == {"not_expired:reply_after_urge_norm"}
    assert world["xiahou.qi"].rows("proceedings/") == []

    world.at(urged["fires_at"].replace("T", " ")[:16])
    sweep()
    assert gu.send("get", "me/").status == 401
    world.desks.clear()
    gu = world["gu.nanqiao"]
    assert "report_up" in {one["step"]["id"] for one in gu.rows("drafts/", proceeding=row)}
    world.agreed("gu.nanqiao", "lu.chengjun", row, "report_up")

    above = world["xiahou.qi"]
    assert [one["id"] for one in above.rows("proceedings/")] == [row]
    header = above.get(f"cases/{world.case}/")
    assert (header["is_whole"], header["number"], header["charge"]) == (False, NUMBER, None)
    assert above.rows(f"cases/{world.case}/activities/") == []
    assert above.may_not(row, "reply", version=0, status=409).body["seen"]["number"] == 0


def answer(world: World, row: str) -> None:
    gu, fang = world["gu.nanqiao"], world["fang.shuning"]
    world.at("2026-12-15 15:00")
    said = {"accepted": "accepted", "measures": "已重新讯问并补正笔录", "proof": ["补正笔录"]}
    assert "role" in gu.may_not(row, "reply", version=gu.version(row), **said).codes
    without = fang.may_not(row, "reply", version=fang.version(row), status=422, **{**said, "proof": []})
    assert without.codes == {"field:proof"}
    world.agreed("fang.shuning", "han.kefei", row, "reply", **said)
    assert fang.may_not(row, "accept_reply", version=fang.version(row), effect="corrected").codes == {"role"}
    gu.take(row, "accept_reply", effect="corrected")

    whole = gu.get(f"proceedings/{row}/")
    assert (whole["state"]["id"], whole["closed_at"]) == ("closed", "2026-12-15T15:00:00+08:00")
    assert whole["steps"] == []
    assert [one["step"]["id"] for one in whole["taken"]] == [
        "draft", "approve", "serve", "expire", "urge", "decide_report", "report_up", "reply", "accept_reply",
    ]  # fmt: skip
    assert gu.may_not(row, "urge", version=whole["version"], status=422).codes == {"closed"}
    assert gu.rows("deadlines/", proceeding=row) == []
    assert unmeasured() == []


def test_one_case_from_the_report_to_the_closed_notice(world: World) -> None:
    register(world)
    file(world)
    detain(world)
    investigate(world)
    arrest(world)
    lead(world)
    paper = notice(world)
    row = unanswered(world, paper)
    report_up(world, row)
    answer(world, row)

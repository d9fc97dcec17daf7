"""Bad input at the API: a clear message at the field, nothing written, never a fault of the program."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from cases.steps import approve
from tests.cases.api_world import NOW, Record, entry, recorded, report
from tests.cast import user
from tests.journeys.api_desk import API, Answer, Desk, nothing_written

pytestmark = pytest.mark.django_db


@pytest.fixture
def record() -> Iterator[Record]:
    with recorded() as found:
        yield found


def raw(desk: Desk, path: str, content: bytes, content_type: str = "application/json") -> Answer:
    """Send bytes as they are."""
    with nothing_written():
        got = desk.client.post(API + path, data=content, content_type=content_type, headers=desk.headers)
    return Answer(got.status_code, json.loads(got.content))


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b'{"number": ', 400),
        (b"\xff\xfe{}", 400),
        (b'{"is_major": NaN}', 400),
        (b'{"confidentiality": 1e999}', 400),
        (b"[" * 100_000, 400),
        (b'{"title": "a\\u0000b"}', 400),
        (b'{"title": "\\ud800"}', 400),
        (b'{"title": "' + b"a" * 30_000 + b'"}', 400),
        (b'{"title": "' + b"a" * 2_000_000 + b'"}', 413),
        (b"[]", 400),
        (b'"text"', 400),
        (b"null", 400),
    ],
)
def test_what_is_no_request_is_told_so(record: Record, content: bytes, status: int) -> None:
    told = raw(Desk("shen.yanqiu"), "cases/", content)

    assert (told.status, told.body["status"]) == (status, status)
    assert told.body["text"]


def test_only_json_is_read(record: Record) -> None:
    desk = Desk("shen.yanqiu")

    for kind in (
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "text/plain",
        "text/xml",
    ):
        told = raw(desk, "cases/", b"number=1", kind)
        assert (kind, told.status, told.body["kind"]) == (kind, 415, "unsupported_media_type")


MALFORMED: list[tuple[dict[str, Any], str]] = [
    ({"unknown": 1}, "unknown"),
    ({"number": None}, "number"),
    ({"number": "A" * 41}, "number"),
    ({"number": ["A"]}, "number"),
    ({"title": ""}, "title"),
    ({"kind": "no such kind"}, "kind"),
    ({"received_at": "2026-11-04T08:30:00"}, "received_at"),
    ({"received_at": "2026-02-30T08:30:00+08:00"}, "received_at"),
    ({"received_at": "0001-01-01T00:00:00+14:00"}, "received_at"),
    ({"received_at": "yesterday"}, "received_at"),
    ({"received_at": 1793779200}, "received_at"),
    ({"unit": "17"}, "unit"),
    ({"unit": "00000000-0000-7000-8000-000000000000"}, "unit"),
    ({"is_major": "perhaps"}, "is_major"),
    ({"confidentiality": -1}, "confidentiality"),
]


def test_malformed_report_names_its_field(record: Record) -> None:
    desk = Desk("shen.yanqiu")

    for changes, field in MALFORMED:
        told = desk.refused("cases/", report(**changes), status=400)
        assert (changes, told.codes) == (changes, {f"field:{field}"})


def test_everything_that_is_wrong_is_told_at_once(record: Record) -> None:
    told = Desk("shen.yanqiu").refused(
        "cases/", {"kind": "x", "received_at": "x", "colour": "red"}, status=400
    )

    assert told.codes == {
        f"field:{name}" for name in ("number", "title", "kind", "reporter", "received_at", "unit", "colour")
    }


def test_report_from_the_future_is_refused_with_its_article(record: Record) -> None:
    told = Desk("shen.yanqiu").refused("cases/", report(received_at="2026-11-04T09:00:01+08:00"), status=422)

    [reason] = told.body["reasons"]
    assert (reason["field"], reason["sources"], reason["text"]) == ("received_at", ["MPS 171"], reason["en"])


def test_refusals_speak_the_language_asked_for(record: Record) -> None:
    future = report(received_at="2026-11-04T09:00:01+08:00")

    chinese = Desk("shen.yanqiu", lang="zh-hans").refused("cases/", future, status=422)
    malformed = Desk("shen.yanqiu", lang="zh-hans").refused("cases/", report(colour="red"), status=400)

    assert chinese.body["text"] == "收到时间晚于当前时间"
    assert malformed.body["text"] != "There is no such field."


def test_secrecy_above_the_own_clearance_is_refused(record: Record) -> None:
    told = Desk("shen.yanqiu").refused("cases/", report(confidentiality=9), status=422)

    assert told.codes == {"field:confidentiality"}


def test_suspect_born_tomorrow_is_refused(record: Record) -> None:
    desk, path = Desk("shen.yanqiu"), f"cases/{record.case.pk}/suspects/"

    assert desk.refused(path, {"name": "卫小楼", "born_on": "2026-11-05"}, status=422).codes == {
        "field:born_on"
    }
    assert desk.refused(path, {"name": "卫小楼", "born_on": "2026-13-05"}, status=400).codes == {
        "field:born_on"
    }
    assert desk.refused(path, {"name": "   "}, status=400).codes == {"field:name"}


def test_log_entry_that_cannot_be_is_refused_at_its_field(record: Record) -> None:
    desk, path = Desk("shen.yanqiu"), f"cases/{record.case.pk}/activities/"
    stranger = "00000000-0000-7000-8000-000000000000"

    for changes, status, field in (
        ({"ended_at": "2026-11-03T16:40:00+08:00"}, 422, "ended_at"),
        ({"started_at": "2026-11-04T10:00:00+08:00", "ended_at": None}, 422, "started_at"),
        ({"started_at": "2026-11-03T16:50:00"}, 400, "started_at"),
        ({"kind": "magic"}, 422, "kind"),
        ({"officers": [stranger]}, 400, "officers"),
        ({"officers": [str(user("wen.zean").pk)]}, 422, "officers"),
        ({"suspect": stranger}, 400, "suspect"),
        ({"place_kind": "moon"}, 422, "place_kind"),
        ({"facts": {**entry(record)["facts"], "colour": "red"}}, 422, "colour"),
        ({"facts": {**entry(record)["facts"], "signed": "perhaps"}}, 422, "signed"),
        ({"facts": [1]}, 400, "facts"),
    ):
        told = desk.refused(path, entry(record, **changes), status=status)
        assert (changes, f"field:{field}" in told.codes) == (changes, True)
    desk.post(path, entry(record))


def test_step_with_wrong_facts_tells_every_one(record: Record) -> None:
    desk, path = Desk("shen.yanqiu"), f"proceedings/{record.review.pk}/steps/extend_review/"

    told = desk.refused(path, {"version": 2, "facts": {"stage": 7, "colour": "red"}}, status=422)
    wrong = Desk("gu.nanqiao").refused(path, {"version": 2, "facts": {"stage": 7}}, status=422)

    assert told.codes == {"field:stage", "field:colour", "field:ground"}
    assert wrong.codes == {"role", "field:stage", "field:ground"}
    assert all(reason["en"] and reason["zh"] for reason in told.body["reasons"])


def test_step_needs_the_version_that_was_read(record: Record) -> None:
    desk, path = Desk("shen.yanqiu"), f"proceedings/{record.review.pk}/steps/extend_review/"
    facts = {"stage": "leads", "ground": "线索需查证"}

    assert desk.refused(path, {"facts": facts}, status=400).codes == {"field:version"}
    assert desk.refused(path, {"facts": facts, "version": "two"}, status=400).codes == {"field:version"}
    stale = desk.refused(path, {"facts": facts, "version": 1}, status=409)
    assert (stale.body["kind"], stale.body["seen"], stale.body["found"]) == (
        "conflict",
        {"number": 1, "state": "under_review", "step": "register_report", "actor": "沈砚秋"},
        {"number": 2, "state": "under_review", "step": "hand_receipt", "actor": "沈砚秋"},
    )


def test_step_that_does_not_exist_is_told_so(record: Record) -> None:
    path = f"proceedings/{record.review.pk}/steps/"
    desk = Desk("shen.yanqiu")

    assert desk.refused(f"{path}fly/", {"version": 2}, status=422).codes == {"unknown_step"}
    begun = {"process": "custody", "step": "fly"}
    assert desk.refused(f"cases/{record.case.pk}/proceedings/", begun, status=422).codes == {"unknown_step"}
    begun = {"process": "flying", "step": "fly"}
    assert desk.refused(f"cases/{record.case.pk}/proceedings/", begun, status=400).codes == {"field:process"}


def test_closed_record_can_only_be_read(record: Record) -> None:
    desk = Desk("shen.yanqiu")
    approve(user("han.kefei"), record.draft, at=NOW)

    path = f"proceedings/{record.review.pk}/steps/hand_receipt/"
    told = desk.refused(path, {"version": 3}, status=422)

    assert "closed" in told.codes
    assert desk.get(f"proceedings/{record.review.pk}/")["steps"] == []


def test_draft_settled_already_is_a_conflict(record: Record) -> None:
    chief = Desk("han.kefei")
    chief.post(f"drafts/{record.draft.pk}/approve/")

    told = chief.refused(f"drafts/{record.draft.pk}/approve/", status=409)

    assert (told.body["seen"]["state"], told.body["found"]["state"]) == ("open", "taken")
    assert chief.refused(f"drafts/{record.draft.pk}/return/", {"comment": "晚了"}, status=409).status == 409


def test_draft_goes_back_with_a_comment_only(record: Record) -> None:
    chief, path = Desk("han.kefei"), f"drafts/{record.draft.pk}/return/"

    assert chief.refused(path, {"comment": "  "}, status=400).codes == {"field:comment"}
    back = chief.post(path, {"comment": "请补充立案理由"}, status=200)

    assert (back["outcome"], back["comment"]) == ("returned", "请补充立案理由")
    [told] = [one for one in Desk("fang.shuning").rows("messages/") if one["code"] == "draft.returned"]
    assert "请补充立案理由" in told["text"]


def test_address_that_asks_nonsense_is_told_so(record: Record) -> None:
    chief = Desk("han.kefei")

    for path, asked, field in (
        ("cases/", {"colour": "red"}, "colour"),
        ("cases/", {"received_from": "2026-11-04"}, "received_from"),
        ("cases/", {"mine": "perhaps"}, "mine"),
        ("cases/", {"stage": "nowhere"}, "stage"),
        ("proceedings/", {"case": "17"}, "case"),
        ("deadlines/", {"state": "late"}, "state"),
        ("documents/", {"kind": "DOC-NONE"}, "kind"),
        ("cases/", {"number": ["1", "2"]}, "number"),
        ("cases/", {"number": "a\0b"}, "number"),
        ("limits/", {"cursor": "x"}, "cursor"),
    ):
        told = chief.send("get", path, **asked)
        assert (path, asked, told.status, told.codes) == (path, asked, 400, {f"field:{field}"})


def test_written_cursor_leads_nowhere(record: Record) -> None:
    chief = Desk("han.kefei")

    for cursor in ("x", "cD1mb28=", "cD0lMDA=", "%00"):
        assert (cursor, chief.send("get", "cases/", cursor=cursor).status) == (cursor, 404)
    for size in ("0", "-1", "x", "99999999999"):
        assert (size, chief.send("get", "cases/", page_size=size).status) == (size, 200)

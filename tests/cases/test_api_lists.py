"""Lists and rows of the API: what is in them, in which order, how many queries, what a header opens, which language."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.models import Deadline
from coordination import sharing
from coordination.models import AuditEntry, Share
from tests.cases.api_world import NOW, Record, recorded
from tests.cast import organ, registered, user
from tests.journeys.api_desk import Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def record() -> Iterator[Record]:
    with recorded() as found:
        yield found


def queries(desk: Desk, path: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        desk.get(path)
    return len(seen)


LISTS = ("cases/", "proceedings/", "deadlines/", "documents/", "drafts/?whole_organ=true", "messages/")


def test_list_asks_the_same_number_of_queries_however_long(record: Record) -> None:
    chief = Desk("han.kefei")
    chief.get("me/")
    before = {path: queries(chief, path) for path in LISTS}

    for number in range(3):
        registered(NOW, f"A99010251000020261100{number}0")

    assert {path: queries(chief, path) for path in LISTS} == before


def test_list_is_paged_by_key_newest_first(record: Record) -> None:
    chief = Desk("han.kefei")
    made = [str(record.case.pk)] + [str(registered(NOW, f"A99010251000020261100{n}0").pk) for n in range(3)]

    seen: list[str] = []
    page = chief.get("cases/", page_size=3)
    seen += [row["id"] for row in page["results"]]
    more = chief.send("get", page["next"].removeprefix("http://testserver"))
    seen += [row["id"] for row in more.body["results"]]

    assert seen == made[::-1]
    assert more.body["next"] is None


def test_cases_are_narrowed_by_what_is_asked(record: Record) -> None:
    chief, shen = Desk("han.kefei"), Desk("shen.yanqiu")
    other = registered(NOW, "A9901025100002026110050")
    both = {str(record.case.pk), str(other.pk)}

    def found(desk: Desk, **asked: Any) -> set[str]:
        return {row["id"] for row in desk.rows("cases/", **asked)}

    assert (
        found(chief) == found(shen, mine="true") == found(chief, text="盗窃", stage="filing_review") == both
    )
    assert (
        found(chief, mine="true")
        == found(chief, stage="investigation")
        == found(chief, kind="injury")
        == set()
    )
    assert found(chief, number=other.number) == found(chief, received_from=NOW.isoformat()) == {str(other.pk)}
    assert found(chief, received_until=NOW.isoformat()) == {str(record.case.pk)}


def test_proceeding_tells_what_can_be_done_and_why_not(record: Record) -> None:
    review = Desk("gu.nanqiao").get(f"proceedings/{record.review.pk}/")
    steps = {step["id"]: step for step in review["steps"]}

    assert (review["version"], review["state"]) == (
        2,
        {"id": "under_review", "en": record.review.declared_state.en, "zh": record.review.declared_state.zh},
    )
    extend = steps["extend_review"]
    assert (extend["possible"], [reason["code"] for reason in extend["reasons"]]) == (False, ["role"])
    assert extend["approval"] == {
        "id": "police_chief",
        "en": "the head of the police organ",
        "zh": "县级以上公安机关负责人",
    }
    stage, ground = extend["facts"]
    assert (stage["type"], stage["required"], [option["id"] for option in stage["options"]]) == (
        "enum", True, ["leads", "complex", "special"],
    )  # fmt: skip
    assert all(option["zh"] for option in stage["options"])
    assert ground["name"] == "ground"
    assert [paper["id"] for paper in steps["decide_file"]["documents"]] == ["DOC-FILING-DECISION"]
    assert "filing_review_general" in [limit["id"] for limit in steps["decide_file"]["stops"]]
    mine = Desk("shen.yanqiu").get(f"proceedings/{record.review.pk}/")["steps"]
    assert {step["id"] for step in mine if step["possible"]} >= {"extend_review"}


def test_deadline_says_why_in_the_language_asked_for(record: Record) -> None:
    english = Desk("shen.yanqiu").get(f"deadlines/{record.deadline.pk}/")
    chinese = Desk("shen.yanqiu", lang="zh-CN").get(f"deadlines/{record.deadline.pk}/")

    assert [line["code"] for line in english["because"]] == [line["code"] for line in chinese["because"]]
    assert all(line["text"].isascii() for line in english["because"][:1])
    assert not any(line["text"].isascii() for line in chinese["because"])
    assert english["limit"] == chinese["limit"]


def test_deadlines_stand_on_the_side_of_who_owes_them(record: Record) -> None:
    shen, gu = Desk("shen.yanqiu"), Desk("gu.nanqiao")
    running = {row.limit for row in Deadline.objects.filter(case=record.case, stopped_at=None)}

    def limits(desk: Desk, **asked: Any) -> set[str]:
        return {row["limit"]["id"] for row in desk.rows("deadlines/", **asked)}

    assert limits(shen, side="owe") == limits(shen) == running
    assert limits(gu, side="owe") == set()
    assert limits(shen, side="owed") == set()
    assert limits(shen, limit="filing_review_general", state="due_soon") == {"filing_review_general"}
    assert limits(shen, state="overdue") == set()
    ends = [row["due_at"] for row in shen.rows("deadlines/")]
    assert ends == sorted(ends)


def test_header_share_opens_number_title_and_stage_only(record: Record) -> None:
    sharing.grant(
        user("gu.nanqiao"), record.case.pk, kind=Share.Subject.CASE, to=organ("990121000000"), by=organ("990102JC"),
        scope=Share.Scope.HEADER, ground="RULES 553", at=NOW,
    )  # fmt: skip
    stranger = Desk("wen.zean")

    [row] = stranger.rows("cases/")

    assert {name for name, value in row.items() if value is not None} == {
        "id",
        "number",
        "title",
        "stage",
        "is_whole",
    }
    assert row == stranger.get(f"cases/{record.case.pk}/")
    assert stranger.rows(f"cases/{record.case.pk}/activities/") == []


def test_identity_number_is_opened_by_a_request_that_is_recorded(record: Record) -> None:
    record.suspect.identity_number = "990102199001010011"
    record.suspect.save()
    shen = Desk("shen.yanqiu")

    [row] = shen.rows(f"cases/{record.case.pk}/suspects/")
    told = shen.post(f"suspects/{record.suspect.pk}/identity/", status=200)

    assert "990102199001010011" not in str(row)
    assert told == {"identity_number": "990102199001010011"}
    entry = AuditEntry.objects.get(action="suspect.identity_opened")
    assert (entry.actor, entry.subject_id) == (user("shen.yanqiu"), record.suspect.pk)


@pytest.mark.expects_error_logs
def test_file_comes_as_it_was_issued_and_damage_is_told(record: Record, settings: Any, tmp_path: Any) -> None:
    shen, path = Desk("shen.yanqiu"), f"documents/{record.document.pk}/file/"

    assert shen.get(path).startswith(b"%PDF")
    shen.headers["accept"] = "application/pdf"
    assert shen.get(path).startswith(b"%PDF")
    assert Desk("wen.zean").send("get", path).body["kind"] == "not_found"
    settings.MEDIA_ROOT = str(tmp_path)
    assert shen.send("get", path).status == 500


def test_law_is_read_whole(record: Record) -> None:
    shen = Desk("shen.yanqiu")

    limits, processes = shen.get("limits/"), shen.get("processes/")
    review = shen.get("processes/filing_review/")

    assert len(limits) > 100
    assert {row["id"] for row in shen.get("limits/", responsible="police")} < {row["id"] for row in limits}
    assert {"case", "custody", "correction_notice"} <= {row["id"] for row in processes}
    assert review["states"][0]["kind"] == "start"
    assert next(step for step in review["steps"] if step["id"] == "hand_receipt")["leaves"] == [
        "under_review"
    ]
    detention = next(kind for kind in shen.get("activity-kinds/") if kind["id"] == "detention")
    assert "warrant_no" in [field["name"] for field in detention["fields"]]


def test_colleagues_are_those_of_the_own_organ(record: Record) -> None:
    logins = {row["login"] for row in Desk("shen.yanqiu").rows("people/")}

    assert {"shen.yanqiu", "fang.shuning", "han.kefei"} <= logins
    assert logins.isdisjoint({"gu.nanqiao", "wen.zean"})
    chiefs = Desk("shen.yanqiu").rows("people/", role="police_chief")
    assert [row["login"] for row in chiefs] == ["han.kefei"]

"""The top floor through the API: leads tied to what was seen, notices, the board with its lists, areas, registers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.test import Client, override_settings
from django.urls import URLPattern, reverse

from cases.models import Activity, Case, Document, Proceeding
from coordination.models import AuditEntry, User
from supervision.api.urls import urlpatterns
from supervision.demo.people import PASSWORD
from supervision.models import Finding, Opinion
from tests.cases.logbook import interrogation, logged
from tests.cast import at, do, user
from tests.journeys.api_desk import OWN_CACHE, Desk, nothing_written
from tests.supervision import world

NOW = at("2026-11-25 10:00")
METHODS = ("get", "post", "put", "patch", "delete")
WRITES = {"api-leads": {"get", "post"}, "api-notice-draft": {"get", "post"}}
NAMES = {pattern.name: pattern for pattern in urlpatterns if isinstance(pattern, URLPattern)}


@pytest.fixture(autouse=True)
def present() -> Iterator[None]:
    """Wednesday 25 November 2026, 10:00, with nobody counted at the door yet; the cast with its passwords."""
    with override_settings(CACHES=OWN_CACHE), time_machine.travel(NOW, tick=False):
        cache.clear()
        User.objects.update(password=make_password(PASSWORD))
        yield


@pytest.fixture
def case() -> Case:
    """A case whose request for arrest was received; one officer interrogated 田广顺 on 4 November."""
    found = world.submitted()
    logged(
        interrogation(found, found.suspects.get(), at("2026-11-04 09:00"), at("2026-11-04 11:00")),
        at("2026-11-04 11:30"),
    )
    return found


def seen_in(case: Case) -> Activity:
    return Activity.objects.get(case=case, kind="interrogation")


def lead(case: Case, **changes: Any) -> dict[str, Any]:
    plain = {"case": str(case.pk), "activity": str(seen_in(case).pk), "findings": ["INT-1"], "pin": world.PIN}
    return {**plain, **changes}


def addresses(case: Case) -> dict[str, str]:
    """The address of every name, about the rows of a story in which a notice is being drafted."""
    notice = world.drafting(world.detained("A9901025100002026110022"))
    finding = Finding.objects.filter(case=notice.case).first()
    awaiting = world.awaiting(world.detained("A9901025100002026110023"))
    rows = {
        "api-finding": finding, "api-opinion": Opinion.objects.get(proceeding=awaiting), "api-notice-draft": notice,
    }  # fmt: skip
    words = {
        "api-area": "SUP-EFFECT", "api-area-deadlines": "SUP-EFFECT", "api-area-matters": "SUP-EFFECT",
        "api-register": "REG-OPINION",
    }  # fmt: skip
    return {
        name: reverse(
            name,
            args=[rows[name].pk] if name in rows else [words[name]] if name in words else [],  # type: ignore[union-attr]
        )
        for name in NAMES
    }


# ---- the litany ------------------------------------------------------------------------------------------------------


def test_litany_of_the_top_floor(case: Case) -> None:
    urls = addresses(case)
    prosecutor, superior, stranger, officer = (
        Desk(login) for login in ("gu.nanqiao", "xiahou.qi", "zhuang.yining", "shen.yanqiu")
    )

    for name, url in urls.items():
        right = superior if name.startswith("api-reported") else prosecutor
        assert (name, right.send("get", url).status) == (name, 200)
        for method in set(METHODS) - WRITES.get(name, {"get"}):
            assert (name, method, right.send(method, url, {}).status) == (name, method, 405)
        assert Client().get(url).status_code == 401, name
    with nothing_written():
        for name in ("api-finding", "api-opinion", "api-notice-draft"):
            assert (name, stranger.send("get", urls[name]).status) == (name, 404)
            assert (name, officer.send("get", urls[name]).status) == (name, 404)
        for name in (name for name in urls if name.startswith("api-board")):
            assert officer.refused(urls[name], status=403, method="get").codes == {"role"}, name
            assert superior.refused(urls[name], status=403, method="get").codes == {"role"}, name
        for name in ("api-reported", "api-reported-counts"):
            assert prosecutor.refused(urls[name], status=403, method="get").codes == {"role"}, name
        assert stranger.rows("leads/") == stranger.rows("findings/") == stranger.rows("opinions/") == []


# ---- leads and findings ----------------------------------------------------------------------------------------------


def test_lead_is_tied_to_the_entry_it_is_seen_in(case: Case) -> None:
    desk = Desk("gu.nanqiao")

    told = desk.send("post", "leads/", lead(case))

    assert told.status == 201
    assert {one["suspect"] for one in told.body["findings"]} == {str(case.suspects.get().pk)}
    assert [(one["code"]["id"], one["activity"]) for one in told.body["findings"]] == [
        ("INT-1", str(seen_in(case).pk))
    ]
    finding = Finding.objects.get()
    assert (finding.activity, finding.occurred_at) == (seen_in(case), at("2026-11-04 09:00"))


def test_lead_sent_twice_is_there_once(case: Case) -> None:
    desk = Desk("gu.nanqiao")
    first = desk.send("post", "leads/", lead(case))

    again = desk.send("post", "leads/", lead(case))
    other = desk.send("post", "leads/", lead(case, activity=None))

    assert (again.status, again.body["id"]) == (200, first.body["id"])
    assert other.status == 201
    assert Proceeding.objects.filter(process="supervision_lead").count() == 2


def test_lead_is_refused_with_every_reason_and_nothing_written(case: Case) -> None:
    police, desk, other = Desk("fang.shuning"), Desk("gu.nanqiao"), world.detained("A9901025100002026110022")

    assert police.refused("leads/", lead(case), status=403).codes == {"role"}
    assert desk.refused("leads/", lead(case, findings=["NO-1"]), status=422).codes == {"field:findings"}
    assert desk.refused("leads/", lead(case, pin=""), status=400).codes == {"field:pin"}
    assert (
        desk.refused("leads/", {**lead(case), "case": str(other.pk)}, status=404).body["kind"] == "not_found"
    )
    assert Desk("zhuang.yining").refused("leads/", lead(case), status=404).status == 404


def test_finding_is_decided_with_the_conclusion_of_its_lead(case: Case) -> None:
    desk = Desk("gu.nanqiao")
    opened = desk.send("post", "leads/", lead(case, findings=["INT-1", "INT-8"])).body["id"]
    row = Proceeding.objects.get(pk=opened)
    do("gu.nanqiao", row, "triage", NOW, outcome="verify", risk="middle", note="核查笔录")
    do("gu.nanqiao", row, "verify", NOW)
    do("gu.nanqiao", row, "record_method", NOW, method="records_obtained", record="笔录")
    row.refresh_from_db()

    facts = {"conclusion": "serious", "findings_confirmed": ["INT-1"], "level": "written"}
    done = desk.send(
        "post", f"proceedings/{opened}/steps/conclude/", {"version": row.version, "facts": facts}
    )

    assert done.status == 201, done.body
    decided = {one["code"]["id"]: one["decision"] for one in desk.rows("findings/", lead=opened)}
    assert decided == {"INT-1": "confirmed", "INT-8": "dismissed"}
    assert [one["code"]["id"] for one in desk.rows("findings/", decision="confirmed")] == ["INT-1"]
    assert desk.rows("findings/", decision="undecided") == []


# ---- notices ---------------------------------------------------------------------------------------------------------


def test_notice_is_drafted_from_what_the_lead_left(case: Case) -> None:
    notice = world.drafting(case)
    desk = Desk("gu.nanqiao")
    said = desk.send("get", f"notices/{notice.pk}/draft/").body
    assert (said["findings"], said["facts"], said["reply_due_on"]) == (["INT-1"], world.PIN, None)

    lacking = desk.refused(f"notices/{notice.pk}/draft/", said, status=422)
    done = desk.send("post", f"notices/{notice.pk}/draft/", {**said, "reply_due_on": "2026-12-11"})

    assert "field:reply_due_on" in lacking.codes
    assert done.status == 201
    assert [row["state"]["id"] for row in desk.rows("opinions/")] == ["submitted"]
    stale = desk.refused(f"notices/{notice.pk}/draft/", {**said, "reply_due_on": "2026-12-11"}, status=409)
    assert stale.body["kind"] == "conflict"
    assert (
        desk.send("get", f"notices/{Proceeding.objects.get(process='case', case=case).pk}/draft/").status
        == 404
    )
    assert Desk("lu.chengjun").refused(f"notices/{notice.pk}/draft/", status=403, method="get").codes == {
        "role"
    }


# ---- the board -------------------------------------------------------------------------------------------------------


def numbers(told: Any) -> Iterator[tuple[str, int]]:
    """Every number in an answer, with the address of its list."""
    if isinstance(told, dict):
        if {"count", "url"} <= told.keys():
            yield told["url"], told["count"]
        for inner in told.values():
            yield from numbers(inner)
    elif isinstance(told, list):
        for inner in told:
            yield from numbers(inner)


@pytest.mark.parametrize("login", ["jiang.wanzhao", "gu.nanqiao", "han.kefei"])
def test_every_number_of_the_board_has_exactly_its_rows(case: Case, login: str) -> None:
    world.receipted(case)
    desk = Desk(login)
    found = dict(numbers(desk.send("get", "board/").body))

    assert {url: len(listed(desk, url)) for url in found} == found
    assert sum(count > 0 for count in found.values()) > 5


def listed(desk: Desk, url: str) -> list[Any]:
    """All rows of a list, however many pages it has."""
    rows: list[Any] = []
    while url:
        page = desk.send("get", url.replace("http://testserver", "")).body
        rows += page["results"]
        url = page["next"]
    return rows


def test_every_number_of_an_area_has_exactly_its_rows(case: Case) -> None:
    world.receipted(case)
    desk = Desk("shen.yanqiu")
    area = desk.send("get", "areas/COOP-FLOW/").body
    found = dict(numbers(area))

    assert {url: len(listed(desk, url)) for url in found} == found
    assert found["/api/v1/areas/COOP-FLOW/matters/"] > 0
    assert "custody" in {one["id"] for one in area["processes"]}
    assert desk.send("get", "areas/NOWHERE/").status == 404


# ---- registers -------------------------------------------------------------------------------------------------------


def test_register_has_its_lines_page_by_page_as_far_as_the_person_sees(case: Case) -> None:
    world.receipted(case)
    desk = Desk("gu.nanqiao")
    counts = {one["id"]: one["all"] for one in desk.send("get", "registers/").body}

    opinions = desk.send("get", "registers/REG-OPINION/").body

    assert counts["REG-OPINION"] == len(opinions["results"]) == 1
    line = opinions["results"][0]
    assert [cell["column"] for cell in line["cells"]] == [column["id"] for column in opinions["columns"]]
    assert line["proceeding"] == str(Proceeding.objects.get(process="correction_notice", case=case).pk)
    assert Desk("zhuang.yining").send("get", "registers/REG-OPINION/").body["results"] == []
    assert desk.send("get", "registers/REG-OPINION/", state="closed").body["results"] == []
    assert desk.send("get", "registers/REG-NONE/").status == 404
    assert desk.send("get", "registers/REG-OPINION/", cursor="1").status == 404
    assert desk.refused("registers/REG-OPINION/?from_on=2026-13-01", status=400, method="get").codes == {
        "field:from_on"
    }


# ---- reads across organs ---------------------------------------------------------------------------------------------


def test_reading_across_organs_is_recorded_once_a_person_case_and_day(case: Case) -> None:
    prosecutor, police = Desk("gu.nanqiao"), Desk("shen.yanqiu")
    custody = Proceeding.objects.get(case=case, process="custody")
    for desk in (prosecutor, police):
        for path in (
            f"cases/{case.pk}/", f"cases/{case.pk}/activities/", f"activities/{seen_in(case).pk}/",
            f"proceedings/{custody.pk}/",
        ):  # fmt: skip
            assert desk.send("get", path).status == 200
        assert desk.send("get", "deadlines/", case=str(case.pk)).status == 200

    read = AuditEntry.objects.filter(action="case.read", case_id=case.pk)

    assert [(one.actor, one.organisation.code) for one in read if one.organisation] == [
        (user("gu.nanqiao"), case.procuratorate.code)
    ]
    with time_machine.travel(at("2026-11-26 08:00"), tick=False):
        prosecutor.send("get", f"cases/{case.pk}/")
    assert read.all().count() == 2


def test_case_page_shows_who_read_to_those_who_may_read_the_audit(case: Case) -> None:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user("gu.nanqiao"))
    client.get(f"/cases/{case.pk}/timeline/")

    page = client.get(f"/cases/{case.pk}/").text
    client.force_login(user("fang.shuning"))
    theirs = client.get(f"/cases/{case.pk}/").text
    client.force_login(user("shen.yanqiu"))
    officers = client.get(f"/cases/{case.pk}/").text

    for text in (page, theirs):
        assert "Who read" in text
        assert user("gu.nanqiao").name in text.split("Who read")[1]
    assert "Who read" not in officers


# ---- named twice -----------------------------------------------------------------------------------------------------


def test_suspect_named_twice_with_the_same_particulars_is_one_person(case: Case) -> None:
    desk, before = Desk("shen.yanqiu"), case.suspects.count()
    first = desk.send("post", f"cases/{case.pk}/suspects/", {"name": "卫小楼"})
    again = desk.send("post", f"cases/{case.pk}/suspects/", {"name": "卫小楼"})
    other = desk.send("post", f"cases/{case.pk}/suspects/", {"name": "卫小楼", "born_on": "1990-01-01"})

    assert (first.status, again.status, other.status) == (201, 200, 201)
    assert again.body["id"] == first.body["id"] != other.body["id"]
    assert case.suspects.count() == before + 2
    assert Proceeding.objects.filter(case=case, process="custody").count() == before + 2


def test_reported_list_of_a_superior(case: Case) -> None:
    desk = Desk("xiahou.qi")
    assert desk.rows("reported/") == []
    notice = world.receipted(case)
    Document.objects.filter(proceeding=notice).update(addressee=user("xiahou.qi").postings.get().organisation)

    sent = desk.rows("reported/")
    counts = dict(numbers(desk.send("get", "reported/counts/").body))

    assert len(sent) == Document.objects.filter(proceeding=notice, sent_at__isnull=False).count() > 0
    assert {url: len(listed(desk, url)) for url in counts} == counts

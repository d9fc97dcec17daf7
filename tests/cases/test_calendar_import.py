"""A holiday table comes in: kept, previewed, approved by both sides; then every open deadline counts by it, once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from io import StringIO
from pathlib import Path
from uuid import UUID

import pytest
import time_machine
from django.core.cache import cache
from django.core.checks import INFO
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, transaction

from cases import recalculating
from cases.models import Deadline, DeadlineEvent, Proceeding, Recalculation, Shift
from coordination import calendars
from coordination.calendars import Outcome
from coordination.checks import calendar_reaches_next_year
from coordination.errors import Conflict, Refused
from coordination.law import calendar as law
from coordination.models import AuditEntry, CalendarTable, Message
from supervision.demo import people
from supervision.findings import Seen, open_lead
from tests.cases.doors import browser, said, sing
from tests.cast import at, user
from tests.holidays import NEXT_YEAR
from tests.supervision import world

pytestmark = pytest.mark.django_db
NOW = at("2026-12-31 10:00")
LEGAL, MANAGER = "fang.shuning", "xu.qingzhi"
AT_ONCE = timedelta(0)


@pytest.fixture(autouse=True)
def _cast() -> Iterator[None]:
    people.load(hashed="!")
    _forget()
    yield
    _forget()


def _forget() -> None:
    """Let the process count by the own tables again."""
    law.use(())
    calendars._Known.version, calendars._Known.looked_at = "", float("-inf")
    cache.delete(calendars.KEY)


def lead(number: str = "A9901025100002026110041") -> Proceeding:
    """A lead registered on Wednesday 30 December 2026: three working days lead beyond the last table."""
    case = world.submitted(number)
    return open_lead(
        user("gu.nanqiao"), case, Seen(("INT-1",), world.PIN), activity=None, at=at("2026-12-30 09:00")
    )


def triage(row: Proceeding) -> Deadline:
    return Deadline.objects.get(proceeding=row, limit="lead_triage_norm")


def custody() -> dict[UUID, datetime]:
    """The ends of all custody periods."""
    rows = Deadline.objects.all()
    return {row.pk: row.due_at for row in rows if row.rule.is_custodial(row.in_custody)}


def submitted(text: str = NEXT_YEAR, login: str = MANAGER) -> CalendarTable:
    return recalculating.submit(user(login), text, file_name="2027.toml", at=NOW)


def approved(text: str = NEXT_YEAR) -> CalendarTable:
    table = submitted(text)
    for login in (MANAGER, LEGAL):
        recalculating.decide(user(login), table, outcome=Outcome.APPROVED, at=NOW)
    return table


def run_of(table: CalendarTable, kind: str = "apply") -> Recalculation:
    return Recalculation.objects.get(table=table, kind=kind)


def events(row: Deadline) -> list[tuple[str, str | None]]:
    found = DeadlineEvent.objects.filter(deadline=row, kind="calendar").order_by("id")
    return [(event.detail["from_on"], event.detail["to_on"]) for event in found]


def test_provisional_deadline_becomes_firm_and_is_journalled_once() -> None:
    row = triage(lead())
    before, held = row.due_on, custody()
    assert row.is_provisional

    table = approved()
    recalculating.go_on(NOW, settle=AT_ONCE)
    recalculating.go_on(NOW, settle=AT_ONCE)

    row.refresh_from_db()
    # Wednesday 30 December: Thursday 31, Monday 4 January (Friday 1 is off), Tuesday 5
    assert (row.due_on, row.is_provisional) == (date(2027, 1, 5), False)
    assert events(row) == [(before.isoformat() if before else None, "2027-01-05")]
    assert row.next_alarm_at is not None
    run = run_of(table)
    assert (run.moved >= 1, run.confirmed >= 1, run.failed, run.finished_at) == (True, True, 0, NOW)
    assert AuditEntry.objects.filter(action="calendar.recalculated", subject_id=table.pk).count() == 1
    told = Message.objects.filter(code="calendar.moved", recipient=user("gu.nanqiao"))
    assert [message.params["count"] for message in told] == ["1"]
    assert "arrest_review_detained" in {Deadline.objects.get(pk=key).limit for key in held}
    assert custody() == held
    assert not DeadlineEvent.objects.filter(kind="calendar", deadline__in=list(held)).exists()


def test_preview_says_what_would_move_and_moves_nothing() -> None:
    row = triage(lead())
    table = submitted()

    recalculating.go_on(NOW)

    assert [(s.limit, s.then_on, s.is_firm) for s in Shift.objects.filter(deadline=row)] == [
        ("lead_triage_norm", date(2027, 1, 5), True)
    ]
    assert ("lead_triage_norm", 1, 0) in recalculating.by_limit(run_of(table, "preview"))
    row.refresh_from_db()
    assert row.is_provisional
    assert not DeadlineEvent.objects.filter(kind="calendar").exists()
    assert law.national().last_day == date(2026, 12, 31)


class Killed(Exception):
    """The process died."""


def test_killed_run_goes_on_where_it_was() -> None:
    rows = [triage(lead(f"A990102510000202611004{number}")) for number in range(1, 4)]
    run = run_of(approved())
    calendars.refresh(at_once=True)

    def dies(_run: Recalculation) -> None:
        raise Killed

    with pytest.raises(Killed):
        recalculating.bring_forward(run, NOW, told=dies, batch=1)
    left = Recalculation.objects.get(pk=run.pk)
    assert (left.examined, left.finished_at) == (1, None)
    told: list[int] = []
    recalculating.bring_forward(
        left, NOW, told=lambda run: told.append(run.examined), batch=1, settle=AT_ONCE
    )

    assert [len(events(row)) for row in rows] == [1, 1, 1]
    assert {Deadline.objects.get(pk=row.pk).due_on for row in rows} == {date(2027, 1, 5)}
    assert told == sorted(told)
    assert Recalculation.objects.get(pk=run.pk).finished_at == NOW


def test_run_stays_open_until_every_process_can_know_the_table() -> None:
    row = triage(lead())
    run = run_of(approved())
    recalculating.go_on(NOW)
    assert Recalculation.objects.get(pk=run.pk).finished_at is None
    law.use(())  # a process that has not heard of it winds one more
    late = triage(lead("A9901025100002026110042"))
    assert late.is_provisional

    recalculating.go_on(NOW, settle=AT_ONCE)

    assert [len(events(one)) for one in (row, late)] == [1, 1]
    assert Recalculation.objects.get(pk=run.pk).finished_at == NOW


def test_table_is_in_force_only_when_both_sides_approved() -> None:
    table = submitted()
    told = set(Message.objects.filter(code="calendar.submitted").values_list("recipient__login", flat=True))
    assert {LEGAL, MANAGER} <= told
    recalculating.decide(user(MANAGER), table, outcome=Outcome.APPROVED, at=NOW)
    assert not calendars.is_in_force(table)
    assert not Recalculation.objects.filter(kind="apply").exists()
    with pytest.raises(Conflict):
        recalculating.decide(user("case_manager.yanhu"), table, outcome=Outcome.APPROVED, at=NOW)

    recalculating.decide(user(LEGAL), table, outcome=Outcome.APPROVED, at=NOW)

    assert calendars.is_in_force(table)
    with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
        CalendarTable.objects.filter(pk=table.pk).update(year=2030)


def test_declined_table_may_come_again() -> None:
    table = submitted()
    with pytest.raises(Refused):
        recalculating.decide(user(LEGAL), table, outcome=Outcome.DECLINED, at=NOW)
    recalculating.decide(user(LEGAL), table, outcome=Outcome.DECLINED, comment="与通知不符", at=NOW)
    with pytest.raises(Conflict):
        recalculating.decide(user(MANAGER), table, outcome=Outcome.APPROVED, at=NOW)

    assert submitted().pk != table.pk


def test_same_file_is_one_table_and_another_one_waits_its_turn() -> None:
    table = submitted()
    assert submitted(login=LEGAL).pk == table.pk
    with pytest.raises(Refused) as refused:
        submitted(NEXT_YEAR.replace("2027-06-09", "2027-06-10"))
    assert [reason.code for reason in refused.value.reasons] == ["calendar:duplicate"]


@pytest.mark.parametrize("login", ["gu.nanqiao", "jiang.wanzhao", "han.kefei"])
def test_only_administrators_bring_and_decide(login: str) -> None:
    table = submitted()

    for act in (
        lambda: submitted(NEXT_YEAR + "\n", login=login),
        lambda: recalculating.decide(user(login), table, outcome=Outcome.APPROVED, at=NOW),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert [reason.code for reason in refused.value.reasons] == ["role"]


def test_every_process_learns_of_a_table_without_a_restart() -> None:
    browser("gu.nanqiao").get("/rulebook/")
    approved()
    calendars.publish()  # what the commit does, and the schedule every minute
    assert law.national().last_day == date(2026, 12, 31)
    calendars._Known.looked_at = float("-inf")  # a second has passed

    browser("gu.nanqiao").get("/rulebook/")

    assert law.national().last_day == date(2027, 12, 31)


def test_correction_of_a_year_moves_what_lay_on_the_changed_days() -> None:
    approved()
    recalculating.go_on(NOW, settle=AT_ONCE)
    row = triage(lead())
    assert (row.due_on, row.is_provisional) == (date(2027, 1, 5), False)

    # Monday 4 January is off, too
    approved(NEXT_YEAR.replace("off = [2027-01-01]", "off = [2027-01-01, 2027-01-04]"))
    recalculating.go_on(NOW, settle=AT_ONCE)

    row.refresh_from_db()
    assert row.due_on == date(2027, 1, 6)
    assert events(row) == [("2027-01-05", "2027-01-06")]


@pytest.mark.parametrize(
    ("when", "told"),
    [("2026-10-31 12:00", 0), ("2026-11-01 12:00", 1), ("2026-12-20 12:00", 1), ("2027-01-04 12:00", 1)],
)
def test_reminder_goes_out_from_the_first_of_november(when: str, told: int) -> None:
    assert min(calendars.remind(at(when)), 1) == told
    assert Message.objects.filter(code="calendar.missing").exists() == bool(told)


def test_reminder_is_said_once_a_week_until_the_table_is_there() -> None:
    first = calendars.remind(at("2026-11-02 09:00"))
    assert first > 1
    calendars.remind(at("2026-11-05 09:00"))
    assert Message.objects.filter(code="calendar.missing").count() == first
    calendars.remind(at("2026-11-09 09:00"))
    assert Message.objects.filter(code="calendar.missing").count() == 2 * first

    approved()
    calendars.refresh(at_once=True)

    assert calendars.remind(at("2026-12-07 09:00")) == 0


def test_check_informs_and_warns_of_nothing() -> None:
    with time_machine.travel(at("2026-11-20 09:00"), tick=False):
        (told,) = calendar_reaches_next_year(None)
    with time_machine.travel(at("2026-10-20 09:00"), tick=False):
        before = calendar_reaches_next_year(None)

    assert (told.id, told.level, before) == ("jianjing.I001", INFO, [])


def test_command_checks_keeps_and_previews(tmp_path: Path) -> None:
    lead()
    file = tmp_path / "2027.toml"
    file.write_text(NEXT_YEAR, encoding="utf-8")
    out = StringIO()

    call_command("import_calendar", str(file), stdout=out)
    call_command("import_calendar", str(file), stdout=out)

    assert "2027 preview:" in out.getvalue()
    assert "It waits for the administrators of both sides" in out.getvalue()
    assert CalendarTable.objects.count() == 1
    file.write_text(NEXT_YEAR.replace("[2027-05-08]", "[2027-05-07]"), encoding="utf-8")
    with pytest.raises(CommandError, match="a weekday as worked"):
        call_command("import_calendar", str(file))
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_calendar", str(tmp_path / "none.toml"))
    with pytest.raises(CommandError, match="Nobody signs in"):
        call_command("import_calendar", str(file), login="nobody")


def test_progress_is_told_until_the_run_has_ended() -> None:
    lead()
    table = submitted()
    url = f"/calendar/{table.pk}/progress/"
    asking = f'hx-get="{url}"'
    with time_machine.travel(NOW, tick=False):
        going = said(sing(url, allowed="gu.nanqiao"))
        assert asking in said(browser(MANAGER).get(f"/calendar/{table.pk}/"))
        assert (
            browser(MANAGER).get("/calendar/01234567-89ab-7def-8123-456789abcdef/progress/").status_code
            == 404
        )
        recalculating.go_on(NOW, settle=AT_ONCE)
        ended = browser("gu.nanqiao").get(url)
        assert asking not in said(browser(MANAGER).get(f"/calendar/{table.pk}/"))

    assert "It begins within a minute." in going
    assert ended.status_code == 286
    assert 'hx-select="#moved"' in said(ended)
    assert "within a minute" not in said(ended)


def test_screens_take_the_table_from_the_file_to_what_moved(tmp_path: Path) -> None:
    row = triage(lead())
    file = tmp_path / "2027.toml"
    file.write_text(NEXT_YEAR, encoding="utf-8")
    with time_machine.travel(NOW, tick=False):
        sing("/calendar/", allowed="gu.nanqiao")
        assert browser("gu.nanqiao").post("/calendar/").status_code == 403
        assert browser(MANAGER).post("/calendar/").status_code == 422
        with file.open("rb") as sent:
            page = browser(MANAGER).post("/calendar/", {"file": sent})
        table = CalendarTable.objects.get()
        url = f"/calendar/{table.pk}/"
        assert page["Location"] == url
        recalculating.go_on(NOW)
        seen = said(sing(url, allowed="gu.nanqiao"))
        assert f"/deadlines/{row.pk}/why/" in seen
        assert "What would move" in seen
        assert f"/deadlines/{row.pk}/why/" not in said(browser("case_manager.jishan").get(url))
        assert browser("gu.nanqiao").post(url, {"outcome": "approved"}).status_code == 403
        for login in (MANAGER, LEGAL):
            assert browser(login).post(url, {"outcome": "approved"}).status_code == 303
        assert browser(LEGAL).post(url, {"outcome": "approved"}).status_code == 409
        recalculating.go_on(NOW, settle=AT_ONCE)
        done = said(browser("gu.nanqiao").get(f"{url}?mine=1"))
        told = browser("shen.yanqiu").get("/api/v1/calendar/").json()["results"]
    assert "What moved" in done
    assert "2027-01-05 Tue 24:00" in done
    assert [(one["year"], one["state"], len(one["decisions"])) for one in told] == [(2027, "in_force", 2)]
    assert {run["kind"] for run in told[0]["runs"]} == {"preview", "apply"}

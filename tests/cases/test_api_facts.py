"""The facts of every step that can be reached here, filled with odd values: read, or refused by name, never a fault."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
from django.db import transaction

from cases.models import Proceeding
from coordination.law.procedure import Step
from coordination.law.processes import all_processes
from tests.cases.api_world import Record, recorded
from tests.cast import run
from tests.journeys.api_desk import Answer, Desk

pytestmark = pytest.mark.django_db
ODD: tuple[Any, ...] = (
    None, "", " ", "x", "甲" * 3000, 0, -1, 7, 10**9, 10**12, 1.5, True, False, [], ["x"], ["INT-1"], [1], [None], [{}],
    {}, {"id": 1}, "P7D", "P99999999D", "2026-02-30", "2026-11-04", "2026-11-20", "2199-12-31", "9999-12-31",
    "0001-01-01", "2026-11-04T08:00:00", "2026-11-04T08:00:00+08:00", "2026-11-03T15:30:00+23:59",
    "2199-12-31T23:59:59-12:00", "00000000-0000-7000-8000-000000000000", "1e400", "NaN", "--1", "２０",
)  # fmt: skip
FITTING: dict[str, tuple[Any, ...]] = {
    "text": ("事实",), "date": ("2026-11-20", "2026-11-04", "2199-12-31"),
    "dates": (["2026-12-15"], ["2026-11-04"]), "int": (1, 7, 10**9), "bool": (True, False),
    "datetime": ("2026-11-04T08:00:00+08:00", "2026-11-03T15:30:00+23:59", "1900-01-01T00:00:00+14:00"),
    "list": (["INT-1"], ["x", 1, True]), "ref": ("x", "00000000-0000-7000-8000-000000000000"),
    "duration": ("P7D", "P99999999D"), "decimal": ("1.5", "1e300"),
}  # fmt: skip
"""Values of the right type, which may still make no sense."""
TIMES = 4


@pytest.fixture
def record() -> Iterator[Record]:
    with recorded() as found:
        yield found


def facts(step: Step, chance: Random) -> dict[str, Any]:
    """A value for each fact, most of the right type, so that the door is reached behind the reading."""
    return {
        item.name: chance.choice(FITTING.get(item.type) or item.options if chance.random() < 0.8 else ODD)
        for item in step.facts
    }


def tried(desk: Desk, path: str, body: dict[str, Any]) -> Answer:
    """Send, and undo whatever it did."""
    with transaction.atomic():
        told = desk.send("post", path, body)
        transaction.set_rollback(True)
    return told


def sound(told: Answer) -> bool:
    return told.status in {201, 202} or (
        told.status in {403, 422} and all(one["zh"] for one in told.body["reasons"])
    )


def test_odd_facts_of_running_procedures(record: Record) -> None:
    chance = Random(2026)
    rows: list[Proceeding] = [record.review, run(record.case, "custody"), run(record.case, "case")]
    desks = [Desk("shen.yanqiu"), Desk("fang.shuning"), Desk("han.kefei")]

    for row in rows:
        for step in row.declared.steps_from(row.state):
            for turn in range(TIMES):
                body = {"version": row.version, "facts": facts(step, chance)}
                told = tried(desks[turn % 3], f"proceedings/{row.pk}/steps/{step.id}/", body)
                assert sound(told), (row.process, step.id, body, told)


def test_odd_facts_of_every_procedure_that_could_begin(record: Record) -> None:
    chance = Random(2026)
    desks = [Desk("shen.yanqiu"), Desk("fang.shuning"), Desk("gu.nanqiao")]

    for process in all_processes().values():
        for step in process.steps_from(process.start.id):
            for turn in range(TIMES):
                body = {
                    "process": process.id, "step": step.id, "facts": facts(step, chance),
                    "suspect": str(record.suspect.pk) if chance.random() < 0.5 else None,
                }  # fmt: skip
                told = tried(desks[turn % 3], f"cases/{record.case.pk}/proceedings/", body)
                assert sound(told), (process.id, step.id, body, told)

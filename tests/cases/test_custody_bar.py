"""The custody bar: the lawful periods of the present custody, from the clocks that ran and run."""

from __future__ import annotations

from datetime import date

import pytest

from cases.models import Case, Deadline
from cases.queries import custody_bar
from cases.queries.custody_bar import InForce
from cases.steps import approve
from supervision.demo import people
from tests.cast import agreed, at, do, registered, run, suspect_of, user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _cast() -> None:
    people.load(hashed="!")


def bar_of(case: Case, when: str) -> InForce | None:
    return custody_bar.in_force(
        custody_bar.clocks(Deadline.objects.filter(case=case)), lang="en", now=at(when)
    )


def detained(when: str = "2026-11-03 15:30") -> Case:
    case = registered(at("2026-11-02 09:00"))
    suspect_of(case, at("2026-11-02 15:00"))
    agreed(
        "shen.yanqiu", "han.kefei", run(case, "custody"), "detain", at(when),
        executed_at=at(when), ground="evidence_found", warrant_no="望青公拘字〔2026〕118号",
    )  # fmt: skip
    return case


def titles(found: InForce | None) -> list[tuple[str, str, str]]:
    assert found is not None
    return [
        (span.period.title, f"{span.period.starts_at:%m-%d %H:%M}", f"{span.ended_at:%m-%d %H:%M}")
        for span in found.bar.spans
    ]


def test_no_custody_has_no_bar() -> None:
    case = registered(at("2026-11-02 09:00"))
    suspect_of(case, at("2026-11-02 15:00"))

    assert bar_of(case, "2026-11-03 09:00") is None


def test_detention_runs_to_the_end_of_its_three_days_with_a_warning_before() -> None:
    found = bar_of(detained(), "2026-11-04 09:00")

    assert found is not None
    assert found.deadline is not None
    assert found.deadline.limit.id == "arrest_request_after_detention"
    assert found.bar.expires_at == at("2026-11-06 15:30")
    assert found.bar.warns_at == at("2026-11-06 03:30")  # the rung twelve hours ahead
    assert not found.bar.is_overstayed
    assert [line.source for line in found.because]


def test_extension_divides_the_period_at_its_former_end() -> None:
    case = detained()
    agreed(
        "shen.yanqiu", "han.kefei", run(case, "custody"), "extend_detention", at("2026-11-05 10:00"),
        ground="special_circumstances", ground_facts="异地取证", new_total_days=7,
    )  # fmt: skip

    found = bar_of(case, "2026-11-07 09:00")

    assert found is not None
    ends = [(span.period.starts_at, span.period.ends_at) for span in found.bar.spans]
    assert ends == [
        (at("2026-11-03 15:30"), at("2026-11-06 15:30")),
        (at("2026-11-06 15:30"), at("2026-11-10 15:30")),
    ]
    assert found.bar.expires_at == at("2026-11-10 15:30")


def test_review_takes_the_place_of_the_detention_and_nobody_acts_is_overstay() -> None:
    case = detained()
    draft = do("fang.shuning", run(case, "custody"), "request_arrest", at("2026-11-05 11:00"))
    approve(user("han.kefei"), draft, at=at("2026-11-05 11:00"))
    do(
        "gu.nanqiao", run(case, "arrest_review"), "receive", at("2026-11-05 14:05"),
        received_at=at("2026-11-05 14:00"), detained=True, volumes=2,
    )  # fmt: skip

    found = bar_of(case, "2026-11-06 09:00")

    assert titles(found) == [
        ("Request approval of arrest after detention", "11-03 07:30", "11-05 06:00"),
        ("Decide arrest request – detained suspect", "11-05 06:00", "11-12 16:00"),
    ]
    assert found is not None
    assert found.deadline is not None
    assert found.deadline.on == date(2026, 11, 12)
    late = bar_of(case, "2026-11-14 09:00")
    assert late is not None
    assert late.bar.is_overstayed


def test_bar_begins_anew_after_a_release() -> None:
    case = detained()
    agreed(
        "shen.yanqiu", "han.kefei", run(case, "custody"), "release", at("2026-11-05 10:00"),
        ground="not_warranted", released_at=at("2026-11-05 09:30"),
    )  # fmt: skip
    assert bar_of(case, "2026-11-06 09:00") is None
    agreed(
        "shen.yanqiu", "han.kefei", run(case, "custody"), "detain", at("2026-11-20 10:00"),
        executed_at=at("2026-11-20 09:30"), ground="evidence_found", warrant_no="望青公拘字〔2026〕121号",
    )  # fmt: skip

    found = bar_of(case, "2026-11-21 09:00")

    assert found is not None
    assert [span.period.starts_at for span in found.bar.spans] == [at("2026-11-20 09:30")]
    assert found.bar.custody_days == 2

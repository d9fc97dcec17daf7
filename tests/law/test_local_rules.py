"""What an Office may set, what it may not, and how a local rule shows in the derivation."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from coordination.law import clock, local
from coordination.law.calendar import national
from coordination.law.limit import Text
from coordination.law.local import LocalRule
from coordination.law.rulebook import rulebook
from coordination.law.zone import ZONE

OFFICE = Text("Qingzhi District Office", "青沚侦协办")
TUESDAY = datetime(2026, 11, 3, 9, 0, tzinfo=ZONE)


def rule(limit: str, duration: str) -> LocalRule:
    return LocalRule(limit, duration, OFFICE, "会议纪要 〔2026〕3号", date(2026, 11, 1))


def ends(limit: str, local_rule: LocalRule | None) -> date | None:
    return clock.due(
        rulebook().limit(limit), TUESDAY, in_custody=False, calendar=national(), local=local_rule
    ).on


@pytest.mark.parametrize(
    ("limit", "duration", "own", "ruled"),
    [
        # five working days after Tuesday 3 November: Tuesday 10; three: Friday 6
        ("detained_files_handover", "P3D", date(2026, 11, 10), date(2026, 11, 6)),
        # longer than the norm of this house is allowed where no statutory limit stands above it
        ("detained_files_handover", "P10D", date(2026, 11, 10), date(2026, 11, 17)),
        # three months to the corresponding day; one month: 3 December, a Thursday
        ("separate_status_report", "P1M", date(2027, 2, 3), date(2026, 12, 3)),
    ],
)
def test_local_rule_gives_the_length(limit: str, duration: str, own: date, ruled: date) -> None:
    assert local.faults(limit, duration, calendar=national()) == ()
    assert (ends(limit, None), ends(limit, rule(limit, duration))) == (own, ruled)


def test_local_rule_gives_a_number_where_the_text_says_promptly() -> None:
    limit = rulebook().limit("evidence_legality_explanation")

    with pytest.raises(clock.Impossible):
        clock.due(limit, TUESDAY, in_custody=False, calendar=national())

    assert ends(limit.id, rule(limit.id, "P5D")) == date(2026, 11, 8)


def test_derivation_names_the_office_the_document_and_the_day() -> None:
    due = clock.derive(
        rulebook().limit("detained_files_handover"), [clock.Happened("detained_files_requested", TUESDAY)],
        in_custody=False, calendar=national(), local=rule("detained_files_handover", "P3D"),
    )  # fmt: skip

    first = due.because[0]

    assert first.text("en") == (
        "Local rule of Qingzhi District Office, 会议纪要 〔2026〕3号, since 2026-11-01: 3 days."
    )
    assert first.text("zh") == "青沚侦协办本地规则（会议纪要 〔2026〕3号），自 2026-11-01 起施行：3日。"
    assert (first.rule, first.source) == ("C20", "practice")


@pytest.mark.parametrize(
    ("limit", "duration", "said", "sources"),
    [
        # seven days end on the seventh day, eight would end after it: RULES 624 stands above
        ("oral_correction_norm", "P8D", "longer than the statutory limit", ["RULES 624"]),
        ("oral_correction_norm", "P1M", "longer than the statutory limit", ["RULES 624"]),
        ("arrest_review_detained", "P5D", "is fixed by law", ["RULES 282", "CPL 91"]),
        ("joint_case_deadline", "P30D", "is stated by its document", ["design"]),
        ("administrative_opinion_reply_2m", "P1M", "is switched off", ["XIANJIE2021 whole text"]),
        ("no_such_limit", "P5D", "there is no limit", ["design"]),
        ("detained_files_handover", "P1M", "is counted in days", ["practice"]),
        ("detained_files_handover", "P0D", "is counted in days", ["practice"]),
        ("activity_logging_norm", "P2D", "is counted in hours", ["design"]),
        ("detained_files_handover", "five days", "is no period", ["design"]),
        ("detained_files_handover", "", "is missing", ["design"]),
    ],
)
def test_what_no_office_may_set_is_refused_with_its_article(
    limit: str, duration: str, said: str, sources: list[str]
) -> None:
    (reason,) = local.faults(limit, duration, calendar=national())

    assert said in reason.en
    assert [str(source) for source in reason.sources] == sources


def test_length_under_the_statutory_one_is_open() -> None:
    assert local.faults("oral_correction_norm", "P7D", calendar=national()) == ()
    assert local.faults("oral_correction_norm", "P3D", calendar=national()) == ()


def test_every_open_limit_can_be_ruled_and_every_list_has_items_and_an_area() -> None:
    for limit in rulebook().limits.values():
        if local.is_open(limit):
            short = {"hours": "PT3H", "days": "P3D"}[local.units(limit)[0]]
            assert local.faults(limit.id, short, calendar=national()) == (), limit.id
            assert ends(limit.id, rule(limit.id, short)) or short == "PT3H"
    for known in local.local_lists().values():
        assert known.items
        assert known.certainty in ("design", "practice")
        assert known.name("zh") != known.name("en")

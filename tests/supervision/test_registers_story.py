"""Registers as a story goes on: the whole line of a notice, who was never submitted, what was sent back."""

from __future__ import annotations

from datetime import date

from django.utils.translation import override

from cases.sweep import sweep
from coordination.law.catalogue import catalogue
from tests.cast import at, do, run, user
from tests.journeys.matters import begun
from tests.supervision import world
from tests.supervision.test_registers import lines, words


@override("en")
def test_the_whole_line_of_a_correction_notice() -> None:
    world.closed(world.submitted())

    (line,) = lines("REG-OPINION")

    assert words(line) == {
        "document_no": (None, "岚望青检纠违〔2026〕1号"),
        "kind": (None, "Notice to correct unlawful conduct"),
        "approved_on": (date(2026, 11, 13), ""),
        "served_at": (at("2026-11-16 09:30"), ""),
        "reply_due": (date(2026, 11, 27), ""),
        "reply": (date(2026, 12, 14), "accepted"),
        "urge": (date(2026, 11, 30), ""),
        "report_up": (date(2026, 12, 8), "Superior informs the superior police"),
        "effect": (None, "corrected"),
        "closed_on": (date(2026, 12, 15), ""),
    }


def test_who_was_detained_and_never_submitted_is_on_the_list_once_the_detention_ended() -> None:
    case = world.detained()
    assert lines("REG-DETAINED") == []

    facts = {"ground": "not_warranted", "released_at": at("2026-11-05 09:00")}
    world.agreed("shen.yanqiu", "han.kefei", run(case, "custody"), "release", at("2026-11-05 10:00"), **facts)

    (line,) = lines("REG-DETAINED", "jiang.wanzhao")
    assert line["detained_on"].on == date(2026, 11, 3)
    assert line["measure_after"].on == date(2026, 11, 5)


@override("en")
def test_a_hanging_case_says_why_what_is_planned_and_until_when() -> None:
    case = world.detained()
    sweep(at("2027-02-04 10:00"))
    row = run(case, "hanging_case_clearance")
    do("jiang.wanzhao", row, "screen", at("2027-02-05 10:00"), reason="evidence_missing")
    do("shi.huaigu", row, "confirm", at("2027-02-05 11:00"))
    world.agreed(
        "fang.shuning", "han.kefei", row, "plan", at("2027-02-08 10:00"), route="go_on_investigating",
        due_on=date(2027, 4, 1), owner=str(user("shen.yanqiu").pk),
    )  # fmt: skip

    (line,) = lines("REG-HANGING", "jiang.wanzhao")

    assert (line["case"].text[: len(case.number)], line["filed_on"].on) == (case.number, date(2026, 11, 3))
    assert (line["reason"].text, line["route"].text) == ("evidence missing", "go on investigating")
    assert (line["due"].on, line["result"].text) == (date(2027, 4, 1), "plan with a date")


@override("en")
def test_an_oral_correction_stands_among_the_opinions() -> None:
    case = world.detained()
    told = begun(
        "gu.nanqiao", "oral_correction", "give", case, at("2026-11-05 10:00"), finding="INT-1", told_person="沈砚秋",
        told_at=at("2026-11-05 09:30"), content="讯问应当由二人以上进行",
    )  # fmt: skip
    do("fang.shuning", told, "done", at("2026-11-06 10:00"), correction="已补正")

    (line,) = lines("REG-OPINION")

    assert line["kind"].text == catalogue().document("DOC-ORAL-CORRECTION").en
    assert (line["reply"].on, bool(line["approved_on"])) == (date(2026, 11, 6), False)


def test_a_transfer_that_was_sent_back_says_what_was_missing() -> None:
    case = world.detained()
    world.agreed("fang.shuning", "han.kefei", run(case, "custody"), "request_arrest", at("2026-11-05 11:00"))
    do(
        "xu.qingzhi",
        run(case, "counterpart_transfer"),
        "return",
        at("2026-11-05 15:00"),
        missing=("录音录像清单",),
    )

    line = lines("REG-DESK")[0]

    assert (line["returned"].on, line["returned"].text) == (date(2026, 11, 5), "录音录像清单")

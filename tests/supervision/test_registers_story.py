"""Registers as a story goes on: the whole line of a notice, who was never submitted, what was sent back."""

from __future__ import annotations

from datetime import date

from django.utils.translation import override

from cases.models import Proceeding
from coordination.standing import standing
from supervision.registers import reading as registers_reading
from supervision.registers.reading import Wanted
from tests.cast import at, do, run, user
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


def test_a_case_stands_among_the_ageing_ones_when_its_watch_ran_out() -> None:
    case = world.detained()
    chosen, reader = registers_reading.register("REG-HANGING"), user("jiang.wanzhao")

    def aged(when: str) -> int:
        who = standing(reader, at(when))
        return registers_reading.rows(chosen, reader, who, wanted=Wanted(), now=at(when)).count()

    assert (aged("2027-02-03 10:00"), aged("2027-02-04 10:00")) == (0, 1)
    assert Proceeding.objects.filter(case=case, process="case", state="investigation").exists()


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

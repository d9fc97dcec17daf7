"""The pictures computed on the server: the custody bar and the state diagram. No database."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from coordination.drawings.custody_bar import CustodyBar, Lawful, custody_bar
from coordination.drawings.state_diagram import BOX_WIDTH, LEAST_SIDE, state_diagram
from coordination.law.processes import all_processes


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Asia/Shanghai"))


DETENTION = Lawful("detention", _at("2026-11-14 16:40"), _at("2026-11-21 16:40"), "CPL 91")
REVIEW = Lawful("arrest review", _at("2026-11-20 17:20"), _at("2026-11-28 00:00"), "CPL 91")


def _shares(bar: CustodyBar) -> list[tuple[float, float]]:
    return [(float(span.x.rstrip("%")), float(span.width.rstrip("%"))) for span in bar.spans]


def test_custody_bar_lets_the_next_period_end_the_one_before() -> None:
    bar = custody_bar([DETENTION, REVIEW], now=_at("2026-11-23 09:30"), today_word="today")

    assert [span.ended_at for span in bar.spans] == [REVIEW.starts_at, REVIEW.ends_at]
    assert [span.is_current for span in bar.spans] == [False, True]
    (first, width), (second, _) = _shares(bar)
    assert first == 0.0
    assert second == pytest.approx(width, abs=0.02)


def test_custody_bar_counts_the_days_of_custody_on_the_calendar() -> None:
    bar = custody_bar([DETENTION, REVIEW], now=_at("2026-11-23 09:30"))

    assert bar.custody_days == 10  # the 14th and the 23rd both counted
    assert bar.expires_at == REVIEW.ends_at
    assert not bar.is_overstayed


def test_custody_bar_shows_an_overstay_from_the_expiry_to_now() -> None:
    bar = custody_bar([DETENTION], now=_at("2026-11-23 16:40"))

    assert bar.is_overstayed
    assert bar.beyond_x == bar.expiry
    assert bar.ahead_width == "0.00%"
    assert bar.today.anchor == "end"


def test_custody_bar_is_over_exactly_at_the_expiry_and_not_before() -> None:
    assert not custody_bar([DETENTION], now=DETENTION.ends_at).is_overstayed


def test_custody_bar_leaves_out_a_warning_outside_of_the_picture() -> None:
    late = custody_bar([DETENTION], now=_at("2026-11-16 09:00"), warns_at=_at("2027-01-01 09:00"))
    inside = custody_bar([DETENTION], now=_at("2026-11-16 09:00"), warns_at=_at("2026-11-20 09:00"))

    assert late.warning is None
    assert inside.warning is not None


@pytest.mark.parametrize(
    "end", ["2026-11-15 16:40", "2026-12-21 16:40", "2027-11-21 16:40", "2030-11-21 16:40"]
)
def test_custody_bar_has_few_dates_for_any_length(end: str) -> None:
    bar = custody_bar([Lawful("custody", _at("2026-11-14 16:40"), _at(end))], now=_at("2026-11-14 20:00"))

    assert 1 <= len(bar.ticks) <= 6
    assert bar.ticks[0].label == "11-14"


def test_custody_bar_without_a_period_is_refused() -> None:
    with pytest.raises(ValueError, match="lawful period"):
        custody_bar([], now=_at("2026-11-23 09:30"))


@pytest.mark.parametrize("process", sorted(all_processes()))
@pytest.mark.parametrize("lang", ["en", "zh-hans"])
def test_state_diagram_draws_every_state_and_every_move(process: str, lang: str) -> None:
    declared = all_processes()[process]

    diagram = state_diagram(declared, lang)

    moves = {
        (state, step.target(state))
        for step in declared.steps
        for state in step.from_
        if step.target(state) != state
    }
    assert [node.id for node in diagram.nodes] == [state.id for state in declared.states]
    assert len(diagram.edges) == len(moves)
    assert diagram.width >= BOX_WIDTH + 2 * LEAST_SIDE
    assert not any(edge.is_taken for edge in diagram.edges)


def test_state_diagram_marks_the_way_taken_and_the_present_state() -> None:
    notice = all_processes()["correction_notice"]
    step = notice.steps[0]
    way = (notice.start.id, step.target(notice.start.id))

    diagram = state_diagram(notice, "en", here=way[1], passed=[way])

    roles = {node.id: node.role for node in diagram.nodes}
    assert (roles[way[0]], roles[way[1]]) == ("passed", "here")
    assert [step.en in edge.steps for edge in diagram.edges if edge.is_taken] == [True]
    assert diagram.edges[-1].is_taken  # drawn last, so that no plain line covers it

"""Numbers of the board that change with time alone: custody that runs out, documents that nobody answers."""

from __future__ import annotations

from tests.supervision import world
from tests.supervision.test_dashboards import board


def test_custody_that_ends_within_ten_days_is_counted_until_something_follows() -> None:
    world.submitted()

    assert board("gu.nanqiao", "2026-11-06 10:00").custody.count == 1
    assert board("gu.nanqiao", "2026-11-20 10:00").custody.count == 1


def test_unanswered_documents_stand_at_their_age() -> None:
    world.served(world.detained())

    def ages(when: str) -> list[int]:
        return [number.count for number in board("jiang.wanzhao", when).unanswered]

    # the filing decision left on 3 November, the notice on 13 November; neither was receipted
    assert ages("2026-11-14 10:00") == [1, 0, 1, 0]
    assert ages("2026-11-20 10:00") == [0, 1, 1, 0]
    assert ages("2026-12-20 10:00") == [0, 0, 0, 2]

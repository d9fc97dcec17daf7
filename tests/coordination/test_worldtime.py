"""The product's clock: real, chosen, frozen, and never chosen where real cases are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from pytest_django.fixtures import Settings

from coordination import worldtime
from coordination.statefolder import state_folder

CHOSEN = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
REAL = datetime(2027, 3, 1, 8, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("STATE_FOLDER", str(tmp_path))
    with time_machine.travel(REAL, tick=False):
        yield


def test_now_is_real_where_nothing_was_chosen() -> None:
    assert worldtime.now() == REAL
    assert worldtime.chosen() is None


def test_chosen_instant_advances_with_real_time() -> None:
    worldtime.choose(CHOSEN)

    with time_machine.travel(REAL + timedelta(minutes=5), tick=False):
        assert worldtime.now() == CHOSEN + timedelta(minutes=5)


def test_frozen_instant_stands() -> None:
    worldtime.choose(CHOSEN, frozen=True)

    with time_machine.travel(REAL + timedelta(days=5), tick=False):
        assert worldtime.now() == CHOSEN


def test_second_choice_is_seen_at_once() -> None:
    worldtime.choose(CHOSEN)
    assert worldtime.now() == CHOSEN

    worldtime.choose(CHOSEN + timedelta(days=1))

    assert worldtime.now() == CHOSEN + timedelta(days=1)


def test_real_time_comes_back() -> None:
    worldtime.choose(CHOSEN)

    worldtime.go_back_to_real_time()

    assert worldtime.now() == REAL


def test_naive_instant_is_refused() -> None:
    with pytest.raises(ValueError, match="needs its offset"):
        worldtime.choose(CHOSEN.replace(tzinfo=None))


def test_choice_is_refused_and_ignored_where_real_cases_are(settings: Settings) -> None:
    worldtime.choose(CHOSEN)
    settings.DEMO = False

    assert worldtime.now() == REAL
    with pytest.raises(worldtime.ClockRefused, match="only in a demonstration"):
        worldtime.choose(CHOSEN)


def test_spoilt_note_is_no_choice() -> None:
    state_folder().clock.write_text('{"at": "yesterday"}')

    assert worldtime.now() == REAL

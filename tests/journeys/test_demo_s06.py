"""S6, the death in the river lane, on the reference day."""

from __future__ import annotations

import pytest

from tests.cast import at
from tests.journeys.demo_world import running, tell

pytestmark = pytest.mark.django_db

RIVER = "A9902021500002026110006"


def test_request_for_arrest_is_due_in_the_evening() -> None:
    tell("s06_river_lane")

    request = running(RIVER, "arrest_request_after_detention")

    assert (request.due_at, request.outer_at) == (at("2026-11-23 20:15"), at("2026-11-24 00:00"))

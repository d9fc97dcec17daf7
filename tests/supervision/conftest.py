"""Everyone of the cast, for every test of this folder."""

from __future__ import annotations

import pytest

from supervision.demo import people


@pytest.fixture(autouse=True)
def cast(db: None) -> None:
    """Load the organs and people of the demo world."""
    people.load(hashed="!")

"""Pages by key: a key survives the address, a spoilt one is the first page."""

from __future__ import annotations

from uuid import UUID

import pytest

from coordination import keyset
from coordination.keyset import Key
from tests.cast import at

KEY = Key(at("2026-11-23 09:30").replace(microsecond=123456), UUID("01920000-0000-7000-8000-000000000001"))


def test_key_survives_the_address() -> None:
    assert str(KEY) == "20261123T013000.123456-01920000000070008000000000000001"
    assert keyset.parse(str(KEY)) == KEY


@pytest.mark.parametrize(
    "text", ["", "x", "2026", "20261123T013000.123456-", "-01920000000070008000000000000001"]
)
def test_spoilt_key_is_the_first_page(text: str) -> None:
    assert keyset.parse(text) is None


def test_keys_are_sorted_by_instant_then_by_id() -> None:
    later = Key(KEY.at, UUID("01920000-0000-7000-8000-000000000002"))

    assert sorted([later, KEY]) == [KEY, later]

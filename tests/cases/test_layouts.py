"""Every document kind of the catalogue has its layout, and a sheet of it can be printed."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from cases.papers.layouts import Layout, layout_of, plain_title
from cases.papers.numbering import is_pattern, placeholders
from cases.papers.rendering import render
from cases.papers.sheets import Sheet
from coordination.law.catalogue import catalogue

KINDS = tuple(catalogue().documents.values())


def test_every_kind_has_a_layout_and_every_layout_has_kinds() -> None:
    counted = Counter(layout_of(kind) for kind in KINDS)

    assert len(KINDS) == 133
    assert counted == {
        Layout.NOTICE: 72, Layout.LETTER: 19, Layout.SLIP: 13,
        Layout.FORM: 12, Layout.REPORT: 11, Layout.RECORD: 6,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("code", "layout"),
    [
        ("DOC-CORRECTION-NOTICE", Layout.NOTICE),
        ("DOC-ARREST-APPROVAL", Layout.NOTICE),
        ("DOC-URGE-REPLY", Layout.LETTER),
        ("DOC-CORRECTION-REPLY", Layout.LETTER),
        ("DOC-SUPERIOR-REPORT", Layout.REPORT),
        ("DOC-LEAD-REPORT", Layout.REPORT),
        ("DOC-SERVICE-RECEIPT", Layout.SLIP),
        ("DOC-RECEPTION-RECEIPT", Layout.SLIP),
        ("DOC-DETAINED-LIST", Layout.FORM),
        ("DOC-COMPLAINT", Layout.FORM),
        ("DOC-HEARING-RECORD", Layout.RECORD),
    ],
)
def test_kind_takes_the_layout_of_its_title_and_parties(code: str, layout: Layout) -> None:
    assert layout_of(catalogue().document(code)) is layout


def test_every_number_pattern_has_declared_placeholders_only() -> None:
    patterns = {kind.numbering.pattern for kind in KINDS if kind.numbering}
    numbered = [pattern for pattern in patterns if pattern and is_pattern(pattern)]

    assert len(numbered) > 10
    assert all(placeholders(pattern) for pattern in numbered)


def test_every_kind_is_printed_under_its_own_title() -> None:
    for kind in KINDS:
        made = render(
            kind, Sheet(organ="望川市青沚区人民检察院", title="", number="1", dated_on=date(2026, 11, 23))
        )

        assert made.pages == 1, kind.code
        assert plain_title(kind.zh), kind.code

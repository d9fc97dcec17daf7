"""Document numbers: the patterns of the catalogue, the organs of the cast."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.papers.numbering import (
    BadPattern,
    MissingPart,
    Parts,
    format_number,
    in_style_of,
    is_pattern,
    placeholders,
    series,
)
from coordination.law.catalogue import catalogue

QINGZHI = Parts(proc_abbr="岚望青检", police_abbr="望青公", office_abbr="青", register="线索")
CORRECTION = "{proc_abbr}检{dept_abbr}纠违〔{yyyy}〕{n}号"
POLICE = "{police_abbr}公({dept_abbr}){doc_abbr}字〔{yyyy}〕{n}号"
PROCURATORATE = "{proc_abbr}检{dept_abbr}{doc_abbr}〔{yyyy}〕{n}号"


@pytest.mark.parametrize(
    ("pattern", "parts", "serial", "written"),
    [
        (CORRECTION, QINGZHI, 7, "岚望青检纠违〔2026〕7号"),
        (CORRECTION, Parts(proc_abbr="岚望青"), 7, "岚望青检纠违〔2026〕7号"),
        (CORRECTION, Parts(proc_abbr="岚望青检", dept_abbr="刑"), 12, "岚望青检刑纠违〔2026〕12号"),
        ("{proc_abbr}检批捕〔{yyyy}〕{n}号", QINGZHI, 103, "岚望青检批捕〔2026〕103号"),
        (POLICE, QINGZHI, 1, "望青公字〔2026〕1号"),
        (
            POLICE,
            Parts(police_abbr="望青公", dept_abbr="刑", doc_abbr="提捕"),
            1,
            "望青公(刑)提捕字〔2026〕1号",
        ),
        (PROCURATORATE, QINGZHI, 5, "岚望青检〔2026〕5号"),
        (PROCURATORATE, Parts(proc_abbr="岚望青检", doc_abbr="催"), 5, "岚望青检催〔2026〕5号"),
        ("{office_abbr}侦协〔{yyyy}〕{n}号", QINGZHI, 3, "青侦协〔2026〕3号"),
        ("{register}-{yyyy}-{n}", QINGZHI, 10000, "线索-2026-10000"),
        ("{police_abbr}公（{dept_abbr}）字〔{yyyy}〕{n}号", QINGZHI, 2, "望青公字〔2026〕2号"),
    ],
)
def test_number_is_written_as_its_pattern_says(pattern: str, parts: Parts, serial: int, written: str) -> None:
    assert format_number(pattern, parts, year=2026, serial=serial) == written


@pytest.mark.parametrize(
    ("organ_kind", "pattern", "written"),
    [
        ("police", PROCURATORATE, "望青公字〔2026〕1号"),
        ("police", POLICE, "望青公字〔2026〕1号"),
        ("procuratorate", POLICE, "岚望青检〔2026〕1号"),
        ("procuratorate", CORRECTION, "岚望青检纠违〔2026〕1号"),
        ("police", "{office_abbr}侦协〔{yyyy}〕{n}号", "青侦协〔2026〕1号"),
        ("detention_house", POLICE, "望青公字〔2026〕1号"),
    ],
)
def test_number_is_in_the_style_of_the_organ_that_issues(organ_kind: str, pattern: str, written: str) -> None:
    own = in_style_of(organ_kind, pattern, catalogue().number_styles)

    assert format_number(own, QINGZHI, year=2026, serial=1) == written


def test_series_is_the_number_with_the_serial_open() -> None:
    assert series(CORRECTION, QINGZHI, year=2026) == "岚望青检纠违〔2026〕{n}号"
    assert series(CORRECTION, QINGZHI, year=2027) == "岚望青检纠违〔2027〕{n}号"


def test_two_kinds_that_would_look_alike_share_one_series() -> None:
    assert series(POLICE, QINGZHI, year=2026) == series(
        "{police_abbr}公字〔{yyyy}〕{n}号", QINGZHI, year=2026
    )


@pytest.mark.parametrize(
    ("pattern", "parts"),
    [(CORRECTION, Parts()), (POLICE, Parts(proc_abbr="岚望青检")), (CORRECTION, Parts(proc_abbr=" ")),
     (CORRECTION, Parts(proc_abbr="{n}")), ("{register}-{yyyy}-{n}", Parts(proc_abbr="岚望青检"))],
)  # fmt: skip
def test_number_without_its_organ_is_refused(pattern: str, parts: Parts) -> None:
    with pytest.raises(MissingPart):
        format_number(pattern, parts, year=2026, serial=1)


@pytest.mark.parametrize(
    "pattern",
    ["{proc_abbr}〔{yyyy}〕号",
     "{proc_abbr}〕{n}号", "{secret}〔{yyyy}〕{n}号", "{proc_abbr.__class__}{yyyy}{n}",
     "{}{yyyy}{n}", "{yyyy}{n}{n}", "{yyyy}{n}{", "{yyyy}{n}}", "by the agency", "{{yyyy}}{n}"],
)  # fmt: skip
def test_pattern_with_anything_undeclared_is_refused(pattern: str) -> None:
    with pytest.raises(BadPattern):
        series(pattern, QINGZHI, year=2026)


@pytest.mark.parametrize(("year", "serial"), [(2026, 0), (2026, -1), (26, 1), (10000, 1)])
def test_impossible_year_or_serial_is_refused(year: int, serial: int) -> None:
    with pytest.raises(ValueError, match="not"):
        format_number(CORRECTION, QINGZHI, year=year, serial=serial)


@pytest.mark.parametrize(
    ("pattern", "numbered"), [(None, False), ("by the agency", False), (CORRECTION, True)]
)
def test_only_patterns_with_placeholders_are_numbered_here(pattern: str | None, *, numbered: bool) -> None:
    assert is_pattern(pattern) is numbered


def test_placeholders_come_in_order() -> None:
    assert placeholders(POLICE) == ("police_abbr", "dept_abbr", "doc_abbr", "yyyy", "n")


@given(first=st.integers(1, 10**6), second=st.integers(1, 10**6), year=st.integers(1000, 9999))
def test_different_serials_never_give_one_number(first: int, second: int, year: int) -> None:
    same = format_number(CORRECTION, QINGZHI, year=year, serial=first) == format_number(
        CORRECTION, QINGZHI, year=year, serial=second
    )

    assert same is (first == second)

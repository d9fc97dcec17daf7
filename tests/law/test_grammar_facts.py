"""The facts of a step: what is refused at which field, and reading from and writing to JSON."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordination.law.citation import Source
from coordination.law.facts import TYPES, Field, Unreadable, faults, is_required, plain, read
from tests.law.proceedings import NOW, at

CPL = (Source("CPL", "91"),)
ANSWER = (
    Field("accepted", "enum", options=("accepted", "partly_accepted", "rejected")),
    Field("proof", "list", required="if_accepted"),
    Field("reasons", "text", required="if_rejected"),
)


def wrong(fields: tuple[Field, ...], facts: dict[str, object]) -> list[str]:
    """The fields that are refused, in order."""
    return [reason.code.removeprefix("field:") for reason in faults(fields, facts, at=NOW, sources=CPL)]


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("text", "why", "  "),
        ("enum", "a", "z"),
        ("date", date(2026, 11, 23), at(23)),
        ("dates", (date(2026, 11, 23), date(2026, 12, 15)), (at(23),)),
        ("datetime", at(23), date(2026, 11, 23)),
        ("int", 7, True),
        ("int", 0, -1),
        ("bool", False, 1),
        ("list", ("a",), "a"),
        ("ref", "c1", 7),
        ("duration", timedelta(hours=2), 2),
        ("decimal", Decimal("1.50"), "1.50"),
    ],
)
def test_value_fits_its_type(kind: str, good: object, bad: object) -> None:
    field = Field("it", kind, options=("a", "b") if kind == "enum" else ())

    assert wrong((field,), {"it": good}) == []
    assert wrong((field,), {"it": bad}) == ["it"]


@pytest.mark.parametrize("empty", [None, "", [], ()])
def test_missing_fact_is_told_with_the_step_s_article(empty: object) -> None:
    reasons = tuple(faults((Field("unit", "ref"),), {"unit": empty}, at=NOW, sources=CPL))

    assert [reason.code for reason in reasons] == ["field:unit"]
    assert reasons[0].sources == CPL
    assert (reasons[0].en, reasons[0].zh) == ("unit is missing", "缺少单位")


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"accepted": "accepted"}, ["proof"]),
        ({"accepted": "accepted", "proof": ["photo"]}, []),
        ({"accepted": "partly_accepted"}, ["proof", "reasons"]),
        ({"accepted": "rejected", "reasons": "the record is complete"}, []),
        ({}, ["accepted"]),
    ],
)
def test_fact_is_needed_where_another_one_says_so(facts: dict[str, object], expected: list[str]) -> None:
    assert wrong(ANSWER, facts) == expected


def test_fact_the_product_fills_in_is_never_asked_for() -> None:
    assert not is_required(Field("days_open", "int", required="auto"), {})
    assert not is_required(Field("remark", "text", required=False), {})


def test_instant_needs_a_time_zone() -> None:
    naive = datetime(2026, 11, 23, 9, 0)  # noqa: DTZ001 - the fault that is looked for

    assert wrong((Field("executed_at", "datetime"),), {"executed_at": naive}) == ["executed_at"]


@pytest.mark.parametrize(
    ("field", "value", "refused"),
    [
        (Field("executed_at", "datetime"), NOW, False),
        (Field("executed_at", "datetime"), NOW + timedelta(seconds=1), True),
        (Field("meets_at", "datetime", tense="any"), NOW + timedelta(days=9), False),
        (Field("found_on", "date", tense="past"), date(2026, 11, 23), False),
        (Field("found_on", "date", tense="past"), date(2026, 11, 24), True),
        (Field("ends_on", "date", tense="future"), date(2026, 11, 24), False),
        (Field("ends_on", "date", tense="future"), date(2026, 11, 23), True),
    ],
)
def test_tense_of_a_fact(field: Field, value: object, refused: bool) -> None:
    assert bool(wrong((field,), {field.name: value})) is refused


def test_day_of_the_step_is_the_day_in_beijing() -> None:
    """17:30 in UTC is past midnight in Beijing: the next day is today there."""
    evening = datetime(2026, 11, 23, 17, 30, tzinfo=UTC)
    fields = (Field("found_on", "date", tense="past"),)

    assert not list(faults(fields, {"found_on": date(2026, 11, 24)}, at=evening, sources=CPL))


def test_end_before_its_start_is_refused_at_the_end() -> None:
    fields = (Field("from_on", "date"), Field("to_on", "date"))

    assert wrong(fields, {"from_on": date(2026, 11, 2), "to_on": date(2026, 11, 1)}) == ["to_on"]
    assert wrong(fields, {"from_on": date(2026, 11, 2), "to_on": date(2026, 11, 2)}) == []


def test_unknown_fact_is_refused() -> None:
    assert wrong((), {"hat": 1}) == ["hat"]


@pytest.mark.parametrize(
    ("kind", "raw", "expected"),
    [
        ("text", " why ", "why"),
        ("date", "2026-11-23", date(2026, 11, 23)),
        ("dates", "2026-12-15\n2026-11-23\n2026-12-15", (date(2026, 11, 23), date(2026, 12, 15))),
        ("dates", ["2026-12-15"], (date(2026, 12, 15),)),
        ("datetime", "2026-11-23T09:00:00+08:00", at(23)),
        ("int", "7", 7),
        ("bool", "true", True),
        ("bool", "off", None),
        ("list", "a\n b \n\n", ("a", "b")),
        ("list", ["a", "b"], ("a", "b")),
        ("ref", 42, "42"),
        ("duration", "PT2H30M", timedelta(hours=2, minutes=30)),
        ("decimal", "1.50", Decimal("1.50")),
        ("text", "", None),
    ],
)
def test_read_turns_json_into_the_type(kind: str, raw: object, expected: object) -> None:
    if expected is None and raw:
        with pytest.raises(Unreadable):
            read(Field("it", kind), raw)
    else:
        assert read(Field("it", kind), raw) == expected


@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        ("date", "2026-02-30"),
        ("date", 20261123),
        ("dates", "2026-11-23, soon"),
        ("dates", 7),
        ("datetime", "2026-11-23T09:00:00"),
        ("datetime", "soon"),
        ("int", "seven"),
        ("int", True),
        ("decimal", "NaN"),
        ("decimal", 0.1),
        ("duration", "P"),
        ("duration", "2h"),
        ("list", 7),
        ("list", [{"a": 1}]),
        ("text", 7),
        ("date", "0001-01-01"),
        ("datetime", "9999-12-31T23:59:59-12:00"),
        ("int", 10**12),
        ("ref", {"id": 1}),
    ],
)
def test_read_tells_what_it_cannot_read(kind: str, raw: object) -> None:
    with pytest.raises(Unreadable) as caught:
        read(Field("it", kind), raw)

    assert caught.value.reason.code == "field:it"
    assert caught.value.reason.zh


FIRST, LAST = datetime(1900, 1, 2), datetime(2199, 12, 30)  # noqa: DTZ001 - Hypothesis adds the zone
INSTANTS = st.datetimes(FIRST, LAST, timezones=st.just(UTC))
VALUES: dict[str, st.SearchStrategy[object]] = {
    "date": st.dates(FIRST.date(), LAST.date()),
    "dates": st.sets(st.dates(FIRST.date(), LAST.date()), min_size=1).map(lambda days: tuple(sorted(days))),
    "datetime": INSTANTS,
    "int": st.integers(0, 10**9),
    "bool": st.booleans(),
    "duration": st.integers(0, 10**7).map(lambda seconds: timedelta(seconds=seconds)),
    "decimal": st.decimals(-(10**9), 10**9, places=2, allow_nan=False),
    "list": st.lists(st.text("ab", min_size=1), min_size=1).map(tuple),
    "text": st.text("abc", min_size=1),
    "enum": st.text("abc", min_size=1),
    "ref": st.text("abc", min_size=1),
}


@given(st.sampled_from(TYPES).flatmap(lambda kind: st.tuples(st.just(kind), VALUES[kind])))
def test_read_undoes_plain(pair: tuple[str, object]) -> None:
    kind, value = pair

    assert read(Field("it", kind), plain(value)) == value

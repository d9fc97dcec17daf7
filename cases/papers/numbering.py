"""How a document number is written: 岚望青检纠违〔2026〕7号 from pattern, short names, year and serial.

The allocation of serials is in `documents.py`; the patterns come with the kinds of the catalogue.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


class BadPattern(ValueError):
    """The pattern has a placeholder nobody declared, a stray brace, or no place for year or serial."""


class MissingPart(ValueError):
    """A part that a number cannot do without, such as the organ's abbreviation, is empty."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The short names a pattern may ask for; the organ's own are needed, department and document are not."""

    proc_abbr: str = ""
    police_abbr: str = ""
    office_abbr: str = ""
    register: str = ""
    dept_abbr: str = ""
    doc_abbr: str = ""


LEFT_OUT_WHEN_EMPTY = frozenset({"dept_abbr", "doc_abbr"})
WRITTEN_BY = {"police_abbr": "police", "proc_abbr": "procuratorate"}
"""Whose style a pattern is in, by the short name that stands in it; a register's or the Office's is nobody's."""
DECLARED = frozenset({field.name for field in fields(Parts)} | {"yyyy", "n"})


def is_pattern(pattern: str | None) -> bool:
    """Say whether this installation numbers by `pattern`: not where it is None or plain words."""
    return pattern is not None and "{" in pattern


def in_style_of(organ_kind: str, pattern: str, styles: Mapping[str, str]) -> str:
    """Return the pattern in which an organ of this kind numbers: its own style where `pattern` is in the other's.

    A kind that both organs issue (an answer to a complaint, a bail decision) is declared in the style of one of them.
    """
    owners = {WRITTEN_BY[name] for name in placeholders(pattern) if name in WRITTEN_BY}
    return styles[organ_kind] if owners and organ_kind in styles and organ_kind not in owners else pattern


def placeholders(pattern: str) -> tuple[str, ...]:
    """Return the placeholders in order; BadPattern unless all are declared, `yyyy` and `n` once each."""
    found = tuple(_PLACEHOLDER.findall(pattern))
    unknown = sorted(set(found) - DECLARED)
    if unknown:
        raise BadPattern(f"{pattern}: unknown placeholder {', '.join(unknown)}")
    if set("{}") & set(_PLACEHOLDER.sub("", pattern)):
        raise BadPattern(f"{pattern}: stray brace")
    for needed in ("yyyy", "n"):
        if found.count(needed) != 1:
            raise BadPattern(f"{pattern}: {{{needed}}} must stand in it exactly once")
    return found


def series(pattern: str, parts: Parts, *, year: int) -> str:
    """Return the number with an open place for the serial, 岚望青检纠违〔2026〕{n}号: the key of one counter.

    Two kinds whose numbers would look alike share a series, so that one number never names two documents.
    Raises BadPattern, MissingPart, or ValueError for a year without four digits.
    """
    if not 1000 <= year <= 9999:
        raise ValueError(f"a year has four digits, not {year}")
    placeholders(pattern)
    text = _without_empty(pattern, parts)
    written = ""
    end = 0
    for match in _PLACEHOLDER.finditer(text):
        written += text[end : match.start()]
        end = match.end()
        name = match.group(1)
        if name == "n":
            written += "{n}"
        elif name == "yyyy":
            written += str(year)
        else:
            written += _not_doubled(_part(pattern, parts, name), text[end:])
    return written + text[end:]


def format_number(pattern: str, parts: Parts, *, year: int, serial: int) -> str:
    """Return the number as printed; `serial` counts from 1 and is not padded. Raises as `series` does."""
    if serial < 1:
        raise ValueError(f"serials count from 1, not {serial}")
    head, tail = series(pattern, parts, year=year).split("{n}")
    return f"{head}{serial}{tail}"


def _without_empty(pattern: str, parts: Parts) -> str:
    """Drop what may be left out and is empty, with the brackets it would have stood in."""
    text = pattern
    for name in sorted(LEFT_OUT_WHEN_EMPTY):
        if not getattr(parts, name):
            text = re.sub(rf"\(\{{{name}\}}\)|（\{{{name}\}}）|\{{{name}\}}", "", text)
    return text


def _part(pattern: str, parts: Parts, name: str) -> str:
    value: str = getattr(parts, name)
    if not value.strip() or set("{}") & set(value):
        raise MissingPart(f"{pattern}: {name} is empty or has braces in it")
    return value


def _not_doubled(value: str, following: str) -> str:
    """Take off the last character where the pattern writes it again: 岚望青检 before 检."""
    return value[:-1] if len(value) > 1 and following.startswith(value[-1]) else value

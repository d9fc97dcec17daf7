"""What a printed document says, before it is set: frozen sheets, content hash, Chinese dates and numerals.

No layout, no PDF and no database here: `rendering.py` sets a sheet, `documents.py` fills one from a case.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date

EDITION = 1  # of the canonical form below; a change of it changes every content hash

_DIGITS = "〇一二三四五六七八九"
# Marks that reorder or hide text: what is read on paper would differ from what is stored and hashed.
_REORDERING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True, slots=True)
class Item:
    """One numbered finding, demand or question; `bases` are the articles it rests on, as printed."""

    text: str
    heading: str = ""
    bases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table; every row has as many cells as there are columns, else ValueError."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = ()
    caption: str = ""

    def __post_init__(self) -> None:
        """Refuse a table without columns and rows of another length."""
        if not self.columns:
            raise ValueError("a table needs at least one column")
        for place, row in enumerate(self.rows, start=1):
            if len(row) != len(self.columns):
                raise ValueError(
                    f"row {place} has {len(row)} cells, the table has {len(self.columns)} columns"
                )


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the body; each of its parts may be empty. Headings are counted 一、二、三 in print."""

    heading: str = ""
    paragraphs: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything one document says. All of it is printed and all of it is hashed, except `check_address`.

    `number` None or "" on a kind that is numbered makes a draft; `draft` makes one of any kind.
    `joint_organs` are the further issuers of a joint document. `reply_due_on` is the last day for the reply,
    `reply_term` a statutory term in words ("收到本通知书后十五日以内"). `fields` are label and value pairs,
    `signatures` the labels of places to be signed by hand. `check_address` is the page under which a reader
    can check the paper, without the code ("https://host/check").
    """

    organ: str
    title: str
    addressee: str = ""
    number: str | None = None
    joint_organs: tuple[str, ...] = ()
    fields: tuple[tuple[str, str], ...] = ()
    sections: tuple[Section, ...] = ()
    bases: tuple[str, ...] = ()
    reply_due_on: date | None = None
    reply_term: str = ""
    signer_role: str = ""
    signer_name: str = ""
    place: str = ""
    dated_on: date | None = None
    signatures: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    copy_to: tuple[str, ...] = ()
    check_address: str = ""
    draft: bool = False


def canonical(kind_code: str, sheet: Sheet) -> bytes:
    """Return the bytes that are hashed: sorted keys, UTF-8, no spaces, ISO dates, without `check_address`.

    Where a paper can be checked is not what it says, so that an installation may move to another address.
    """
    said = asdict(sheet)
    del said["check_address"]
    whole = {"edition": EDITION, "kind": kind_code, "sheet": said}
    text = json.dumps(
        whole, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_iso, allow_nan=False
    )
    return text.encode("utf-8", "surrogatepass")


def content_hash(kind_code: str, sheet: Sheet) -> str:
    """Return the SHA-256 of `canonical`, 64 hexadecimal digits: the code printed on the document itself."""
    return hashlib.sha256(canonical(kind_code, sheet)).hexdigest()


def texts(sheet: Sheet) -> Iterator[tuple[str, str]]:
    """Yield every text of the sheet with its place, such as ("sections.0.items.2.text", "…")."""
    return _walk("", asdict(sheet))


def unprintable(sheet: Sheet) -> tuple[tuple[str, str], ...]:
    """Return (place, character) for control characters, lone surrogates and marks that reorder text.

    Line breaks and tabs are welcome: they become paragraphs and spaces.
    """
    return tuple(
        (place, character)
        for place, text in texts(sheet)
        for character in sorted(set("".join(lines(text))))
        if _is_unprintable(character)
    )


def lines(text: str) -> tuple[str, ...]:
    """Return the non-empty lines of `text`, tabs as spaces, without the indentation a layout gives itself."""
    stripped = (line.replace("\t", " ").strip() for line in text.splitlines())
    return tuple(line for line in stripped if line)


def chinese_date(day: date | None) -> str:
    """Return 2026年11月23日, no leading zeros (GB/T 9704); for None, the blank to be filled in by hand."""
    return f"{day.year}年{day.month}月{day.day}日" if day else "　　　　年　　月　　日"


def chinese_numeral(number: int) -> str:
    """Return 一 … 九十九 for 1 to 99, as headings are counted; ValueError outside."""
    if not 1 <= number <= 99:
        raise ValueError(f"headings are counted from 1 to 99, not {number}")
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones else "")


def _iso(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"a sheet holds no {type(value).__name__}")


def _is_unprintable(character: str) -> bool:
    return character in _REORDERING or unicodedata.category(character) in ("Cc", "Cs")


def _walk(place: str, value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _walk(f"{place}.{key}".lstrip("."), inner)
    elif isinstance(value, tuple | list):
        for index, inner in enumerate(value):
            yield from _walk(f"{place}.{index}", inner)

"""A sheet set as PDF/A-2b: the same bytes for the same sheet, fonts embedded, no glyph ever missing.

No model, no number, no storage: `documents.py` does those. What a sheet says is in `sheets.py`, which layout
a kind takes in `layouts.py`, how a layout looks in `templates/documents/*.typ`. User text goes to the
typesetter as JSON strings and is never read as markup.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Final, Protocol

import segno

from cases.papers.layouts import Described, layout_of, plain_title
from cases.papers.numbering import is_pattern
from cases.papers.sheets import (
    Item,
    Sheet,
    chinese_date,
    chinese_numeral,
    content_hash,
    lines,
    texts,
    unprintable,
)
from cases.papers.typesetting import Job, NotSetError, Typesetter, installed
from coordination.errors import JianjingError

CHECK_DIGITS: Final = 20  # of the content hash in the check address: 80 bits, short enough to type
UNDATED: Final = date(2000, 1, 1)  # the PDF's creation date where the sheet has none; printed nowhere

# Families by use, best first, as official documents are set; the bundled face ends each list. A family that
# is not installed is left out; the operator's font folder may add it.
FACES: Final[dict[str, tuple[str, ...]]] = {
    "title": ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "Noto Serif SC"),
    "heading": ("SimHei", "STHeiti", "Noto Sans SC"),
    "second": ("KaiTi_GB2312", "KaiTi", "STKaiti", "Noto Serif SC"),
    "body": ("FangSong_GB2312", "FangSong", "STFangsong", "Noto Serif SC"),
}
WORDS: Final = {
    "draft": "草稿",
    "check": "扫码或按此地址核验",
    "content": "内容校验码（SHA-256）",
    "seal": "（印章）",
    "blank-date": "　　年　　月　　日",
}
_typesetter: Final = Typesetter()
_UNDISPLAYED: Final = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
_ESCAPE: Final = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)")


class Numbering(Protocol):
    """How a kind is numbered; None or a pattern without placeholders: not by this installation."""

    @property
    def pattern(self) -> str | None:
        """Pattern of the number."""


class Kind(Described, Protocol):
    """A `DocumentKind` of the catalogue, or anything with the same attributes."""

    @property
    def numbering(self) -> Numbering | None:
        """How it is numbered, where it is."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """The file and its SHA-256, its pages, and the content hash that is printed on an issued document."""

    pdf: bytes
    sha256: str
    pages: int
    content_sha256: str


class CannotPrint(JianjingError):
    """The sheet cannot become an honest page; the message says why, in words for the person who wrote it."""


class UnprintableText(CannotPrint):
    """A control character or a mark that reorders text; `found` holds (place in the sheet, character)."""

    def __init__(self, found: tuple[tuple[str, str], ...]) -> None:
        """Keep what was found and name each character by its code."""
        self.found = found
        super().__init__(
            "; ".join(f"{place}: U+{ord(character):04X} cannot be printed" for place, character in found)
        )


class MissingGlyph(CannotPrint):
    """No installed font has these `characters`; `places` are the parts of the sheet they stand in."""

    def __init__(self, characters: tuple[str, ...], places: tuple[str, ...]) -> None:
        """Keep characters and places, and name each character and its codes."""
        self.characters = characters
        self.places = places
        named = ", ".join(
            f"{one} ({' '.join(f'U+{ord(character):04X}' for character in one)})" for one in characters
        )
        super().__init__(f"no font here has {named}; it stands in: {', '.join(places) or 'the layout'}")


def render(kind: Kind, sheet: Sheet, *, fonts: Path | None = None) -> Rendered:
    """Set `sheet` in the layout of `kind` (GB/T 9704-2012 measures) and return the PDF/A-2b file.

    A numbered kind and a sheet without a number give a draft: marked as one, without number or check code.
    `fonts` is a folder of further fonts, preferred where they are of the official families and used for
    characters the bundled faces lack. Raises UnprintableText, MissingGlyph, CannotPrint for an issued sheet
    without a date, FileNotFoundError for a folder that is not there, NoLayout for a kind of an unknown group.
    """
    draft = is_draft(kind, sheet)
    found = unprintable(sheet)
    if found:
        raise UnprintableText(found)
    if not draft and sheet.dated_on is None:
        raise CannotPrint("an issued document needs its date")
    if draft and sheet.number:
        raise CannotPrint("a draft has no number")
    said = page_data(kind, sheet, draft=draft)
    folder = fonts.resolve() if fonts else None
    said["faces"] = _faces(folder)
    data = json.dumps(said, ensure_ascii=False)
    try:
        pdf = _typesetter.set(Job(layout_of(kind), data, sheet.dated_on or UNDATED, folder))
    except NotSetError as error:
        raise _explained(error, sheet) from error
    pages = re.search(rb"<xmpTPg:NPages>(\d+)</xmpTPg:NPages>", pdf)
    if pages is None:
        raise RuntimeError("the typesetter wrote a file without a page count")
    return Rendered(pdf, hashlib.sha256(pdf).hexdigest(), int(pages[1]), content_hash(kind.code, sheet))


def is_draft(kind: Kind, sheet: Sheet) -> bool:
    """Say whether the page is marked as a draft: told so, or of a numbered kind and without a number."""
    numbered = kind.numbering is not None and is_pattern(kind.numbering.pattern)
    return sheet.draft or (numbered and not sheet.number)


def check_address(sheet: Sheet, content_sha256: str) -> str:
    """Return the address printed as a QR code: the sheet's check page and the head of its content hash."""
    base = sheet.check_address.rstrip("/")
    return f"{base}/{content_sha256[:CHECK_DIGITS]}" if base else ""


def page_data(kind: Kind, sheet: Sheet, *, draft: bool) -> dict[str, object]:
    """Return what the layouts read, every text ready to be set as it stands."""
    return {
        "title": plain_title(kind.zh) if sheet.title in ("", kind.zh) else _line(sheet.title),
        "organs": [_line(organ) for organ in (sheet.organ, *sheet.joint_organs)],
        "number": _line(sheet.number or ""),
        "draft": draft,
        "addressee": _line(sheet.addressee),
        "fields": [[_line(label), lines(value)] for label, value in sheet.fields],
        "sections": _sections(sheet),
        "bases": "；".join(_line(one).rstrip("。") for one in sheet.bases) + "。" if sheet.bases else "",
        "demand": _demand(sheet),
        "signer": "　".join(part for part in (_line(sheet.signer_role), _line(sheet.signer_name)) if part),
        "signer-name": _line(sheet.signer_name),
        "place": _line(sheet.place),
        "date": chinese_date(sheet.dated_on),
        "dated": sheet.dated_on is not None,
        "signatures": [_line(label) for label in sheet.signatures],
        "attachments": [_line(name) for name in sheet.attachments],
        "copy-to": [_line(name) for name in sheet.copy_to],
        "check": _check(kind, sheet, draft=draft),
        "words": WORDS,
    }


def _sections(sheet: Sheet) -> list[dict[str, object]]:
    """Return the body, its headings counted 一、二、三."""
    body: list[dict[str, object]] = []
    counted = 0
    for part in sheet.sections:
        heading = _line(part.heading)
        if heading:
            counted += 1
            heading = f"{chinese_numeral(counted)}、{heading}"
        body.append(
            {
                "heading": heading,
                "paragraphs": [one for text in part.paragraphs for one in lines(text)],
                "items": [_item(place, item) for place, item in enumerate(part.items, start=1)],
                "table": part.table
                and {
                    "caption": _line(part.table.caption),
                    "columns": [_line(cell) for cell in part.table.columns],
                    "rows": [["\n".join(lines(cell)) for cell in row] for row in part.table.rows],
                },
            }
        )
    return body


def _item(place: int, item: Item) -> dict[str, object]:
    bases = "、".join(_line(one) for one in item.bases)
    return {
        "mark": f"（{chinese_numeral(place)}）" if place < 100 else f"（{place}）",
        "heading": _line(item.heading).rstrip("。"),
        "text": lines(item.text),
        "bases": f"（依据：{bases}）" if bases else "",
    }


def _demand(sheet: Sheet) -> str:
    """Return the demand for a reply: the statutory term, the last day, or both."""
    term = _line(sheet.reply_term)
    day = chinese_date(sheet.reply_due_on) if sheet.reply_due_on else ""
    if term and day:
        return f"请在{term}书面回复，最后期限为{day}。"
    if day:
        return f"请于{day}前（含当日）书面回复。"
    return f"请在{term}书面回复。" if term else ""


def _check(kind: Kind, sheet: Sheet, *, draft: bool) -> dict[str, object]:
    if draft:
        return {"code": "", "code-lines": [], "address": "", "qr": ""}
    code = content_hash(kind.code, sheet)
    address = check_address(sheet, code)
    groups = [code[start : start + 8] for start in range(0, len(code), 8)]
    return {
        "code": code,
        "code-lines": [" ".join(groups[:4]), " ".join(groups[4:])],
        "address": _line(address),
        "qr": _qr(address) if address else "",
    }


def _qr(address: str) -> str:
    picture = io.BytesIO()
    segno.make(address, error="m", micro=False).save(picture, kind="svg", xmldecl=False, border=0)
    return picture.getvalue().decode("utf-8")


def _line(text: str) -> str:
    return " ".join(lines(text))


def _explained(error: NotSetError, sheet: Sheet) -> Exception:
    """Turn a complaint about glyphs into MissingGlyph; any other is a fault of a layout."""
    characters = tuple(dict.fromkeys(_unescaped(match[1]) for match in _UNDISPLAYED.finditer(str(error))))
    if not characters:
        return error
    places = tuple(place for place, text in texts(sheet) if any(one in text for one in characters))
    return MissingGlyph(characters, places)


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)) if match[1] else match[2], text)


@lru_cache(maxsize=8)
def _faces(folder: Path | None) -> dict[str, list[str]]:
    families = set(installed(folder).families())
    return {use: [name for name in names if name in families] for use, names in FACES.items()}

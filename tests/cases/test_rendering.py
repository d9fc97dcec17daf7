"""Printed documents: every layout, honest text, the same bytes everywhere, nothing missing or executed."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pypdf import PageObject, PdfReader

from cases.papers.layouts import NoLayout, layout_of
from cases.papers.rendering import (
    CHECK_DIGITS,
    CannotPrint,
    MissingGlyph,
    UnprintableText,
    check_address,
    render,
)
from cases.papers.sheets import (
    Item,
    Section,
    Sheet,
    Table,
    chinese_date,
    chinese_numeral,
    content_hash,
    texts,
)
from tests.cases.printed import CHECK, CORRECTION, FULL, KINDS, NOTICE, Kind, Numbering

ROOT = Path(__file__).resolve().parents[2]
TEN = "一二三四五六七八九十"
MARKUP = (
    '#read("/etc/passwd") ] [ $x^2$ \\ @ref <label> *b* _i_ `c` // n /* m */ #panic("x") #{1+1} --- ~ \'q\''
)


def read(pdf: bytes) -> str:
    """All text of the file without white space, as a reader would copy it out."""
    return squeezed("".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages))


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def printed(sheet: Sheet, kind: Kind = NOTICE) -> str:
    return read(render(kind, sheet).pdf)


@pytest.mark.parametrize("layout", KINDS)
def test_every_layout_prints_every_text_of_the_sheet(layout: str) -> None:
    text = printed(FULL, KINDS[layout])

    missing = [place for place, said in texts(FULL) if squeezed(said) not in text]

    assert layout_of(KINDS[layout]) == layout
    assert missing == []
    assert "2026年10月19日" in text
    assert squeezed(FULL.title) in text


@pytest.mark.parametrize("layout", KINDS)
def test_every_layout_prints_an_empty_sheet(layout: str) -> None:
    made = render(KINDS[layout], Sheet(organ="", title="", number="1", dated_on=date(2026, 1, 1)))

    assert made.pages == 1
    assert squeezed(KINDS[layout].zh.split("（")[0]) in read(made.pdf)


@pytest.mark.parametrize("layout", KINDS)
def test_text_that_looks_like_markup_is_printed_as_it_stands(layout: str) -> None:
    marked = Section(MARKUP, (MARKUP,), (Item(MARKUP, MARKUP, (MARKUP,)),), Table((MARKUP,), ((MARKUP,),)))
    sheet = replace(
        FULL,
        organ=MARKUP, title=MARKUP, addressee=MARKUP, number=MARKUP, fields=((MARKUP, MARKUP),),
        sections=(marked,),
        bases=(MARKUP,), signer_role=MARKUP, signer_name=MARKUP, signatures=(MARKUP,), attachments=(MARKUP,),
        copy_to=(MARKUP,),
    )  # fmt: skip

    text = printed(sheet, KINDS[layout])

    assert text.count(squeezed(MARKUP)) >= 12
    assert "root:" not in text


def test_file_is_archivable_with_every_font_embedded() -> None:
    made = render(NOTICE, CORRECTION)

    assert made.pdf.startswith(b"%PDF-")
    assert re.search(rb"pdfaid:part>2<.*pdfaid:conformance>B<", made.pdf, re.DOTALL)
    for page in PdfReader(io.BytesIO(made.pdf)).pages:
        fonts: Any = page["/Resources"]
        for font in fonts["/Font"].values():
            described = font["/DescendantFonts"][0]["/FontDescriptor"]
            assert "/FontFile3" in described or "/FontFile2" in described


def test_same_sheet_gives_the_same_bytes_in_another_process_zone_and_locale() -> None:
    script = (
        "from cases.papers.rendering import render; from tests.cases.printed import FULL, NOTICE;"
        "made = render(NOTICE, FULL); print(made.sha256, made.pages, made.content_sha256)"
    )
    answers = {
        subprocess.run(
            [sys.executable, "-c", script], cwd=ROOT, check=True, capture_output=True, text=True,
            env=os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C"},
        ).stdout
        for seed, zone in (("1", "America/New_York"), ("2", "Asia/Shanghai"))
    }  # fmt: skip
    here = render(NOTICE, FULL)

    assert answers == {f"{here.sha256} {here.pages} {here.content_sha256}\n"}


def test_forked_process_prints_too() -> None:
    script = (
        "import os, sys; from cases.papers.rendering import render; from tests.cases.printed import FULL, NOTICE;"
        "first = render(NOTICE, FULL).sha256; child = os.fork();"
        "child or os._exit(0 if render(NOTICE, FULL).sha256 == first else 1);"
        "sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))"
    )
    subprocess.run([sys.executable, "-W", "ignore", "-c", script], cwd=ROOT, check=True, timeout=60)


def test_forked_process_names_a_missing_character_too() -> None:
    script = (
        "import os, sys; from dataclasses import replace; from cases.papers.rendering import MissingGlyph, render;"
        "from tests.cases.printed import FULL, NOTICE; render(NOTICE, FULL); child = os.fork()\n"
        "if child: sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))\n"
        "try: render(NOTICE, replace(FULL, addressee='𠮷'))\n"
        "except MissingGlyph as error: os._exit(0 if error.characters == ('𠮷',) else 1)\n"
        "os._exit(2)"
    )
    subprocess.run([sys.executable, "-W", "ignore", "-c", script], cwd=ROOT, check=True, timeout=60)


def test_threads_print_side_by_side() -> None:
    with ThreadPoolExecutor(4) as threads:
        hashes = set(threads.map(lambda _: render(NOTICE, CORRECTION).sha256, range(12)))

    assert len(hashes) == 1


def test_numbered_kind_without_a_number_is_marked_as_a_draft() -> None:
    draft = printed(replace(CORRECTION, number=None, dated_on=None))

    assert "草稿DRAFT" in draft
    assert "〔2026〕" not in draft
    assert "check" not in draft
    assert squeezed(chinese_date(None)) in draft


def test_kind_that_is_not_numbered_is_no_draft_until_told() -> None:
    kind = replace(NOTICE, numbering=Numbering(None))

    assert "DRAFT" not in printed(replace(CORRECTION, number=None), kind)
    assert "DRAFT" in printed(replace(CORRECTION, number=None, draft=True), kind)
    assert "DRAFT" not in printed(replace(CORRECTION, number=None), replace(NOTICE, numbering=None))


def test_draft_with_a_number_and_issue_without_a_date_are_refused() -> None:
    with pytest.raises(CannotPrint, match="number"):
        render(NOTICE, replace(CORRECTION, draft=True))
    with pytest.raises(CannotPrint, match="date"):
        render(NOTICE, replace(CORRECTION, dated_on=None))


def test_content_hash_is_printed_and_covers_all_but_the_check_page() -> None:
    made = render(NOTICE, CORRECTION)
    text = read(made.pdf)

    assert made.content_sha256 == content_hash(NOTICE.code, CORRECTION)
    assert made.content_sha256 in text
    assert f"{CHECK}/{made.content_sha256[:CHECK_DIGITS]}" in text
    assert check_address(CORRECTION, made.content_sha256) == f"{CHECK}/{made.content_sha256[:CHECK_DIGITS]}"
    assert (
        content_hash(NOTICE.code, replace(CORRECTION, check_address="https://other.example"))
        == made.content_sha256
    )
    assert content_hash("DOC-OTHER", CORRECTION) != made.content_sha256
    assert content_hash(NOTICE.code, replace(CORRECTION, addressee="砚湖县公安局")) != made.content_sha256


def test_sheet_without_a_check_page_prints_its_hash_alone() -> None:
    text = printed(replace(CORRECTION, check_address=""))

    assert "https" not in text
    assert content_hash(NOTICE.code, CORRECTION) in text


@pytest.mark.parametrize("character", ["㐂", "䶮", "〇", "①", "Ⅳ", "㎡", "·", "é"])
def test_rare_characters_of_names_are_printed(character: str) -> None:
    assert f"卫{character}楼" in printed(replace(CORRECTION, addressee=f"卫{character}楼"))


def test_character_without_a_glyph_is_named_with_its_place() -> None:
    sheet = replace(CORRECTION, addressee="卫𠮷楼", sections=(Section("甲", ("乙😀",)),))

    with pytest.raises(MissingGlyph, match=r"𠮷 \(U\+20BB7\)") as caught:
        render(NOTICE, sheet)

    assert set(caught.value.characters) == {"𠮷", "😀"}
    assert caught.value.places == ("addressee", "sections.0.paragraphs.0")


@pytest.mark.parametrize("character", ["\x00", "\x07", "\u202e", "\u2066", "\ud800"])
def test_control_and_reordering_characters_are_refused(character: str) -> None:
    with pytest.raises(UnprintableText) as caught:
        render(NOTICE, replace(CORRECTION, signer_name=f"陆{character}"))

    assert caught.value.found == (("signer_name", character),)


def test_line_breaks_make_paragraphs_and_indentation_is_the_layouts() -> None:
    one = replace(CORRECTION, sections=(Section("", ("　　甲。\r\n\n\t乙。 ",)),))
    two = replace(CORRECTION, sections=(Section("", ("甲。", "乙。")),))

    first, second = (printed(replace(sheet, check_address="")) for sheet in (one, two))

    assert first.replace(content_hash(NOTICE.code, one), "") == second.replace(
        content_hash(NOTICE.code, two), ""
    )


@pytest.mark.parametrize("letter", ["检", "x", "9", "，"])
def test_ten_thousand_characters_are_all_on_paper(letter: str) -> None:
    made = render(NOTICE, replace(CORRECTION, sections=(Section("", (letter * 10_000,)),)))

    assert made.pages > 5
    assert read(made.pdf).count(letter) >= 10_000
    for page in PdfReader(io.BytesIO(made.pdf)).pages:
        assert within_margins(page)


def within_margins(page: PageObject) -> bool:
    """No text starts beyond the right margin (26 mm) or the lower edge of the page."""
    starts: list[tuple[float, float]] = []

    def visit(text: str, cm: list[float], tm: list[float], *_rest: object) -> None:
        if text.strip():
            starts.append((tm[4] * cm[0] + tm[5] * cm[2] + cm[4], tm[4] * cm[1] + tm[5] * cm[3] + cm[5]))

    page.extract_text(visitor_text=visit)
    return bool(starts) and all(0 < x < 521.6 and 0 < y < 842 for x, y in starts)


@pytest.mark.parametrize("layout", KINDS)
def test_names_of_forty_characters_fit_every_layout(layout: str) -> None:
    name = TEN * 4
    sheet = replace(
        FULL, organ=name, title=name, addressee=name, signer_name=name, signer_role=name,
        copy_to=(name, name), attachments=(name, name + name), fields=((TEN, name), ("性别", "女")),
        signatures=(TEN,),
    )  # fmt: skip

    made = render(KINDS[layout], sheet)

    assert made.pages <= 6
    assert read(made.pdf).count(name) >= 8
    assert all(within_margins(page) for page in PdfReader(io.BytesIO(made.pdf)).pages)


def test_twenty_findings_are_counted_in_chinese_and_run_over_pages() -> None:
    findings = tuple(Item("讯问笔录未载明起止时间。" * 4, f"情形{place}") for place in range(1, 21))
    made = render(NOTICE, replace(CORRECTION, sections=(Section("发现的违法情况", (), findings),)))
    text = read(made.pdf)

    assert made.pages == len(PdfReader(io.BytesIO(made.pdf)).pages) > 2
    assert all(f"（{chinese_numeral(place)}）情形{place}" in text for place in range(1, 21))


def test_last_page_never_holds_the_imprint_alone() -> None:
    for lines in range(1, 45):
        body = tuple(f"第{place}段。" for place in range(lines))
        made = render(NOTICE, replace(FULL, joint_organs=(), sections=(Section("", body),)))
        last = squeezed(PdfReader(io.BytesIO(made.pdf)).pages[-1].extract_text())

        assert "印发" in last, lines
        assert "书面回复" in last, lines


@pytest.mark.parametrize(
    ("term", "day", "demand"),
    [
        ("", date(2026, 11, 6), "请于2026年11月6日前（含当日）书面回复。"),
        ("收到本通知书后十五日以内", None, "请在收到本通知书后十五日以内书面回复。"),
        ("收到后七日以内", date(2026, 11, 6), "请在收到后七日以内书面回复，最后期限为2026年11月6日。"),
        ("", None, ""),
    ],
)
def test_reply_is_demanded_in_words(term: str, day: date | None, demand: str) -> None:
    text = printed(replace(CORRECTION, reply_term=term, reply_due_on=day))

    assert demand in text
    assert ("书面回复" in text) is bool(demand)


def test_operator_fonts_lend_missing_characters(tmp_path: Path) -> None:
    lender = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
    if not lender.exists():
        pytest.skip("no further font on this machine to lend a character")
    (tmp_path / lender.name).write_bytes(lender.read_bytes())
    sheet = replace(CORRECTION, addressee="甲♞")  # a chess piece, not in the bundled faces

    with pytest.raises(MissingGlyph):
        render(NOTICE, sheet)
    assert "甲♞" in read(render(NOTICE, sheet, fonts=tmp_path).pdf)


def test_font_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="nowhere"):
        render(NOTICE, CORRECTION, fonts=tmp_path / "nowhere")


def test_kind_of_an_unknown_group_has_no_layout() -> None:
    with pytest.raises(NoLayout, match="DOC-X"):
        layout_of(Kind(code="DOC-X", zh="甲", group="unknown"))


@pytest.mark.parametrize(
    ("number", "zh"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (99, "九十九")]
)
def test_headings_are_counted_in_chinese(number: int, zh: str) -> None:
    assert chinese_numeral(number) == zh


def test_counting_stops_at_ninety_nine() -> None:
    with pytest.raises(ValueError, match="100"):
        chinese_numeral(100)


def test_dates_have_no_leading_zeros() -> None:
    assert chinese_date(date(2026, 1, 5)) == "2026年1月5日"


def test_table_with_a_ragged_row_is_refused() -> None:
    with pytest.raises(ValueError, match="row 2"):
        Table(("甲", "乙"), (("1", "2"), ("1",)))

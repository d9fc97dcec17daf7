"""How fast documents are printed: the product's layouts against a bare page of the same text, in one run.

Run as `python -m bench.rendering`; `main` is called by `make bench`. What is printed is tested elsewhere.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import typst

from cases.papers.rendering import render
from cases.papers.sheets import Item, Section, Sheet
from cases.papers.typesetting import installed

RESULTS = Path(__file__).resolve().parent / "results"
WARM_LIMIT_MS = 150.0  # one page, warm: the aim
ROUNDS = 60
LINE = "讯问笔录未载明讯问的起止时间，也未记明侦查人员已告知犯罪嫌疑人诉讼权利和法律规定。"
BARE = b'#set text(font: "Noto Serif SC", size: 15.75pt, lang: "zh")\n#sys.inputs.text'


@dataclass(frozen=True)
class Numbering:
    """As in the catalogue."""

    pattern: str | None = "{proc_abbr}检{dept_abbr}纠违〔{yyyy}〕{n}号"


@dataclass(frozen=True)
class CorrectionNotice:
    """The kind that is printed here."""

    code: str = "DOC-CORRECTION-NOTICE"
    zh: str = "纠正违法通知书"
    group: str = "supervision"
    issuer: str = "prosecutor"
    addressee: tuple[str, ...] = ("police_legal",)
    numbering: Numbering = Numbering()


def sheet(findings: int, serial: int) -> Sheet:
    """Return a notice with that many findings; `serial` makes each page another one, never cached."""
    return Sheet(
        organ="望川市青沚区人民检察院",
        title="纠正违法通知书",
        addressee="望川市公安局青沚分局",
        number=f"岚望青检纠违〔2026〕{serial}号",
        sections=(
            Section(
                "发现的违法情况", (), tuple(Item(LINE, f"情形{place}") for place in range(1, findings + 1))
            ),
        ),
        bases=("《中华人民共和国刑事诉讼法》第八条",),
        reply_due_on=date(2026, 11, 6),
        signer_role="检察长",
        signer_name="陆承钧",
        dated_on=date(2026, 10, 19),
        check_address="https://jianjing.example/check",
    )


def measure(work: Callable[[int], object], rounds: int = ROUNDS) -> dict[str, float]:
    """Return median and 95th percentile in milliseconds over `rounds` pages, after three to warm up."""
    for serial in range(3):
        work(serial)
    spent = []
    for serial in range(10, 10 + rounds):
        began = time.perf_counter()
        work(serial)
        spent.append((time.perf_counter() - began) * 1000)
    return {
        "median_ms": round(statistics.median(spent), 2),
        "p95_ms": round(statistics.quantiles(spent, n=20)[18], 2),
    }


def bare() -> Callable[[int], object]:
    """Return the floor: the same words on a page without any layout, by the same typesetter and fonts."""
    compiler = typst.Compiler(font_paths=installed(None))

    def work(serial: int) -> object:
        said = f"望川市公安局青沚分局：{LINE * 2}{serial}"
        moment = datetime(2026, 10, 19, tzinfo=UTC)
        return compiler.compile(BARE, sys_inputs={"text": said}, pdf_standards=["a-2b"], timestamp=moment)

    return work


def first_page_ms() -> float:
    """Return how long the first page takes in a fresh interpreter, imports not counted."""
    script = (
        "import time; from bench.rendering import CorrectionNotice, render, sheet\n"
        "began = time.perf_counter(); render(CorrectionNotice(), sheet(2, 1))\n"
        "print((time.perf_counter() - began) * 1000)"
    )
    done = subprocess.run(
        [sys.executable, "-"],
        input=script,
        cwd=RESULTS.parent.parent,
        check=True,
        capture_output=True,
        text=True,
    )
    return round(float(done.stdout), 1)


def figures() -> dict[str, object]:
    """Measure everything once."""
    kind = CorrectionNotice()
    one = measure(lambda serial: render(kind, sheet(2, serial)))
    twenty = measure(lambda serial: render(kind, sheet(20, serial)), 30)
    long = Section("", (LINE * 244,))
    many = measure(lambda serial: render(kind, replace(sheet(1, serial), sections=(long,))), 20)
    floor = measure(bare())
    return {
        "one page": one | {"pages": render(kind, sheet(2, 1)).pages},
        "twenty findings": twenty | {"pages": render(kind, sheet(20, 1)).pages},
        "ten thousand characters": many
        | {"pages": render(kind, replace(sheet(1, 1), sections=(long,))).pages},
        "bare page": floor,
        "first page of a process, ms": first_page_ms(),
        "one page to bare page": round(one["median_ms"] / floor["median_ms"], 2),
        "one page within the aim": one["p95_ms"] < WARM_LIMIT_MS,
    }


def main(out: Path = RESULTS) -> dict[str, object]:
    """Print the figures and write them to `rendering.json` in the folder `out`."""
    found = figures()
    out.mkdir(parents=True, exist_ok=True)
    (out / "rendering.json").write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n", "utf-8")
    for name, value in found.items():
        sys.stdout.write(f"{name:<28} {value}\n")
    return found


if __name__ == "__main__":
    main()

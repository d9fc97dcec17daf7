"""The typesetter: a warm compiler for each font folder, safe for threads and forks, its fonts fixed.

It knows layouts by file name and takes their data as JSON. What the data mean is in `rendering.py`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Final

import pylopdf_fonts_zh_cn
import typst

TEMPLATES: Final = Path(__file__).resolve().parents[2] / "templates" / "documents"
BUNDLED_FONTS: Final = Path(pylopdf_fonts_zh_cn.__file__).resolve().parent
APART_SECONDS: Final = 60  # how long a page may take in a process of its own


@dataclass(frozen=True, slots=True)
class Job:
    """One file to set: layout by name, data as JSON, creation date, a folder of further fonts."""

    layout: str
    data: str
    dated_on: date
    fonts: Path | None = None


class NotSetError(Exception):
    """The typesetter refused the job; the message is all it said."""


class Typesetter:
    """Sets jobs one at a time in this process, or apart where this process cannot.

    A compiler is not made for two threads at once. From its first page on it keeps a pool of threads; a fork
    copies the pool without its threads, and a page set there would wait for them for ever.
    """

    def __init__(self) -> None:
        """Start cold: the first page makes the compiler."""
        self._lock = Lock()
        self._used_in: int | None = None

    def set(self, job: Job) -> bytes:
        """Return the PDF/A-2b, byte for byte the same for the same job; raises NotSetError."""
        if self._used_in not in (None, os.getpid()):
            return set_apart(job)
        with self._lock:
            self._used_in = os.getpid()
            return _compiled(job)


def set_apart(job: Job) -> bytes:
    """Set `job` in a fresh process: slower by its start, otherwise the same file and the same NotSetError."""
    asked = [job.layout, job.data, job.dated_on.isoformat(), str(job.fonts) if job.fonts else None]
    done = subprocess.run(
        [sys.executable, "-m", "cases.papers.typesetting"],
        input=json.dumps(asked).encode(),
        capture_output=True,
        cwd=TEMPLATES.parent.parent,
        timeout=APART_SECONDS,
        check=False,
    )
    if done.returncode == 0:
        return done.stdout
    raise NotSetError(done.stderr.decode("utf-8", "replace"))


@lru_cache(maxsize=8)
def installed(folder: Path | None) -> typst.Fonts:
    """Return the bundled faces and those of `folder`, never the machine's own: two machines print one file.

    Raises FileNotFoundError where the folder is not there.
    """
    if folder is not None and not folder.is_dir():
        raise FileNotFoundError(f"the font folder {folder} does not exist")
    folders = [BUNDLED_FONTS, *([folder] if folder else [])]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)


@lru_cache(maxsize=8)
def _compiler(folder: Path | None) -> typst.Compiler:
    return typst.Compiler(root=str(TEMPLATES), font_paths=installed(folder))


def _compiled(job: Job) -> bytes:
    try:
        pdf = _compiler(job.fonts).compile(
            input=str(TEMPLATES / f"{job.layout}.typ"),
            sys_inputs={"sheet": job.data},
            pdf_standards=["a-2b"],
            timestamp=datetime(job.dated_on.year, job.dated_on.month, job.dated_on.day, tzinfo=UTC),
        )
    except typst.TypstError as error:
        raise NotSetError(f"{error.message}\n{error.diagnostic}") from error
    if isinstance(pdf, bytes):
        return pdf
    raise NotSetError("the typesetter returned no file")


def _main() -> int:
    layout, data, dated_on, fonts = json.loads(sys.stdin.buffer.read())
    job = Job(layout, data, date.fromisoformat(dated_on), Path(fonts) if fonts else None)
    try:
        pdf = Typesetter().set(job)
    except NotSetError as error:
        sys.stderr.buffer.write(str(error).encode())
        return 1
    sys.stdout.buffer.write(pdf)
    return 0


if __name__ == "__main__":
    sys.exit(_main())

"""`make lock`: pin the newest dependencies that fit, with the hashes of their files and no index's address."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
OPTIONS = ("--universal", "--python-version=3.11", "--generate-hashes", "--no-emit-index-url", "--no-emit-find-links",
           "--no-annotate", "--no-header", "--quiet", "--upgrade")  # fmt: skip
PAIRS = (
    ("requirements.in", "requirements.txt", ()),
    ("requirements-dev.in", "requirements-dev.txt", ("requirements.txt",)),
)


def main() -> None:
    """Write both lock files, the second one in agreement with the first."""
    uv = Path(sys.executable).with_name("uv")
    program = str(uv) if uv.exists() else shutil.which("uv")
    if program is None:
        raise SystemExit("uv is not installed; run make environment-dev")
    for source, target, constraints in PAIRS:
        words = [f"--constraint={each}" for each in constraints]
        draft = CHECKOUT / f"{target}.new"
        draft.unlink(missing_ok=True)
        subprocess.run(
            [program, "pip", "compile", *OPTIONS, *words, source, "-o", draft.name], cwd=CHECKOUT, check=True
        )
        pinned = draft.read_text()
        draft.unlink()
        if "://" in pinned:
            raise SystemExit(f"{target} would hold an address; nothing was written")
        (CHECKOUT / target).write_text(f"# Made from {source} by `make lock`; do not edit.\n{pinned}")


if __name__ == "__main__":
    main()

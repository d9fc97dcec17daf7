"""`make bench`: run every measurement of this folder, one after the other, each in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
RESULTS = FOLDER / "results"


def measurements() -> list[str]:
    """Return the names of the modules here that have a `main(out)`."""
    return [
        file.stem for file in sorted(FOLDER.glob("[a-z]*.py")) if "\ndef main(out: Path" in file.read_text()
    ]


def main(chosen: list[str]) -> int:
    """Run those named, or all; returns how many failed."""
    RESULTS.mkdir(exist_ok=True)
    failed = []
    for name in chosen or measurements():
        print(f"== {name}", flush=True)
        program = f"from pathlib import Path; from bench.{name} import main; main(Path({str(RESULTS)!r}))"
        if subprocess.run([sys.executable, "-c", program], cwd=FOLDER.parent, check=False).returncode != 0:
            failed.append(name)
    if failed:
        print(f"Failed: {', '.join(failed)}")
    return len(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

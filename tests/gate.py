"""`make check`: the whole gate, the same here and in CI. Each check runs, whatever the others said; pytest is last."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
# makemigrations looks at the database when it can; it warns that here it cannot.
MANAGE = ("-W", "ignore::RuntimeWarning", "manage.py")
# Enough of a production environment for Django's own checks of it; nothing connects to these.
PRODUCTION = {
    "DATABASE_URL": "postgresql://nobody@localhost/nothing",
    "REDIS_URL": "redis://localhost:6379/0",
    "SECRET_KEY": "only-for-the-gate-0123456789-abcdefghijklmnopqrstuvwxyz",
    "ALLOWED_HOSTS": "jianjing.example",
    "HSTS_SECONDS": "31536000",
}


@dataclass(frozen=True, slots=True)
class Part:
    """One check of the gate: what it is called and what is run for it."""

    name: str
    words: tuple[str, ...]
    environment: dict[str, str] = field(default_factory=dict)
    program: tuple[str, ...] = ("-m",)


PARTS = (
    Part("ruff format", ("ruff", "format", "--check", "--quiet", ".")),
    Part("ruff check", ("ruff", "check", "--quiet", ".")),
    Part("mypy", ("mypy",)),
    Part("djlint", ("djlint", "--check", "templates")),
    Part(
        "imports",
        (),
        program=("-c", "from importlinter.cli import lint_imports_command as run; run(['--no-logo'])"),
    ),
    Part("django check", ("check", "--fail-level", "WARNING"), program=MANAGE),
    Part(
        "django check for production",
        ("check", "--deploy", "--fail-level", "WARNING"),
        PRODUCTION,
        program=MANAGE,
    ),
    Part("migrations", ("makemigrations", "--check", "--dry-run"), program=MANAGE),
    Part("translations", ("translations", "--check"), program=MANAGE),
)
PYTEST = Part("pytest", ("pytest", "-n", "2", "--dist", "loadscope", "-q"))


def run(part: Part, environment: dict[str, str]) -> bool:
    """Run one part; what it prints is shown when it fails, and always for pytest. Returns whether it passed."""
    start = time.monotonic()
    is_last = part is PYTEST
    done = subprocess.run(
        [sys.executable, *part.program, *part.words],
        cwd=CHECKOUT,
        env={**environment, **part.environment},
        stdout=None if is_last else subprocess.PIPE,
        stderr=None if is_last else subprocess.STDOUT,
        check=False,
    )
    passed = done.returncode == 0
    if not is_last:
        print(f"{'ok  ' if passed else 'FAIL'} {part.name} ({time.monotonic() - start:.0f} s)", flush=True)
        if not passed:
            print(done.stdout.decode(errors="replace").rstrip(), flush=True)
    return passed


def main() -> int:
    """Run every part; returns 0 when all passed."""
    mine = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}}
    with tempfile.TemporaryDirectory() as folder:
        failed = [part.name for part in PARTS if not run(part, {**mine, "STATE_FOLDER": folder})]
    if not run(PYTEST, mine):
        failed.append(PYTEST.name)
    if failed:
        print(f"The gate is closed: {', '.join(failed)}.", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

"""A throw-away database of its own for a benchmark: started with the cast in it, taken away at the end.

Import this before anything that needs Django's settings.
"""

from __future__ import annotations

import os
import platform
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coordination.settings")


def start() -> None:
    """Start the servers (unless DATABASE_URL names some that may be filled), migrate and load the cast; once."""
    import django  # noqa: PLC0415
    from django.apps import apps  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415

    from tests.plugin import throwaway  # noqa: F401, PLC0415 - importing it starts the servers

    if not apps.ready:
        django.setup()
    from supervision.demo import people  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    people.load(hashed="!")


def machine() -> str:
    """Say what measured: processors, system and Python, no name."""
    return f"{os.cpu_count()} processors, {platform.system()} {platform.machine()}, Python {platform.python_version()}"


def note(out: Path, line: str) -> None:
    """Put a line into the table RESULTS.md beside the folder of results, in place of the one with the same start."""
    table = out.parent / "RESULTS.md"
    head = ["# Measured", "", f"On {machine()}.", "", "| what | figures |", "|---|---|"]
    kept = table.read_text("utf-8").splitlines() if table.exists() else head
    start_of = line.split("|")[1]
    rows = [row for row in kept if not row.startswith(f"|{start_of}|")]
    table.write_text("\n".join([*rows, line]) + "\n", "utf-8")

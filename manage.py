#!/usr/bin/env python3
"""The command line of the product; `manage.py help` lists what it can do."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run the command named on the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coordination.settings")
    # Imported here: Django reads the variable above while it is imported.
    from django.core.management import execute_from_command_line  # noqa: PLC0415
    from django.db import OperationalError  # noqa: PLC0415

    try:
        execute_from_command_line(sys.argv)
    except OperationalError as fault:
        if os.environ.get("DATABASE_URL") or "No such file or directory" not in str(fault):
            raise
        raise SystemExit(
            "The embedded database is not running. Start it with `make run`, in another terminal."
        ) from None


if __name__ == "__main__":
    main()

"""`manage.py seed_world`: fill the demo world with many cases, for measuring and for trying out."""

from __future__ import annotations

import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from coordination import worldtime
from supervision.demo import seeding

STEP = 10_000
"""After so many cases it is said how far the work is."""


class Command(BaseCommand):
    """Write cases by COPY, about a tenth of them open, over the county organs of the cast."""

    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument("--cases", type=int, required=True, help="how many cases to write")
        parser.add_argument("--seed", type=int, default=1, help="another number draws another spread")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the cases and say how long it took."""
        if not settings.DEMO:
            raise CommandError("This installation is no demonstration; nothing was written.")
        if options["cases"] < 1:
            raise CommandError("--cases wants a number above zero.")
        began = time.perf_counter()
        done = seeding.seed(options["cases"], now=worldtime.now(), seed=options["seed"], progress=self._say)
        spent = time.perf_counter() - began
        self.stdout.write(f"{done.cases} cases, {done.rows} rows in {spent:.1f} s.")

    def _say(self, done: int) -> None:
        if done % STEP == 0:
            self.stdout.write(f"{done} cases written …")
            self.stdout.flush()

"""`manage.py check_running`: does everything that runs have its clock, and somebody who sees it?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cases import ownership, sweep
from coordination import worldtime


class Command(BaseCommand):
    """Print what runs without an owner and what the law started without a clock; exit 1 when there is any."""

    help = "Checks that no proceeding, deadline, draft or message is without an owner, and no limit without its clock."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one line a fault, or that all is well."""
        faults = [str(one) for one in ownership.unowned(worldtime.now())]
        faults += [f"no clock for {limit}, wound by {occurrence}" for occurrence, limit in sweep.unmeasured()]
        for fault in faults:
            self.stdout.write(fault)
        if faults:
            raise CommandError(f"{len(faults)} things run without an owner or a clock", returncode=1)
        self.stdout.write("Everything that runs has its clock and somebody who sees it.")

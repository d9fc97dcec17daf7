"""`manage.py soundness`: one line a procedure, and everything that does not hang together."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from coordination.law.catalogue import catalogue
from coordination.law.procedure import Process
from coordination.law.processes import all_processes
from coordination.law.rulebook import rulebook
from coordination.law.soundness import pending, soundness

COLUMNS = "{:<28}{:>8}{:>8}{:>8}{:>8}"


class Command(BaseCommand):
    """Print the procedures with their numbers of states, steps, limits and faults; exit 1 on a fault."""

    help = "Proves that the declared procedures are sound."
    requires_system_checks = ()  # the same proof is a system check; here its faults are shown, not raised

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the table, then the faults."""
        processes = tuple(all_processes().values())
        faults = soundness(processes, rulebook(), catalogue())
        self.stdout.write(COLUMNS.format("procedure", "states", "steps", "limits", "faults"))
        for process in processes:
            count = sum(fault.process == process.id for fault in faults)
            self.stdout.write(self._line(process, count))
        self.stdout.write(f"{len(processes)} declared, {len(pending())} still to be declared")
        for fault in faults:
            self.stdout.write(f"fault: {fault}")
        if faults:
            raise CommandError(f"{len(faults)} faults", returncode=1)

    def _line(self, process: Process, faults: int) -> str:
        limits = {start.limit for step in process.steps for start in step.started}
        return COLUMNS.format(process.id, len(process.states), len(process.steps), len(limits), faults)

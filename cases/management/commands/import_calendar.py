"""`manage.py import_calendar FILE`: check a holiday table, keep it for approval, and show what it would move.

`--go-on` brings open previews and recalculations forward in this terminal, with progress; a killed one goes on where it
was. Nothing is in force before both sides approved it on the screen.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cases import recalculating
from cases.models import Recalculation
from coordination import calendars, worldtime
from coordination.errors import Refused
from coordination.law.rulebook import rulebook
from coordination.models import CalendarTable, User


class Command(BaseCommand):
    """Import the holidays of a year, or go on with what an import asked for."""

    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the file and the options."""
        parser.add_argument(
            "file", nargs="?", type=Path, help="TOML, as coordination/law/calendars/<year>.toml"
        )
        parser.add_argument(
            "--as", dest="login", metavar="LOGIN", help="who brings the table; else the operator"
        )
        parser.add_argument(
            "--go-on", action="store_true", help="bring open previews and recalculations forward"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Keep the table and preview it, or go on."""
        if not options["file"] and not options["go_on"]:
            raise CommandError("Name the FILE of the table, or --go-on.")
        calendars.refresh(at_once=True)
        table = self.submit(options["file"], options["login"]) if options["file"] else None
        recalculating.go_on(worldtime.now(), told=self.progress)
        if table is not None:
            self.report(table)

    def submit(self, file: Path, login: str | None) -> CalendarTable:
        """Keep the table; every fault of the file is told."""
        actor = User.objects.filter(login=login).first() if login else None
        if login and actor is None:
            raise CommandError(f"Nobody signs in as “{login}”.")
        try:
            text = file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as fault:
            raise CommandError(f"{file} cannot be read: {fault}") from None
        try:
            return recalculating.submit(actor, text, file_name=file.name, at=worldtime.now())
        except Refused as refused:
            faults = "\n".join(f"  - {reason.en}" for reason in refused.reasons)
            raise CommandError(f"{file.name} is refused:\n{faults}") from None

    def progress(self, run: Recalculation) -> None:
        """Say how far a run has come."""
        self.stdout.write(f"{run.table.year} {run.kind}: {run.examined} of {run.total}, {run.moved} moved")

    def report(self, table: CalendarTable) -> None:
        """Say what the table would move, by limit, and what comes next."""
        run = Recalculation.objects.get(table=table, kind=Recalculation.Kind.PREVIEW)
        self.stdout.write(f"{table.year} {table.number}: {run.moved} move, {run.confirmed} become firm.")
        for limit, moved, confirmed in recalculating.by_limit(run):
            self.stdout.write(f"  {moved:>7} {confirmed:>7}  {rulebook().limit(limit).en}")
        if calendars.is_in_force(table):
            self.stdout.write("It is in force.")
        else:
            self.stdout.write("It waits for the administrators of both sides: /calendar/")

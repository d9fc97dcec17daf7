"""`manage.py demo`: load the demo world, let it stand at a chosen instant, print who may sign in."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import translation

from cases.models import Case
from coordination import worldtime
from coordination.law.zone import ZONE
from supervision.demo import people, signins, stories, telling


class Command(BaseCommand):
    """Load the demo world once; `--at` lets it stand at an instant, `--now` returns to real time."""

    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument("--at", metavar="INSTANT", help="for example 2026-11-23T09:00 (Beijing time)")
        parser.add_argument(
            "--freeze", action="store_true", help="let the instant stand still instead of running on"
        )
        parser.add_argument("--now", action="store_true", help="return to real time")
        parser.add_argument("--once", action="store_true", help="do nothing when the demo world is there")
        parser.add_argument("--signins", action="store_true", help="print the sign-ins by role")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, set the clock, print: whatever was asked for."""
        if not settings.DEMO:
            raise CommandError(
                "This installation is no demonstration. Set DEMO=1 on an empty database if it is to be one."
            )
        if options["signins"]:
            self.print_signins()
            return
        if options["now"]:
            worldtime.go_back_to_real_time()
            self.stdout.write("The demo world follows real time.")
            return
        self.load(once=options["once"])
        if options["at"]:
            at = self.instant(options["at"])
            worldtime.choose(at, frozen=options["freeze"])
            self.stdout.write(f"The demo world stands at {at:%Y-%m-%d %H:%M} (Asia/Shanghai).")

    def load(self, *, once: bool) -> None:
        """Load people and stories where they are missing, in one transaction."""
        if Case.objects.exists():
            if not once:
                self.stdout.write("The demo world is loaded already.")
            return
        with transaction.atomic():
            people.load()
            telling.play(stories.all_scenes(), until=stories.REFERENCE)
        self.stdout.write(f"Loaded the demo world: {Case.objects.count()} cases.")

    def instant(self, text: str) -> datetime:
        """Read an instant; without offset it is Beijing time."""
        try:
            at = datetime.fromisoformat(text)
        except ValueError:
            raise CommandError(f"“{text}” is no instant; write it as 2026-11-23T09:00.") from None
        return at if at.tzinfo else at.replace(tzinfo=ZONE)

    def print_signins(self) -> None:
        """Print the named cast by the titles of their roles, and the password; in English, as the terminal is."""
        with translation.override("en"):
            roles = signins.offered()
        width = max((len(role.title) for role in roles), default=0)
        self.stdout.write(f"Demo sign-ins (password for all: {people.PASSWORD})")
        for role in roles:
            who = ", ".join(f"{person.login} ({person.name})" for person in role.people)
            self.stdout.write(f"  {role.title:<{width}}  {who}")

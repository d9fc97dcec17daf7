"""`manage.py prepare`: everything an embedded start needs before it can answer, each part quick when already done."""

from __future__ import annotations

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand

from coordination import translations
from coordination.statefolder import state_folder


class Command(BaseCommand):
    """Compile translations, migrate, and load the demo world once."""

    help = __doc__
    requires_system_checks: list[str] = []

    def handle(self, *args: object, **options: object) -> None:
        """Do the parts in order; the demo's sign-ins are left in a file for the one who starts the servers."""
        translations.compile_all()
        call_command("migrate", interactive=False, verbosity=1, stdout=self.stdout)
        if settings.DEMO and "demo" in get_commands():
            call_command("demo", once=True, stdout=self.stdout)
            with (state_folder().path / "signins.txt").open("w") as out:
                call_command("demo", signins=True, stdout=out)

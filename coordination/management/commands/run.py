"""`manage.py run`: everything together in the foreground, as `make run` does it."""

from __future__ import annotations

from django.core.management.base import BaseCommand

from coordination import running


class Command(BaseCommand):
    """Run the embedded database and broker, the web server, a worker and beat until Ctrl-C."""

    help = __doc__
    requires_system_checks: list[str] = []

    def handle(self, *args: object, **options: object) -> None:
        """Hand over to `coordination.running`."""
        running.main()

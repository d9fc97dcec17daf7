"""Start-up of `cases`."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CasesConfig(AppConfig):
    """The record of cases, and the clocks on them."""

    name = "cases"
    verbose_name = _("Cases")

    def ready(self) -> None:
        """Let the modules that hear steps register with the door, and the clocks with the health check."""
        import_module("cases.keeping")
        import_module("cases.absence")
        health = import_module("coordination.health")
        health.register("deadlines", import_module("cases.watching").deadlines)

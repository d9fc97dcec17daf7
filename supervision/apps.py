"""Start-up of `supervision`."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

LISTENING = (
    "supervision.findings",
    "supervision.opinions",
    "supervision.detained",
    "supervision.suggestions",
    "supervision.agenda",
)


class SupervisionConfig(AppConfig):
    """Looking at all of the record."""

    name = "supervision"
    verbose_name = _("Supervision")

    def ready(self) -> None:
        """Let the modules that act on steps register with the door below."""
        for module in LISTENING:
            import_module(module)
        import_module("cases.panels").add(import_module("supervision.pages.suggestion").panel)

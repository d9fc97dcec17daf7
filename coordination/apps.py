"""Start-up of `coordination`, which is also the project's shell."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoordinationConfig(AppConfig):
    """What both organs share."""

    name = "coordination"
    verbose_name = _("Coordination")

    def ready(self) -> None:
        """Bind Celery here and not in the package, so that the law stays importable without Django."""
        from coordination import celery  # noqa: F401, PLC0415

"""Start-up of `coordination`, which is also the project's shell."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoordinationConfig(AppConfig):
    """What both organs share."""

    name = "coordination"
    verbose_name = _("Coordination")

    def ready(self) -> None:
        """Bind Celery and the checks here, not in the package: the law stays importable without Django."""
        from coordination import celery, checks  # noqa: F401, PLC0415

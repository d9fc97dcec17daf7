"""Start-up of `cases`."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CasesConfig(AppConfig):
    """The record of cases, and the clocks on them."""

    name = "cases"
    verbose_name = _("Cases")

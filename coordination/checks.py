"""System checks: the product does not start on a rulebook with a gap, an unsound procedure or a wrong time zone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Info, Tags, register

from coordination import calendars, worldtime
from coordination.law import suggesting
from coordination.law.catalogue import catalogue
from coordination.law.processes import all_processes
from coordination.law.rulebook import rulebook
from coordination.law.soundness import soundness


@register(Tags.compatibility)
def law_is_complete(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """E001: the rulebook or the catalogue cannot be read. E002: a procedure is not sound."""
    try:
        rules, kinds, procedures = rulebook(), catalogue(), all_processes()
        suggesting.rules()
    except (ValueError, KeyError, OSError) as fault:
        return [Error(f"The law cannot be read: {fault}", id="jianjing.E001")]
    return [
        Error(f"{fault}", hint="manage.py soundness shows the table.", id="jianjing.E002")
        for fault in soundness(tuple(procedures.values()), rules, kinds)
    ]


@register(Tags.compatibility)
def calendar_reaches_next_year(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """I001: from 1 November the holiday table of next year should be loaded. An information: nothing stands still."""
    year = calendars.missing_year(worldtime.now())
    if year is None:
        return []
    hint = "Deadlines beyond the last table are provisional: manage.py import_calendar FILE."
    return [Info(f"This process knows no holiday table of {year}.", hint=hint, id="jianjing.I001")]


@register(Tags.compatibility)
def legal_days_are_beijing_days(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """E003: the law counts days in Asia/Shanghai."""
    if settings.TIME_ZONE == "Asia/Shanghai" and settings.USE_TZ:
        return []
    return [Error("Legal days are those of Asia/Shanghai, stored with a time zone.", id="jianjing.E003")]

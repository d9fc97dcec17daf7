"""The instant at which the gallery stands, and words in either language."""

from __future__ import annotations

from datetime import datetime

from coordination.law.zone import ZONE


def at(text: str) -> datetime:
    """Return the instant "2026-11-23 09:30" of Shanghai."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


NOW = at("2026-11-23 09:30")


def both(lang: str, en: str, zh: str) -> str:
    """Return the words for `lang`, Chinese for a tag that starts with "zh"."""
    return zh if lang.startswith("zh") else en

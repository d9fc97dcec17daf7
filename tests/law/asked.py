"""How the law tests ask the clock: limits by id, instants of Asia/Shanghai, the national calendar."""

from datetime import datetime

from coordination.law.calendar import national
from coordination.law.clock import Due, Granted, Happened, derive, due
from coordination.law.rulebook import rulebook
from coordination.law.zone import ZONE


def at(text: str) -> datetime:
    """Return an instant of Asia/Shanghai; a day stands for its 00:00."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def ask(limit: str, start: str, *stages: str, in_custody: bool = False, **more: object) -> Due:
    """Ask when `limit` runs out; `stages` are granted in order, "special=P2D" with a chosen period."""
    granted = [Granted(name, value or None) for name, _, value in (stage.partition("=") for stage in stages)]
    return due(
        rulebook().limit(limit),
        at(start),
        in_custody=in_custody,
        calendar=national(),
        granted=granted,
        **more,
    )


def ask_after(limit: str, *events: str, in_custody: bool = False, **more: object) -> Due:
    """Ask when `limit` runs out after `events`, each written "name 2025-01-10T09:00"."""
    happened = [Happened(name, at(when)) for name, when in (event.split() for event in events)]
    return derive(rulebook().limit(limit), happened, in_custody=in_custody, calendar=national(), **more)


def end(found: Due) -> str:
    """Return the last day of a period that ends at 24:00, else the instant of its end."""
    return found.on.isoformat() if found.on else found.at.strftime("%Y-%m-%d %H:%M")


def rules(found: Due) -> list[str]:
    """Return the rules that were applied, in order."""
    return [line.rule for line in found.because]

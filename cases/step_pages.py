"""Steps that have a page of their own instead of the general form: floors above say so at start-up."""

from __future__ import annotations

from django.urls import reverse

from cases.models import Proceeding

_PAGES: dict[tuple[str, str], str] = {}


def own(process: str, step: str, view: str) -> None:
    """Let the step of the process be written on the page named `view`, which takes the proceeding's id."""
    _PAGES[process, step] = view


def address(row: Proceeding, step: str) -> str:
    """The address of the step's own page; empty where the general form serves."""
    view = _PAGES.get((row.process, step))
    return reverse(view, args=[row.pk]) if view else ""

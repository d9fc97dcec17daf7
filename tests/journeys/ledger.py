"""A register as a person reads it in Chinese: its lines as plain texts, newest first."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import override

from coordination.standing import standing
from supervision.registers import reading
from tests.cast import user


def lines(code: str, login: str, now: datetime) -> list[list[str]]:
    """The cells of each line that the person sees."""
    reader = user(login)
    with override("zh-hans"):
        page = reading.page(
            reading.register(code), reader, standing(reader, now), wanted=reading.Wanted(), now=now
        )
        return [[reading.plain(cell) for cell in line.cells] for line in page.lines]

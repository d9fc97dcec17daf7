"""The ladder beside a limit, as declared: at which distance from the due moment whom to tell and what to draft."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

_OFFSET = re.compile(r"([+-])(\d+)(wd|d|h)")


class NotAnOffset(ValueError):
    """A text that is no distance from a due moment."""

    def __str__(self) -> str:
        return f"not an offset: {self.args[0]!r}"


@dataclass(frozen=True, slots=True)
class Offset:
    """A distance from the due moment: negative is before; `d` calendar days, `wd` working days, `h` hours."""

    n: int
    unit: Literal["d", "wd", "h"]

    @classmethod
    @cache
    def parse(cls, text: str) -> "Offset":
        """Read "-3wd", "+1d" or "-2h"; raise ValueError for anything else."""
        found = _OFFSET.fullmatch(text)
        if found is None:
            raise NotAnOffset(text)
        sign, n, unit = found.groups()
        units: dict[str, Literal["d", "wd", "h"]] = {"d": "d", "wd": "wd", "h": "h"}
        return cls(n=-int(n) if sign == "-" else int(n), unit=units[unit])


@dataclass(frozen=True, slots=True)
class Rung:
    """One rung of the ladder beside a limit: who is told and what is drafted, measured from the due moment.

    `draft` is a document's code, or words; `step` is the step of this process that the draft belongs to.
    A rung never acts in law by itself.
    """

    offset: str
    limit: str
    tell: tuple[str, ...]
    draft: str
    draft_zh: str = ""
    step: str | None = None

    @property
    def distance(self) -> Offset:
        """The offset as numbers."""
        return Offset.parse(self.offset)

    @property
    def key(self) -> str:
        """Names the rung within its process; a deadline event carries it."""
        return f"{self.limit}{self.offset}"

"""Which of the six page layouts a kind of document is printed in: a declared table, read from top to bottom.

The layouts themselves are `templates/documents/*.typ`; the kinds are in `coordination/law/documents.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Layout(StrEnum):
    """A page layout; the value is the name of its file in `templates/documents`."""

    NOTICE = "notice"  # red head, number, title, body, seal: one organ decides and tells another
    LETTER = "letter"  # red head between double rules: organs write to each other as equals
    REPORT = "report"  # red head, number left, signer right: upward
    SLIP = "slip"  # cells and places to sign: proof that something was handed over
    FORM = "form"  # cells and tables: registers, lists, sheets
    RECORD = "record"  # ruled head lines, body, signatures on a counted page: what was said and done


class Described(Protocol):
    """What the table looks at: a `DocumentKind` of the catalogue, or anything with the same attributes."""

    @property
    def code(self) -> str:
        """Key of the catalogue."""

    @property
    def zh(self) -> str:
        """Chinese title."""

    @property
    def group(self) -> str:
        """Group of the catalogue."""

    @property
    def issuer(self) -> str:
        """Role or party that issues it."""

    @property
    def addressee(self) -> Sequence[str]:
        """Roles or parties it goes to."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A line of the table. An empty condition fits everything; the first line that fits decides."""

    layout: Layout
    title_ends: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    issuers: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()

    def fits(self, kind: Described) -> bool:
        """Say whether every stated condition holds; the title is read without a closing bracket."""
        return (
            (not self.title_ends or plain_title(kind.zh).endswith(self.title_ends))
            and (not self.groups or kind.group in self.groups)
            and (not self.issuers or kind.issuer in self.issuers)
            and (not self.addressees or any(one in self.addressees for one in kind.addressee))
        )


LEADERS = ("chief_procurator", "police_chief", "superior_prosecutor")

RULES: tuple[Rule, ...] = (
    # What a party hands in bears no organ's head.
    Rule(Layout.FORM, issuers=("party",)),
    # Opinions and proposals that go up to a leader are reports, whatever they are called.
    Rule(Layout.REPORT, addressees=LEADERS, title_ends=("审查意见", "审核意见", "督办建议")),
    Rule(Layout.REPORT, title_ends=("报告", "报告书")),
    Rule(Layout.FORM, title_ends=("表", "清单", "档案")),
    Rule(Layout.SLIP, title_ends=("回执", "回证", "单", "证", "证明书")),
    Rule(Layout.RECORD, title_ends=("记录", "日志", "纪要")),
    Rule(Layout.LETTER, title_ends=("函", "回复", "答复", "答复书", "说明", "说明书", "反馈")),
    Rule(
        Layout.NOTICE,
        groups=(
            "filing",
            "filing_supervision",
            "supervision",
            "measure",
            "objection",
            "supplement",
            "prosecution",
            "office",
        ),
    ),
    Rule(Layout.SLIP, groups=("internal",)),
)


class NoLayout(LookupError):
    """No line of the table fits this kind: its group is unknown."""


def layout_of(kind: Described) -> Layout:
    """Return the layout of `kind`; NoLayout where the table has no line for it."""
    for rule in RULES:
        if rule.fits(kind):
            return rule.layout
    raise NoLayout(f"{kind.code}: no layout for group {kind.group!r}")


def plain_title(zh: str) -> str:
    """Return the title without the closing bracket that only tells kinds apart, such as （不捕）."""
    return re.sub(r"（[^（）]*）$", "", zh)

"""Facts that are chosen from a list of local practice: which list applies to a matter, and what lies outside of it.

A matter chooses from the list of its Office that was in force when it began, else from the list of this house.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from cases.models import Proceeding
from coordination import local_rules
from coordination.law import local
from coordination.law.history import Reason
from coordination.law.limit import Text
from coordination.law.procedure import Step as DeclaredStep
from coordination.law.zone import ZONE
from coordination.models import LocalRule


@dataclass(frozen=True, slots=True)
class Listed:
    """A list as it applies to a matter; `rule` is the Office's, None where the items are ours. Values are Chinese."""

    name: str
    items: tuple[Text, ...]
    rule: LocalRule | None

    @property
    def values(self) -> frozenset[str]:
        """The items as the record keeps them."""
        return frozenset(item.zh for item in self.items)


def listed(name: str, jurisdiction: str, *, began_at: datetime) -> Listed:
    """Return the list for matters of a place that began then. One query."""
    rule = local_rules.in_force(
        [name],
        jurisdiction,
        on=began_at.astimezone(ZONE).date(),
        known_at=began_at,
        subject=LocalRule.Subject.LIST,
    ).get(name)
    if rule is None:
        return Listed(name, local.local_lists()[name].items, None)
    return Listed(name, tuple(local.item(name, value) for value in rule.items), rule)


def of_matter(row: Proceeding, steps: Iterable[DeclaredStep]) -> dict[str, tuple[Text, ...]]:
    """Return the items of every list from which the steps choose, as they apply to the matter."""
    names = dict.fromkeys(item.among for step in steps for item in step.facts if item.among)
    return {name: listed(name, row.jurisdiction, began_at=row.opened_at).items for name in names}


def faults(row: Proceeding, declared: DeclaredStep, facts: Mapping[str, object]) -> Iterator[Reason]:
    """Yield a reason for each fact that names something outside of its local list."""
    for item in declared.facts:
        given = facts.get(item.name)
        if not item.among or not isinstance(given, (list, tuple)):
            continue
        known = listed(item.among, row.jurisdiction, began_at=row.opened_at)
        outside = [str(value) for value in given if value not in known.values]
        if outside:
            yield _outside(item.name, known, outside, declared)


def _outside(name: str, known: Listed, outside: list[str], declared: DeclaredStep) -> Reason:
    whole = local.local_lists()[known.name]
    what = "、".join(outside)
    en, zh = f"“{what}” is not on the list “{whole.en}”", f"“{what}”不在“{whole.zh}”清单之内"
    if known.rule is not None:
        office = known.rule.office
        document = f"{known.rule.document_title} {known.rule.document_number}"
        en += f" (local rule of {office.name('en')}, {document})"
        zh += f"（{office.zh}本地规则，{document}）"
    return Reason(f"field:{name}", en, zh, declared.cited)

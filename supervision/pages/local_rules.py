"""The local rules of an Office as the templates show them: what may be set, what waits, what was set before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext

from coordination import local_rules
from coordination.law import local
from coordination.law.rulebook import rulebook
from coordination.law.zone import ZONE
from coordination.models import LocalRule, LocalRuleDecision, Organisation
from coordination.reader import language
from coordination.standing import Standing
from supervision.pages import rule_lines
from supervision.pages.rule_lines import RuleLine
from supervision.pages.rulebook import whole_length

HISTORY = 50
PROPOSED, DECLINED, AHEAD, IN_FORCE, SUPERSEDED = "proposed", "declined", "ahead", "in_force", "superseded"


@dataclass(frozen=True, slots=True)
class RuleShown:
    """A rule with what became of it."""

    title: str
    line: RuleLine
    state: str
    words: str

    @property
    def rule(self) -> LocalRule:
        """The row."""
        return self.line.rule

    @property
    def decision(self) -> LocalRuleDecision | None:
        """What the other side said, where it said something."""
        return getattr(self.rule, "decision", None)


@dataclass(frozen=True, slots=True)
class Settable:
    """What an Office may set: the length or list of this house, and the Office's own rule in force."""

    title: str
    url: str
    own: str
    local: tuple[RuleLine, ...]
    set_url: str


@dataclass(frozen=True, slots=True)
class OfficeShown:
    """One Office: what waits for agreement, what may be set, and everything that was proposed, the latest first."""

    office: Organisation
    waiting: tuple[RuleShown, ...]
    limits: tuple[Settable, ...]
    lists: tuple[Settable, ...]
    history: tuple[RuleShown, ...]


def offices(who: Standing, *, now: datetime) -> tuple[OfficeShown, ...]:
    """The Offices at the places where the reader works."""
    rows = Organisation.objects.filter(kind=Organisation.Kind.OFFICE, jurisdiction__in=who.jurisdictions)
    return tuple(_office(row, now) for row in rows.order_by("code"))


def rule(row: LocalRule, *, now: datetime) -> RuleShown:
    """One rule with what became of it."""
    today = now.astimezone(ZONE).date()
    current = local_rules.in_force([row.name], row.jurisdiction, on=today, known_at=now, subject=row.subject)
    return _shown(row, {one.pk for one in current.values()}, now)


def loaded() -> QuerySet[LocalRule]:
    """Rules with everything that is shown of them."""
    return LocalRule.objects.select_related(
        "office", "proposed_by", "proposed_by_organ", "decision__decided_by", "decision__decided_by_organ"
    )


def _office(office: Organisation, now: datetime) -> OfficeShown:
    today, place = now.astimezone(ZONE).date(), office.jurisdiction
    open_limits = [limit.id for limit in rulebook().limits.values() if local.is_open(limit)]
    rules = local_rules.in_force(open_limits, place, on=today, known_at=now)
    lists = local_rules.in_force(
        local.local_lists(), place, on=today, known_at=now, subject=LocalRule.Subject.LIST
    )
    current = {row.pk for row in (*rules.values(), *lists.values())}
    shown = [_shown(row, current, now) for row in loaded().filter(office=office).order_by("-pk")[:HISTORY]]
    return OfficeShown(
        office=office,
        waiting=tuple(one for one in shown if one.state == PROPOSED),
        limits=tuple(_limits(open_limits, rules)),
        lists=tuple(_lists(lists)),
        history=tuple(one for one in shown if one.state != PROPOSED),
    )


def _limits(names: list[str], rules: dict[str, LocalRule]) -> Iterator[Settable]:
    for name in names:
        limit = rulebook().limit(name)
        yield Settable(
            limit.name(language()), reverse("limit", args=[name]), whole_length(limit), _own(rules.get(name)),
            f"{reverse('local-rule-new')}?limit={name}",
        )  # fmt: skip


def _lists(rules: dict[str, LocalRule]) -> Iterator[Settable]:
    for name, known in local.local_lists().items():
        items = gettext("; ").join(item.name(language()) for item in known.items)
        url = f"{reverse('local-rule-new')}?list={name}"
        yield Settable(
            known.name(language()), reverse("area", args=[known.area]), items, _own(rules.get(name)), url
        )


def _own(row: LocalRule | None) -> tuple[RuleLine, ...]:
    return (rule_lines.line(row),) if row is not None else ()


def _shown(row: LocalRule, current: set[UUID], now: datetime) -> RuleShown:
    state = _state(row, current, now)
    words = {
        PROPOSED: gettext("waits for the other side"), DECLINED: gettext("declined"), IN_FORCE: gettext("in force"),
        AHEAD: gettext("agreed, not yet in force"), SUPERSEDED: gettext("superseded"),
    }  # fmt: skip
    return RuleShown(local_rules.title(row).name(language()), rule_lines.line(row), state, words[state])


def _state(row: LocalRule, current: set[UUID], now: datetime) -> str:
    decision = getattr(row, "decision", None)
    if decision is None:
        return PROPOSED
    if decision.outcome == local_rules.Outcome.DECLINED:
        return DECLINED
    if row.takes_effect_on > now.astimezone(ZONE).date():
        return AHEAD
    return IN_FORCE if row.pk in current else SUPERSEDED

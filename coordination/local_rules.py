"""Local rules of an Office: one side proposes, the other agrees; which rule is in force where, and since when.

What may be set at all is decided in `coordination.law.local`; why two sides must agree, in decision note 0017.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from coordination import audit, inbox, policy
from coordination.errors import Conflict, NotVisible, Refused, Version
from coordination.law import local
from coordination.law.calendar import national
from coordination.law.history import Reason
from coordination.law.limit import Text
from coordination.law.rulebook import rulebook
from coordination.law.zone import ZONE
from coordination.models import LocalRule, LocalRuleDecision, Organisation, User
from coordination.standing import OFFICE_ROLES, Standing, standing

Subject, Outcome = LocalRule.Subject, LocalRuleDecision.Outcome
MOST_ITEMS, LONGEST_ITEM = 50, 200
IN_FORCE = Q(decision__outcome=Outcome.AGREED)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What an Office wants to set: the length of a limit (ISO-8601, "" for its own again), or the items of a list."""

    subject: str
    name: str
    document_title: str
    document_number: str
    takes_effect_on: date
    duration: str = ""
    items: tuple[str, ...] = ()


@transaction.atomic
def propose(actor: User, office: Organisation, proposal: Proposal, *, at: datetime) -> LocalRule:
    """Write a proposal and ask the other side of the Office; the same one sent twice is there once.

    Raises Refused with every reason against it.
    """
    who = standing(actor, at)
    reasons = _stranger(who, office, "local_rule.propose") or tuple(_faults(proposal, office, at))
    if reasons:
        raise Refused(*reasons)
    same = _same(actor, office, proposal)
    if same is not None:
        return same
    row = LocalRule.objects.create(
        office=office, subject=proposal.subject, name=proposal.name, duration=proposal.duration,
        items=list(proposal.items), document_title=proposal.document_title.strip(),
        document_number=proposal.document_number.strip(), takes_effect_on=proposal.takes_effect_on,
        jurisdiction=office.jurisdiction, proposed_by=actor, proposed_by_organ=_organ_in(who, office), proposed_at=at,
    )  # fmt: skip
    _record(actor, "local_rule.proposed", row, at)
    others = [user for user in _members(office, at) if not _is_side_of(user, row.proposed_by_organ, at)]
    inbox.post(others, _note("local_rule.proposed", row), at=at)
    return row


@transaction.atomic
def decide(
    actor: User, rule: LocalRule, *, outcome: str, comment: str = "", at: datetime
) -> LocalRuleDecision:
    """Agree, as the other side, or decline, as either. Raises Refused, and Conflict where it was decided already."""
    row = (
        LocalRule.objects.select_for_update(of=("self",)).select_related("office").filter(pk=rule.pk).first()
    )
    if row is None:
        raise NotVisible(f"local rule {rule.pk}")
    decided = LocalRuleDecision.objects.filter(rule=row).select_related("decided_by").first()
    if decided is not None:
        raise Conflict(
            Version(0, "open", row.name, ""), Version(1, decided.outcome, row.name, decided.decided_by.name)
        )
    who = standing(actor, at)
    reasons = _stranger(who, row.office, "local_rule.decide") or tuple(
        _against(row, who, outcome, comment, at)
    )
    if reasons:
        raise Refused(*reasons)
    made = LocalRuleDecision.objects.create(
        rule=row, outcome=outcome, comment=comment.strip(), decided_by=actor,
        decided_by_organ=_organ_in(who, row.office), decided_at=at,
    )  # fmt: skip
    code = f"local_rule.{outcome}"
    _record(actor, code, row, at)
    inbox.post(_members(row.office, at), _note(code, row, comment=made.comment), at=at)
    return made


def offices_of(who: Standing) -> list[Organisation]:
    """The Offices of which the person is a member: those at the places where a role of the Office is held."""
    places = {held.at.organ.jurisdiction for held in who.held if held.role in OFFICE_ROLES}
    return list(
        Organisation.objects.filter(kind=Organisation.Kind.OFFICE, jurisdiction__in=places).order_by("code")
    )


def in_force(
    names: Iterable[str], jurisdiction: str, *, on: date, known_at: datetime, subject: str = Subject.LIMIT
) -> dict[str, LocalRule]:
    """Return the rules that apply at a place on a day, by limit or list; agreed at `known_at` at the latest.

    The Office of the place comes before that of the prefecture, and that before the province's. One query.
    """
    chain = _chain(jurisdiction)
    rows = LocalRule.objects.filter(
        IN_FORCE, subject=subject, name__in=list(names), jurisdiction__in=chain, takes_effect_on__lte=on,
        decision__decided_at__lte=known_at,
    ).select_related("office", "decision")  # fmt: skip
    latest: dict[tuple[str, str], LocalRule] = {}
    for row in sorted(rows, key=lambda row: (row.takes_effect_on, row.decision.decided_at, row.pk)):
        latest[row.name, row.jurisdiction] = row
    found: dict[str, LocalRule] = {}
    for place in reversed(chain):
        found |= {name: row for (name, where), row in latest.items() if where == place and _says(row)}
    return found


def for_matter(limit: str, jurisdiction: str, *, began_at: datetime) -> LocalRule | None:
    """Return the rule under which a matter that began then counts `limit`; it keeps that rule to its end."""
    if not local.is_open(rulebook().limit(limit)):
        return None
    day = began_at.astimezone(ZONE).date()
    return in_force([limit], jurisdiction, on=day, known_at=began_at).get(limit)


def as_law(row: LocalRule) -> local.LocalRule:
    """Return the rule as the clock takes it."""
    document = f"{row.document_title} {row.document_number}"
    office = Text(row.office.name("en"), row.office.zh)
    return local.LocalRule(row.name, row.duration, office, document, row.takes_effect_on)


def title(row: LocalRule) -> Text:
    """Return what the rule is about, in both languages."""
    if row.subject == Subject.LIST:
        known = local.local_lists().get(row.name)
        return Text(known.en, known.zh) if known else Text(row.name, row.name)
    limit = rulebook().limits.get(row.name)
    return Text(limit.en, limit.zh) if limit else Text(row.name, row.name)


def against_agreeing(row: LocalRule, who: Standing, at: datetime) -> tuple[Reason, ...]:
    """Every reason why the person may not agree to the proposal now."""
    stranger = _stranger(who, row.office, "local_rule.decide")
    return stranger or tuple(_against(row, who, Outcome.AGREED, "", at))


def _chain(jurisdiction: str) -> list[str]:
    """The division codes that a place lies in, the nearest first."""
    return list(dict.fromkeys((jurisdiction, f"{jurisdiction[:4]}00", f"{jurisdiction[:2]}0000")))


def _says(row: LocalRule) -> bool:
    return bool(row.duration or row.items)


def _stranger(who: Standing, office: Organisation, action: str) -> tuple[Reason, ...]:
    """Whether the person is no member of the Office: then nothing else is said."""
    places = {held.at.organ.jurisdiction for held in who.held if held.role in OFFICE_ROLES}
    is_office = office.kind == Organisation.Kind.OFFICE
    if policy.may(who, action) and office.jurisdiction in places and is_office:
        return ()
    return (Reason("role", f"reserved to the members of {office.name('en')}", f"只能由{office.zh}人员办理"),)


def _faults(proposal: Proposal, office: Organisation, at: datetime) -> Iterator[Reason]:
    today = at.astimezone(ZONE).date()
    if proposal.subject == Subject.LIMIT:
        yield from _length_faults(proposal, office, at)
    else:
        yield from _list_faults(proposal)
    for name, en, zh in (
        ("document_title", "the source document is missing", "缺少依据文件"),
        ("document_number", "the number of the source document is missing", "缺少依据文件文号"),
    ):
        if not getattr(proposal, name).strip():
            yield Reason(f"field:{name}", en, zh)
    if proposal.takes_effect_on < today:
        yield Reason(
            "field:takes_effect_on", "a rule takes effect today at the earliest", "施行日期不得早于今天"
        )


def _length_faults(proposal: Proposal, office: Organisation, at: datetime) -> Iterator[Reason]:
    if proposal.duration:
        yield from local.faults(proposal.name, proposal.duration, calendar=national())
        return
    own = {
        rule.jurisdiction
        for rule in in_force([proposal.name], office.jurisdiction, on=date.max, known_at=at).values()
    }
    if office.jurisdiction not in own:
        reasons = local.faults(proposal.name, "", calendar=national())
        yield from reasons


def _list_faults(proposal: Proposal) -> Iterator[Reason]:
    if proposal.name not in local.local_lists():
        yield Reason(
            "field:name", f"there is no local list “{proposal.name}”", f"没有“{proposal.name}”这一清单"
        )
    items = [item.strip() for item in proposal.items]
    if not items or not all(items):
        yield Reason("field:items", "the list is empty", "清单为空")
    elif len(set(items)) < len(items):
        yield Reason("field:items", "an item stands there twice", "清单有重复项")
    elif len(items) > MOST_ITEMS or max(map(len, items)) > LONGEST_ITEM:
        en, zh = (
            f"at most {MOST_ITEMS} items of {LONGEST_ITEM} characters",
            f"最多{MOST_ITEMS}项，每项{LONGEST_ITEM}字",
        )
        yield Reason("field:items", en, zh)


def _against(row: LocalRule, who: Standing, outcome: str, comment: str, at: datetime) -> Iterator[Reason]:
    if outcome not in Outcome.values:
        yield Reason("field:outcome", "agree or decline", "请选择同意或者不同意")
    if outcome == Outcome.DECLINED:
        if not comment.strip():
            yield Reason("field:comment", "a rule is declined with a comment", "不同意应当说明意见")
        return
    if row.proposed_by_organ_id in who.organs:
        yield Reason("side", "the other side of the Office must agree", "应当由侦协办另一方同意")
    if row.takes_effect_on < at.astimezone(ZONE).date():
        yield Reason(
            "late", "the day it takes effect has passed; propose it anew", "施行日期已过，请重新提出"
        )


def _same(actor: User, office: Organisation, proposal: Proposal) -> LocalRule | None:
    """The same proposal, not yet decided: a form sent twice is one proposal."""
    return LocalRule.objects.filter(
        office=office, subject=proposal.subject, name=proposal.name, duration=proposal.duration,
        items=list(proposal.items), takes_effect_on=proposal.takes_effect_on, proposed_by=actor,
        document_number=proposal.document_number.strip(), decision__isnull=True,
    ).first()  # fmt: skip


def _organ_in(who: Standing, office: Organisation) -> Organisation:
    """The organ for which the person sits in the Office."""
    return next(
        held.at.organ for held in who.held
        if held.role in OFFICE_ROLES and held.at.organ.jurisdiction == office.jurisdiction
    )  # fmt: skip


def _members(office: Organisation, at: datetime) -> list[User]:
    rows = User.objects.filter(
        Q(postings__ends_at__isnull=True) | Q(postings__ends_at__gt=at), is_active=True,
        postings__role__in=OFFICE_ROLES, postings__starts_at__lte=at,
        postings__organisation__jurisdiction=office.jurisdiction,
    )  # fmt: skip
    return list(rows.distinct().order_by("login"))


def _is_side_of(user: User, organ: Organisation, at: datetime) -> bool:
    return organ.pk in standing(user, at).organs


def _note(code: str, row: LocalRule, **params: str) -> inbox.Note:
    subject = title(row)
    values = {
        "subject": {"en": subject.en, "zh": subject.zh}, "document": f"{row.document_title} {row.document_number}",
        "since": row.takes_effect_on.isoformat(), **params,
    }  # fmt: skip
    return inbox.Note(code=code, params=values, link=reverse("local-rule", args=[row.pk]))


def _record(actor: User, action: str, row: LocalRule, at: datetime) -> None:
    audit.record(
        actor, action, at=at, subject=audit.Subject("local_rule", row.pk, None, row.jurisdiction),
        organisation=row.office, name=row.name, duration=row.duration, since=row.takes_effect_on.isoformat(),
    )  # fmt: skip

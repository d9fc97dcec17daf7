"""THE permission table: who may do what (`may`), and which rows a person sees (`visible`). Nothing else decides either.

Rows are filtered by a queryset, never one by one. A model says how it is reached with a class attribute
`seen_through`, for example `SeenThrough(case="case", full=True)`; the rules themselves stand only here.
Steps of procedures have their own table: `coordination.law.processes` says which role takes which step.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, TypeVar
from uuid import UUID

from django.apps import apps
from django.db.models import F, Model, Q, QuerySet

from coordination.errors import NotVisible
from coordination.law.catalogue import catalogue
from coordination.law.rulebook import rulebook
from coordination.models import Share, User
from coordination.standing import Standing, standing

Row = TypeVar("Row", bound=Model)

EVERYONE = frozenset(
    {
        "investigator", "police_legal", "police_chief", "prosecutor", "chief_procurator", "office_resident",
        "office_police", "superior_prosecutor", "superior_police", "custody_officer", "case_manager",
    }
)  # fmt: skip

MAY: dict[str, frozenset[str]] = {
    "case.register": frozenset({"investigator", "police_legal"}),
    "case.read": EVERYONE,
    "suspect.add": frozenset({"investigator", "police_legal"}),
    "suspect.read_identity": frozenset(
        {"investigator", "police_legal", "police_chief", "prosecutor", "chief_procurator", "case_manager"}
    ),
    "activity.log": frozenset({"investigator", "police_legal", "custody_officer"}),
    "event.enter": EVERYONE - {"police_chief", "chief_procurator", "office_resident", "office_police"},
    "activity.correct": frozenset({"investigator", "police_legal", "custody_officer"}),
    "case.assign": frozenset({"police_legal", "police_chief", "chief_procurator", "case_manager"}),
    "lead.open": frozenset({"prosecutor", "office_resident"}),
    "finding.decide": frozenset({"prosecutor"}),
    "share.grant": frozenset({"police_legal", "prosecutor", "chief_procurator", "office_resident"}),
    "share.revoke": frozenset({"police_legal", "prosecutor", "chief_procurator", "office_resident"}),
    "audit.read": frozenset(
        {"police_legal", "prosecutor", "chief_procurator", "office_resident", "office_police"}
    ),
    "board.read": frozenset(
        {"office_resident", "office_police", "chief_procurator", "police_chief", "prosecutor", "police_legal"}
    ),
    "reported.read": frozenset({"superior_prosecutor", "superior_police"}),
    "register.read": EVERYONE,
    "rulebook.read": EVERYONE,
    "calendar.read": EVERYONE,
    "calendar.submit": frozenset({"police_legal", "case_manager"}),
    "calendar.decide": frozenset({"police_legal", "case_manager"}),
    "local_rule.propose": frozenset({"office_resident", "office_police"}),
    "local_rule.decide": frozenset({"office_resident", "office_police"}),
}


CUSTODY, OVERSTAY = "custody", "overstay_correction"
HOUSE, HOUSE_ROLE = "detention_house", "custody_officer"
NOTHING = Q(pk__in=[])


@dataclass(frozen=True, slots=True)
class SeenThrough:
    """How a model's rows are reached: the path to a case or a proceeding ("" = the row itself).

    `full`: a share of the case's header alone does not open these rows. `document`: of a matter that is open to an
    organ, only the papers of its own side and those that go to it. `clearance`: the column with the row's own
    confidentiality. `own`: the column with the organ to which alone the rows belong. `since`: the column with the
    instant of a row; the other organ sees what came after the proceeding was opened to it. `house`: what a detention
    house sees of them, a key of `_HOUSE`.
    """

    case: str | None = None
    proceeding: str | None = None
    full: bool = False
    document: bool = False
    clearance: str | None = None
    own: str | None = None
    since: str | None = None
    house: str = ""


def may(who: Standing, action: str) -> bool:
    """Whether the person's roles allow `action`, a key of the table above; an unknown action is a fault."""
    return bool(MAY[action] & who.roles)


def visible(
    user: User, model: type[Row], *, now: datetime, who: Standing | None = None, full: bool = False
) -> QuerySet[Row]:
    """Return the rows of `model` that `user` may see at `now`; used by every list, count, search and export.

    `full`: only what is open beyond a case's header.
    """
    who = who or standing(user, now)
    through: SeenThrough = model.seen_through  # type: ignore[attr-defined]
    rule, house = NOTHING, NOTHING if full else _in_house(who, through)
    if through.case is not None:
        ways = _case_rules(who, through.case, now, full=through.full or full)
        rule |= _cleared(who, through.case, _any([*ways, house]))
    if through.document:
        rule |= _paper_rule(who, through, now) | _cleared(who, through.proceeding or "", house)
    elif through.proceeding is not None:
        rule |= _cleared(who, through.proceeding, _proceeding_rule(who.organs, through, now) | house)
    if through.own is not None:
        rule &= Q(**{f"{through.own}__in": who.organs})
    if through.clearance is not None:
        rule &= Q(**{f"{through.clearance}__lte": who.clearance})
    return model._default_manager.filter(rule)


def visible_each(
    user: User, model: type[Row], *, now: datetime, who: Standing | None = None
) -> tuple[QuerySet[Row], ...]:
    """Return the same rows as `visible`, one queryset for each way in which a case is reached; a row may be in several.

    For sorted lists of a large organ: each of them is served by an index in its order, their alternative is not.
    Only for models that are reached through a case.
    """
    who = who or standing(user, now)
    through: SeenThrough = model.seen_through  # type: ignore[attr-defined]
    path = through.case or ""
    ways = _case_rules(who, path, now, full=through.full)
    if who.houses:
        ways.append(_in_house(who, through))
    rules = [_cleared(who, path, rule) for rule in ways]
    return tuple(model._default_manager.filter(rule) for rule in rules)


def find(user: User, model: type[Row], pk: object, *, now: datetime, who: Standing | None = None) -> Row:
    """Return one visible row; raises NotVisible for a row that is not there or not for this person."""
    row = visible(user, model, now=now, who=who).filter(pk=pk).first()
    if row is None:
        raise NotVisible(f"{model.__name__} {pk}")
    return row


def _open_shares(organs: frozenset[UUID], now: datetime, kind: str) -> QuerySet[Share]:
    return Share.objects.filter(
        Q(until__isnull=True) | Q(until__gt=now),
        organisation__in=organs,
        subject_kind=kind,
        revoked_at__isnull=True,
    )


def _path(prefix: str, column: str) -> str:
    return f"{prefix}__{column}" if prefix else column


def _granted(who: Standing) -> tuple[QuerySet[Any, Any], QuerySet[Any, Any]]:
    """Per-object grants to the person and to the person's groups, from guardian's direct foreign-key models."""
    personal = apps.get_model("cases", "CaseUserObjectPermission")
    grouped = apps.get_model("cases", "CaseGroupObjectPermission")
    return (
        personal._default_manager.filter(user=who.user_id, permission__codename="view_case").values(
            "content_object"
        ),
        grouped._default_manager.filter(group__user=who.user_id, permission__codename="view_case").values(
            "content_object"
        ),
    )


def _any(rules: list[Q]) -> Q:
    either = NOTHING
    for rule in rules:
        either |= rule
    return either


def _cleared(who: Standing, prefix: str, rule: Q) -> Q:
    return rule & Q(**{_path(prefix, "confidentiality__lte"): who.clearance})


def _case_rules(who: Standing, prefix: str, now: datetime, *, full: bool) -> list[Q]:
    """An organ sees its own cases, the supervising procuratorate those it supervises, others what was shared."""
    personal, grouped = _granted(who)
    shared = _open_shares(who.organs, now, Share.Subject.CASE)
    if full:
        shared = shared.filter(scope=Share.Scope.FULL)
    pk = f"{prefix}_id" if prefix else "pk"
    own = who.organs - who.superior_of
    return [
        Q(**{_path(prefix, "police__in"): own}),
        Q(**{_path(prefix, "procuratorate__in"): own}),
        Q(**{f"{pk}__in": shared.values("subject_id")}),
        Q(**{f"{pk}__in": personal}),
        Q(**{f"{pk}__in": grouped}),
    ]


def _proceeding_rule(organs: frozenset[UUID], through: SeenThrough, now: datetime) -> Q:
    """The organ that runs it; the other organ from the instant it was opened to it; superiors what was shared."""
    prefix = through.proceeding or ""
    shared = _open_shares(organs, now, Share.Subject.PROCEEDING)
    pk = f"{prefix}_id" if prefix else "pk"
    opened_at = _path(prefix, "opened_to_counterpart_at")
    other = Q(**{_path(prefix, "counterpart__in"): organs, f"{opened_at}__isnull": False})
    if through.since is not None:
        other &= Q(**{f"{through.since}__gte": F(opened_at)})
    return (
        Q(**{_path(prefix, "organisation__in"): organs})
        | other
        | Q(**{f"{pk}__in": shared.values("subject_id")})
    )


def _paper_rule(who: Standing, through: SeenThrough, now: datetime) -> Q:
    """The papers an organ issued, those sent to it, and in the matters it sees those of its side or for its side.

    An internal paper, or one that went up the hierarchy, stays with the side that wrote it: the organ and its
    superiors. What is addressed to an organ is open to whom it is copied to from when it was sent, not before.
    """
    rule = Q(organisation__in=who.organs) | Q(addressee__in=who.organs, sent_at__isnull=False)
    gone = Q(sent_at__isnull=False) | Q(addressee__isnull=True)
    for side, organs in who.sides().items():
        matters = _proceeding_rule(organs, through, now)
        theirs = Q(organisation__kind=side) | gone & Q(kind__in=_going_to(side))
        rule |= _cleared(who, through.proceeding or "", matters) & theirs
    return rule


@cache
def _going_to(side: str) -> frozenset[str]:
    """The kinds of document that are addressed or copied to an organ of this kind."""
    return frozenset(code for code, kind in catalogue().documents.items() if kind.goes_to(side))


def _in_house(who: Standing, through: SeenThrough) -> Q:
    """A detention house: the persons it holds, what concerns their custody, and what it wrote down itself."""
    return _HOUSE[through.house](who.houses) if who.houses and through.house else NOTHING


def _custody_of(houses: frozenset[UUID], prefix: str) -> Q:
    """The records of measures of the persons whom the houses hold."""
    return Q(**{_path(prefix, "suspect__held_at__in"): houses, _path(prefix, "process"): CUSTODY})


def _overstay_of(houses: frozenset[UUID], prefix: str) -> Q:
    """The corrections of an overstay of these persons, once notice was served or the house entered a complaint."""
    steps = apps.get_model("cases", "Step")._default_manager
    answered = steps.filter(organisation__in=houses, proceeding__process=OVERSTAY).values("proceeding")
    known = Q(**{_path(prefix, "opened_to_counterpart_at__isnull"): False})
    known |= Q(**{f"{prefix}_id__in" if prefix else "pk__in": answered})
    held = {_path(prefix, "suspect__held_at__in"): houses, _path(prefix, "process"): OVERSTAY}
    return Q(**held) & known


def _matter_of(houses: frozenset[UUID], prefix: str) -> Q:
    return _custody_of(houses, prefix) | _overstay_of(houses, prefix)


def _step_of(houses: frozenset[UUID]) -> Q:
    """The steps of custody; of an overstay what the house did, and what came after the notice was served."""
    since = Q(recorded_at__gte=F("proceeding__opened_to_counterpart_at")) | Q(organisation__in=houses)
    return _custody_of(houses, "proceeding") | _overstay_of(houses, "proceeding") & since


def _clock_for(houses: frozenset[UUID], prefix: str) -> Q:
    """What is custody or legitimises it, and what a house owes or is owed."""
    owed, path = NOTHING, _path(prefix, "proceeding")
    for side in ("responsible__in", "counterparty__in"):
        owed |= Q(**{_path(prefix, side): houses})
    custody = _custody_of(houses, path) & (Q(**{_path(prefix, "limit__in"): _of_custody()}) | owed)
    return custody | _overstay_of(houses, path) & owed


def _written_in(houses: frozenset[UUID], unit: str) -> Q:
    return Q(**{f"{unit}__in": houses}) | Q(**{f"{unit}__parent__in": houses})


def _held(houses: frozenset[UUID]) -> QuerySet[Any, Any]:
    return apps.get_model("cases", "Suspect")._default_manager.filter(held_at__in=houses).values("case_id")


@cache
def _for_houses() -> frozenset[str]:
    """The kinds of document that are addressed to a detention house."""
    written = {code for code, kind in catalogue().documents.items() if kind.issuer == HOUSE_ROLE}
    return _going_to(HOUSE) | written


@cache
def _of_custody() -> frozenset[str]:
    """The limits that are custody, or legitimise it."""
    return frozenset(limit.id for limit in rulebook().limits.values() if limit.custodial != "no")


_HOUSE: dict[str, Callable[[frozenset[UUID]], Q]] = {
    "case": lambda houses: Q(pk__in=_held(houses)),
    "person": lambda houses: Q(held_at__in=houses),
    "charge": lambda houses: Q(suspect__held_at__in=houses),
    "custody": lambda houses: _matter_of(houses, ""),
    "step": _step_of,
    "draft": lambda houses: _custody_of(houses, "proceeding"),
    "clock": lambda houses: _clock_for(houses, ""),
    "clock_event": lambda houses: _clock_for(houses, "deadline"),
    "paper": lambda houses: (
        _matter_of(houses, "proceeding") & Q(kind__in=_for_houses(), issued_at__isnull=False)
    ),
    "entry": lambda houses: _written_in(houses, "unit"),
    "attachment": lambda houses: _written_in(houses, "activity__unit"),
}
"""What a house sees of each kind of row: of a case the header, of the custody record its steps, the clocks of custody,
the instruments addressed to a house, and the correction of an overstay; not the request for arrest, nor anything of a
suspect held elsewhere.
"""

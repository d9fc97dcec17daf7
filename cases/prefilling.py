"""What a step's form knows before anybody writes: the draft that was laid ready, what floors above offer, the obvious.

Nothing here decides anything: every value can be changed before the step is taken.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from cases import scope
from cases.models import Document, Draft, Proceeding
from coordination.law import facts as law_facts
from coordination.law.facts import Field
from coordination.law.procedure import Step as DeclaredStep
from coordination.models import Organisation, User

Offer = Callable[[Proceeding], Mapping[str, object]]
Beginning = Callable[[Sequence[Organisation], User, datetime], Mapping[str, object]]
_BEGINNINGS: dict[tuple[str, str], Beginning] = {}
_OFFERS: defaultdict[tuple[str, str], list[Offer]] = defaultdict(list)


def on(process: str, step: str) -> Callable[[Offer], Offer]:
    """Register a function of the proceeding that offers facts for this step; called whenever its form is shown."""

    def register(offer: Offer) -> Offer:
        if offer not in _OFFERS[process, step]:
            _OFFERS[process, step].append(offer)
        return offer

    return register


def at_beginning(process: str, step: str) -> Callable[[Beginning], Beginning]:
    """Register a function of organs, person and time that offers facts for a first step without a case."""

    def register(offer: Beginning) -> Beginning:
        _BEGINNINGS[process, step] = offer
        return offer

    return register


def for_beginning(
    process: str, step: str, *, organs: Sequence[Organisation], actor: User, now: datetime
) -> dict[str, object]:
    """Return the facts with which the form of a first step begins."""
    offer = _BEGINNINGS.get((process, step))
    found = offer(organs, actor, now) if offer is not None else {}
    return {name: value for name, value in found.items() if value not in (None, "", ())}


def offered(
    row: Proceeding, declared: DeclaredStep, *, draft: Draft | None, actor: User, now: datetime
) -> dict[str, object]:
    """Return the facts with which the form of a step begins; the draft has the last word."""
    found: dict[str, object] = {}
    above = _above(row)
    for item in declared.facts:
        value = _obvious(item, row, declared, actor, now)
        if value is None and (declared.receipts or item.name == "document"):
            value = above.get(item.name)
        if value is not None:
            found[item.name] = value
    for offer in _OFFERS[row.process, declared.id]:
        found |= {name: value for name, value in offer(row).items() if value not in (None, "", ())}
    if draft is not None:
        found |= _read(declared, draft.facts)
    return found


def to_receipt(row: Proceeding) -> Document | None:
    """The paper that opened this proceeding and waits for its receipt here, if any."""
    organs = [organ for organ in (row.organisation_id, row.counterpart_id) if organ]
    return (
        Document.objects.filter(proceeding=row.parent_id, sent_at__isnull=False, addressee__in=organs)
        .order_by("-sent_at", "-id")
        .first()
        if row.parent_id
        else None
    )


@on("supplementary_investigation", "return_case")
def returns_so_far(row: Proceeding) -> Mapping[str, object]:
    """The number of the next return for supplementary investigation, counted for the case."""
    recorded = scope.history(row, row.state_since).recorded
    return {"return_no": recorded.get("returned_for_supplement", 0) + 1}


def _obvious(item: Field, row: Proceeding, declared: DeclaredStep, actor: User, now: datetime) -> object:
    """Now, me, this case, the paper at hand, and whether the suspect is held."""
    if item.type == "datetime" and (item.name == declared.occurred_by or item.is_past):
        return now.replace(second=0, microsecond=0)
    if item.type == "ref" and item.name == "case":
        return str(row.case_id or "")
    if item.type == "ref" and item.name == "person":
        return str(actor.pk)
    if item.type == "ref" and item.name == "document" and declared.receipts:
        paper = to_receipt(row)
        return str(paper.pk) if paper else None
    if item.type == "bool" and item.name == "detained":
        return scope.in_custody(row.suspect)
    return None


def _above(row: Proceeding) -> dict[str, object]:
    """The facts recorded so far in the proceeding that opened this one."""
    found: dict[str, object] = {}
    for taken in scope.taken(row.parent) if row.parent is not None else ():
        found.update(taken.facts)
    return found


def _read(declared: DeclaredStep, raw: Mapping[str, object]) -> dict[str, object]:
    """The facts of a draft in their types; one that no longer fits is left out, it is only an offer."""
    fields = {item.name: item for item in declared.facts}
    found = {}
    for name, value in raw.items():
        try:
            found[name] = law_facts.read(fields[name], value)
        except (KeyError, law_facts.Unreadable):
            continue
    return {name: value for name, value in found.items() if value is not None}

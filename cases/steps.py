"""THE ONE DOOR: every change of state passes here, is checked, written, audited and wound in one transaction.

`take` takes a step or, where the law wants an approval first, submits it; `approve` and `give_back` settle what was
submitted; `open_proceeding` begins a procedure. The work behind the door is in `applying`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from cases import applying, listing, naming, opening, parties, scope, telling
from cases.models import Case, Draft, Proceeding, Step, Suspect
from cases.request import Request
from coordination import audit, inbox
from coordination.errors import Conflict, NotVisible, Refused, Version
from coordination.law import facts as law_facts
from coordination.law import grammar
from coordination.law.history import Actor, Reason
from coordination.law.procedure import Step as DeclaredStep
from coordination.law.roles import ROLES
from coordination.models import User
from coordination.standing import Standing, standing

DESIGN = Reason("approval:own_draft", "whoever drafted may not approve", "起草人不得审批自己的文稿")


@transaction.atomic
def take(
    actor: User,
    proceeding: Proceeding | UUID,
    step: str,
    *,
    facts: Mapping[str, object],
    at: datetime,
    seen_version: int | None = None,
    confidentiality: int = 0,
) -> Step | Draft:
    """Take `step`; returns the Step, or a Draft awaiting approval where the step needs one.

    `facts` are typed values by the names of the step's fields; `at` is the instant of recording; `confidentiality` the
    level of what the step follows from, where that is higher than the proceeding's.
    Raises Refused with all reasons, Conflict when `seen_version` is no longer the version, NotVisible.
    """
    row = _locked(proceeding)
    declared = _declared(row, step)
    _unchanged(row, seen_version)
    past = scope.history(row, at)
    _check(row, step, past, facts, at, actor_in(row, actor, at))
    if declared.approval is not None:
        return _submit(actor, row, declared, facts, at, level=max(row.confidentiality, confidentiality))
    return applying.apply(Request(actor, row, step, at, facts, confidentiality=confidentiality, past=past))


@transaction.atomic
def approve(actor: User, draft: Draft | UUID, *, at: datetime) -> Step:
    """Approve what was submitted: the step takes effect now. Raises Refused for the drafter or a wrong role."""
    row = _open_draft(draft)
    proceeding = _locked(row.proceeding_id)
    _may_settle(actor, row, proceeding, at)
    facts = typed(proceeding.declared.step(row.step), row.facts)
    past = scope.history(proceeding, at)
    _check(proceeding, row.step, past, facts, at, None)
    return applying.apply(
        Request(
            row.prepared_by,
            proceeding,
            row.step,
            at,
            facts,
            approved_by=actor,
            confidentiality=row.confidentiality,
            past=past,
        )
    )


@transaction.atomic
def give_back(actor: User, draft: Draft | UUID, *, comment: str, at: datetime) -> Draft:
    """Return what was submitted to its author, with a comment; the author may submit again."""
    row = _open_draft(draft)
    _may_settle(actor, row, row.proceeding, at)
    if not comment.strip():
        raise Refused(Reason("field:comment", "a draft is returned with a comment", "退回文稿应当说明意见"))
    row.outcome, row.settled_by, row.settled_at, row.comment = (
        Draft.Outcome.RETURNED,
        actor,
        at,
        comment.strip(),
    )
    row.save(update_fields=("outcome", "settled_by", "settled_at", "comment"))
    _record(actor, "draft.returned", row, at)
    if row.prepared_by is not None:
        inbox.post(
            [row.prepared_by],
            telling.note("draft.returned", row.proceeding, row.step, comment=comment),
            at=at,
        )
    return row


def open_proceeding(
    process: str,
    *,
    case: Case | None,
    suspect: Suspect | None,
    parent: Proceeding | None,
    actor: User | None,
    at: datetime,
    confidentiality: int = 0,
) -> Proceeding:
    """Begin a procedure in its start state; who runs it follows from the role that starts it."""
    return opening.open_proceeding(
        process,
        case=case,
        suspect=suspect,
        parent=parent,
        actor=actor,
        at=at,
        confidentiality=confidentiality,
    )


@transaction.atomic
def begin(
    actor: User,
    process: str,
    step: str,
    *,
    case: Case | None,
    suspect: Suspect | None = None,
    facts: Mapping[str, object],
    at: datetime,
    confidentiality: int = 0,
) -> Step | Draft:
    """Open a procedure and take its first step at once; where the step is refused, nothing was opened.

    Without a case it is a matter of the Office, or of one organ: the actor's place says whose (`cases.sides`).
    `confidentiality` is the level of what it begins with, where that is higher than the case's.
    """
    proceeding = open_proceeding(
        process, case=case, suspect=suspect, parent=None, actor=actor, at=at, confidentiality=confidentiality
    )
    return take(actor, proceeding, step, facts=facts, at=at)


def choices(actor: User, proceeding: Proceeding, *, at: datetime) -> tuple[grammar.Choice, ...]:
    """What the person could do now, each step with every reason why not."""
    past = scope.history(proceeding, at)
    return grammar.available(proceeding.declared, past, actor_in(proceeding, actor, at))


def actor_in(proceeding: Proceeding, user: User, at: datetime) -> Actor:
    """The person as the grammar knows it: only the roles held at the organs of this matter count."""
    return actor_standing(standing(user, at), parties.of_proceeding(proceeding))


def actor_standing(who: Standing, held: parties.Parties) -> Actor:
    """As `actor_in`, for a standing that was read already; no query."""
    fitting = frozenset(
        role
        for role, organ in who.roles_at
        if (at_organ := held.organ_of(role)) is not None and at_organ.pk == organ
    )
    organ = ROLES[min(fitting)].organ if fitting else ""
    return Actor(
        id=str(who.user_id), roles=fitting, organ=organ, stands_for=frozenset(map(str, who.stands_for))
    )


def against_settling(
    actor: User, draft: Draft, proceeding: Proceeding, *, at: datetime
) -> tuple[Reason, ...]:
    """Every reason why the person may not approve or return the draft; whoever drafted may not."""
    reasons = []
    sources = proceeding.declared.step(draft.step).cited
    if draft.awaiting != Draft.Awaiting.APPROVER:
        reasons.append(Reason("approval:none", "this draft awaits no approval", "该文稿无需审批", sources))
    if draft.role not in actor_in(proceeding, actor, at).roles:
        role = ROLES[draft.role]
        reasons.append(Reason("role", f"reserved to {role.en}", f"只能由{role.zh}审批", sources))
    if draft.prepared_by_id == actor.pk:
        reasons.append(Reason(DESIGN.code, DESIGN.en, DESIGN.zh, sources))
    return tuple(reasons)


def typed(step: DeclaredStep, raw: Mapping[str, object]) -> dict[str, object]:
    """Read facts as they come from JSON or a form; raises Refused naming every field that cannot be read."""
    fields = {item.name: item for item in step.facts}
    values: dict[str, object] = {}
    faults = []
    for name, value in raw.items():
        if name not in fields:
            faults.append(
                Reason(f"field:{name}", f"the step knows no fact “{name}”", f"该步骤没有“{name}”这一项")
            )
            continue
        try:
            read = law_facts.read(fields[name], value)
        except law_facts.Unreadable as fault:
            faults.append(fault.reason)
            continue
        if read is not None:
            values[name] = read
    if faults:
        raise Refused(*faults)
    return values


def _locked(proceeding: Proceeding | UUID) -> Proceeding:
    key = proceeding.pk if isinstance(proceeding, Proceeding) else proceeding
    row = (
        Proceeding.objects.select_for_update(of=("self",))
        .select_related("case__police__parent", "case__procuratorate__parent__parent", "case__unit", "suspect__held_at",
                        "organisation__parent", "counterpart__parent", "parent")
        .filter(pk=key).first()
    )  # fmt: skip
    if row is None:
        raise NotVisible(f"proceeding {key}")
    return row


def _declared(row: Proceeding, step: str) -> DeclaredStep:
    try:
        return row.declared.step(step)
    except KeyError:
        raise Refused(
            *grammar.check(row.declared, step, scope.history(row, row.state_since), {}, row.state_since, None)
        ) from None


def _check(
    row: Proceeding,
    step: str,
    past: grammar.History,
    facts: Mapping[str, object],
    at: datetime,
    actor: Actor | None,
) -> None:
    reasons = grammar.check(row.declared, step, past, facts, at, actor)
    declared = row.declared.step(step)
    reasons += (*naming.faults(row, declared, facts, at), *listing.faults(row, declared, facts))
    if reasons:
        raise Refused(*reasons)


def _unchanged(row: Proceeding, seen_version: int | None) -> None:
    if seen_version is None or seen_version == row.version:
        return
    steps = {step.sequence: step for step in row.steps.select_related("actor").order_by("sequence")}
    raise Conflict(_version(row, steps, seen_version), _version(row, steps, row.version))


def _version(row: Proceeding, steps: Mapping[int, Step], number: int) -> Version:
    step = steps.get(number)
    state = step.to_state if step else row.declared.start.id
    return Version(number, state, step.name if step else "", str(step.actor or "") if step else "")


def _submit(
    actor: User,
    row: Proceeding,
    declared: DeclaredStep,
    facts: Mapping[str, object],
    at: datetime,
    *,
    level: int,
) -> Draft:
    """Keep the step as a draft that awaits the approver; it replaces an earlier draft of the same step."""
    role = declared.approval or ""
    organ = parties.of_proceeding(row).organ_of(role) or row.organisation
    row.drafts.filter(step=declared.id, outcome="").update(
        outcome=Draft.Outcome.SUPERSEDED, settled_by=actor, settled_at=at
    )
    draft = Draft.objects.create(
        proceeding=row, step=declared.id, facts={k: law_facts.plain(v) for k, v in facts.items()},
        awaiting=Draft.Awaiting.APPROVER, role=role, organisation=organ, prepared_by=actor, prepared_at=at,
        confidentiality=level,
    )  # fmt: skip
    _record(actor, "draft.submitted", draft, at)
    inbox.post(
        parties.people(role, parties.of_proceeding(row), at, level=level),
        telling.note("draft.awaiting_approval", row, declared.id),
        at=at,
    )
    return draft


def _open_draft(draft: Draft | UUID) -> Draft:
    key = draft.pk if isinstance(draft, Draft) else draft
    row = (
        Draft.objects.select_for_update(of=("self",))
        .select_related("proceeding", "prepared_by")
        .filter(pk=key)
        .first()
    )
    if row is None:
        raise NotVisible(f"draft {key}")
    if row.outcome != Draft.Outcome.OPEN:
        seen = Version(0, "open", row.step, str(row.prepared_by or ""))
        raise Conflict(seen, Version(1, row.outcome, row.step, str(row.settled_by or "")))
    return row


def _may_settle(actor: User, draft: Draft, proceeding: Proceeding, at: datetime) -> None:
    reasons = against_settling(actor, draft, proceeding, at=at)
    if reasons:
        raise Refused(*reasons)


def _record(actor: User, action: str, draft: Draft, at: datetime) -> None:
    row = draft.proceeding
    audit.record(
        actor, action, at=at, subject=audit.Subject("proceeding", row.pk, row.case_id, row.jurisdiction),
        organisation=draft.organisation, step=draft.step,
    )  # fmt: skip

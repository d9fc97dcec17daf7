"""The page on which a correction notice is written: the form beside the sheet as it will be printed.

The sheet is the one that the approval would print (`cases.papers.letters`); nothing is stored here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, cast

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext

from cases import scope, steps
from cases.models import Draft, Proceeding
from cases.papers import documents, letters
from coordination.components import Letter, Link
from coordination.law import facts as law_facts
from coordination.law import grammar
from coordination.law.catalogue import catalogue
from coordination.law.history import Reason
from coordination.law.processes import all_processes
from coordination.models import User
from coordination.reader import language
from supervision import opinions
from supervision.models import Finding
from supervision.opinions import Notice

CODE = "DOC-CORRECTION-NOTICE"
DRAFTING, SUBMITTED = "drafting", "submitted"


@dataclass(frozen=True, slots=True)
class Comment:
    """Why a draft was returned, by whom and when."""

    at: datetime
    person: str
    text: str


def crumbs(proceeding: Proceeding) -> tuple[Link, ...]:
    """The way to the page: from the case to the proceeding."""
    case = proceeding.case
    way = (Link(case.number, reverse("case", args=[case.pk])),) if case else ()
    title = proceeding.declared.name(language())
    return *way, Link(title, reverse("proceeding", args=[proceeding.pk])), Link(gettext("Draft"))


def findings(proceeding: Proceeding) -> list[tuple[str, str]]:
    """The findings that the notice may carry: those confirmed by its lead; without a lead, the whole catalogue."""
    confirmed = Finding.objects.filter(lead=proceeding.parent_id, decision=Finding.Decision.CONFIRMED)
    codes = list(confirmed.order_by("code").values_list("code", flat=True)) or list(catalogue().findings)
    kinds = [catalogue().findings[code] for code in codes]
    return [(kind.code, f"{kind.code} {kind.name(language())}") for kind in kinds]


def initial(proceeding: Proceeding) -> Mapping[str, object]:
    """What the form begins with: the draft that was returned, or else what the lead left."""
    last = proceeding.steps.filter(name="draft").order_by("-sequence").first()
    return _read(last.facts) if last else opinions.prefilled(proceeding)


def submitted(proceeding: Proceeding) -> Notice:
    """The notice as it was submitted last."""
    said = initial(proceeding)
    return Notice(
        codes=cast("tuple[str, ...]", said.get("findings", ())), facts=str(said.get("facts", "")),
        law=cast("tuple[str, ...]", said.get("law", ())), demand=str(said.get("demand", "")),
        reply_due_on=cast("Any", said.get("reply_due_on")),
    )  # fmt: skip


def comments(proceeding: Proceeding) -> tuple[Comment, ...]:
    """Every return of a draft of the notice, the latest first."""
    returned = proceeding.steps.filter(name="return_draft").select_related("actor")
    drafts = proceeding.drafts.filter(outcome=Draft.Outcome.RETURNED).select_related("settled_by")
    found = [
        Comment(step.recorded_at, str(step.actor or ""), str(step.facts.get("comment", "")))
        for step in returned
    ]
    found += [
        Comment(row.settled_at, str(row.settled_by or ""), row.comment) for row in drafts if row.settled_at
    ]
    return tuple(sorted(found, key=lambda comment: comment.at, reverse=True))


def missing(proceeding: Proceeding, notice: Notice, user: User, *, now: datetime) -> tuple[Reason, ...]:
    """What the law still asks of the notice: each part that is missing or cannot stand."""
    past = scope.history(proceeding, now)
    who = steps.actor_in(proceeding, user, now)
    reasons = grammar.check(proceeding.declared, "draft", past, facts_of(notice), now, who)
    return tuple(reason for reason in reasons if reason.code.startswith("field:"))


def letter(
    proceeding: Proceeding, notice: Notice, *, now: datetime, missing_parts: Iterable[Reason] = ()
) -> Letter:
    """The sheet as it will be printed when it is approved, and what is missing from it."""
    deciding = proceeding.declared.step("approve")
    written = proceeding.declared.step("draft")
    sheet = letters.ahead(proceeding, CODE, facts_of(notice), step=deciding, now=now, written=written)
    return replace(sheet, missing=tuple(reason.name(language()) for reason in missing_parts))


def pdf(proceeding: Proceeding, notice: Notice, *, now: datetime) -> bytes:
    """The draft as a PDF, marked as one and without a number; nothing is stored."""
    return documents.preview(
        proceeding, CODE, facts=facts_of(notice), written=proceeding.declared.step("draft"),
        organ=proceeding.organisation, on=localdate(now),
    )  # fmt: skip


def facts_of(notice: Notice) -> dict[str, object]:
    """The facts of the step as far as they are written."""
    said = {
        "findings": notice.codes, "facts": notice.facts, "law": notice.law, "demand": notice.demand,
        "reply_due_on": notice.reply_due_on,
    }  # fmt: skip
    return {name: value for name, value in said.items() if value}


def _read(facts: Mapping[str, object]) -> dict[str, object]:
    fields = {item.name: item for item in all_processes()[opinions.NOTICE].step("draft").facts}
    return {name: law_facts.read(fields[name], value) for name, value in facts.items() if name in fields}

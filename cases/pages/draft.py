"""What the page of a draft shows: what was submitted, the paper as it will print, and who may decide on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from cases import steps
from cases.models import Draft, Proceeding
from cases.pages import step as step_page
from cases.pages.step import StepShown
from cases.papers import documents, letters
from coordination.components import Letter, ReviewRow
from coordination.errors import NotVisible, Refused
from coordination.law.history import Reason
from coordination.law.procedure import Step as DeclaredStep
from coordination.law.zone import ZONE
from coordination.models import User


@dataclass(frozen=True, slots=True)
class PaperAhead:
    """A paper that the step will issue, as it would print now."""

    code: str
    letter: Letter


@dataclass(frozen=True, slots=True)
class DraftShown:
    """A draft; `reasons` say why the person may not decide on it."""

    draft: Draft
    row: Proceeding
    step: StepShown
    facts: tuple[ReviewRow, ...]
    papers: tuple[PaperAhead, ...]
    reasons: tuple[Reason, ...]
    cause: str


def shown(draft: Draft, *, user: User, now: datetime) -> DraftShown:
    """The draft for the person who opens it."""
    row = draft.proceeding
    declared = row.declared.step(draft.step)
    facts = known(declared, draft)
    is_open = draft.outcome == Draft.Outcome.OPEN
    papers = tuple(
        PaperAhead(code, letters.ahead(row, code, facts, step=declared, now=now))
        for code, when in declared.papers
        if when is None and is_open and code not in declared.on_paper(facts)
    )
    return DraftShown(
        draft=draft, row=row, step=step_page.beginning(row.declared, declared),
        facts=step_page.rows_of(declared.facts, facts, step_page.names_of(facts.values(), row.case)), papers=papers,
        reasons=steps.against_settling(user, draft, row, at=now) if is_open else (), cause=draft.cause,
    )  # fmt: skip


def known(declared: DeclaredStep, draft: Draft) -> Mapping[str, object]:
    """The facts of the draft in their types; those that cannot be read any more are left out."""
    try:
        return steps.typed(declared, draft.facts)
    except Refused as refused:
        bad = {reason.code.removeprefix("field:") for reason in refused.reasons}
        return steps.typed(declared, {name: raw for name, raw in draft.facts.items() if name not in bad})


def pdf(draft: Draft, code: str, *, now: datetime) -> bytes:
    """The paper that the step would issue, as a PDF marked as a draft; NotVisible for a paper it does not issue."""
    row = draft.proceeding
    declared = row.declared.step(draft.step)
    if code not in {paper for paper, _when in declared.papers}:
        raise NotVisible(code)
    organ = letters.issuer(row, declared)
    day = now.astimezone(ZONE).date()
    return documents.preview(row, code, facts=known(declared, draft), written=declared, organ=organ, on=day)

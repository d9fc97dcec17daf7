"""What the page of a step says beside its form: the law it rests on, what will follow, and why it may not be taken."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from cases import scope, steps
from cases.models import Case, Document, Draft, Proceeding
from cases.papers import letters
from cases.queries import reading
from coordination import policy
from coordination.components import Letter, ReviewRow
from coordination.law import facts as law_facts
from coordination.law import grammar, local
from coordination.law.catalogue import catalogue
from coordination.law.citation import Source
from coordination.law.facts import Field
from coordination.law.guards import GUARDS
from coordination.law.history import Reason
from coordination.law.procedure import Process
from coordination.law.procedure import Step as DeclaredStep
from coordination.law.processes import all_processes
from coordination.law.roles import ROLES
from coordination.law.rulebook import rulebook
from coordination.law.zone import ZONE
from coordination.models import Organisation, User
from coordination.reader import language, places

NO_ARTICLE = frozenset({"design", "practice"})
KEY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Consequence:
    """One kind of thing that follows from a step, each in words."""

    title: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StepShown:
    """A step as its page shows it. `reasons` are all that stands against it; `laid` a draft made ready for it."""

    process: Process
    step: DeclaredStep
    sources: tuple[Source, ...]
    guidance: str
    follows: tuple[Consequence, ...]
    reasons: tuple[Reason, ...] = ()
    laid: Draft | None = None
    letters: tuple[Letter, ...] = ()
    log_url: str = ""

    @property
    def approver(self) -> str:
        """The role that must approve, in words; nothing where none must."""
        return ROLES[self.step.approval].name(language()) if self.step.approval else ""


def shown(
    row: Proceeding, declared: DeclaredStep, *, actor: User, now: datetime, facts: Mapping[str, object]
) -> StepShown:
    """The step in its proceeding, for the person who opens it; `facts` are what is written so far."""
    own = policy.visible(actor, Draft, now=now).filter(proceeding=row, step=declared.id)
    laid = own.filter(outcome=Draft.Outcome.OPEN).select_related("prepared_by").first()
    reasons = against(row, declared, actor=actor, now=now)
    sheets = () if reasons else tuple(_letters(row, declared, facts, now))
    url = reading.step_url(row, declared) if declared.logged and row.case_id else ""
    return StepShown(
        row.declared,
        declared,
        _sources(declared),
        _guidance(declared),
        follows(declared),
        reasons,
        laid,
        sheets,
        url,
    )


def beginning(process: Process, declared: DeclaredStep) -> StepShown:
    """The first step of a procedure that has not begun."""
    return StepShown(process, declared, _sources(declared), _guidance(declared), follows(declared))


def against(row: Proceeding, declared: DeclaredStep, *, actor: User, now: datetime) -> tuple[Reason, ...]:
    """Every reason why the person cannot take the step now, its facts aside."""
    past = scope.history(row, now)
    who = steps.actor_in(row, actor, now)
    choice = next((one for one in grammar.available(row.declared, past, who) if one.step == declared), None)
    if choice is not None:
        return choice.reasons
    found = grammar.check(row.declared, declared.id, past, {}, now, who)
    return tuple(reason for reason in found if not reason.code.startswith("field:"))


def follows(declared: DeclaredStep) -> tuple[Consequence, ...]:
    """What the step brings: papers, clocks that start, stop or stand still, further procedures."""
    lang = language()
    always = declared.on_paper({item.name: True for item in declared.facts if item.required is True})
    issued = [(code, when) for code, when in declared.papers if code not in always]
    papers = [(catalogue().document(code).name(lang), when) for code, when in issued]
    sent = [catalogue().document(code).name(lang) for code in declared.sends]
    starts = [(_limit(start.limit, lang), start.when) for start in declared.started]
    opened = [(all_processes()[child.process].name(lang), child.when) for child in declared.opens]
    stops = (*declared.stops, *declared.stops_on_receipt)
    parts = (
        (gettext("Papers"), [_when(title, when, lang) for title, when in papers]),
        (gettext("Sent to the other desk"), sent),
        (gettext("Clocks that start"), [_when(title, when, lang) for title, when in starts]),
        (gettext("Clocks that stop"), [_limit(limit, lang) for limit in stops]),
        (gettext("Clocks that stand still"), [_limit(limit, lang) for limit in declared.suspends]),
        (gettext("Clocks that go on"), [_limit(limit, lang) for limit in declared.resumes]),
        (gettext("Periods extended"), [_limit(extend.limit, lang) for extend in declared.extends]),
        (gettext("Procedures that begin"), [_when(title, when, lang) for title, when in opened]),
    )
    return tuple(Consequence(title, tuple(dict.fromkeys(items))) for title, items in parts if items)


def rows_of(
    fields: Iterable[Field], facts: Mapping[str, object], names: Mapping[str, str]
) -> tuple[ReviewRow, ...]:
    """Facts as people read them: labels, options and names in the reader's language; `names` as `names_of` has them."""
    lang = language()
    return tuple(
        ReviewRow(_title(item.label(lang)), shown_fact(item, facts[item.name], names))
        for item in fields
        if facts.get(item.name) not in (None, "", (), [])
    )


def shown_fact(item: Field, raw: object, names: Mapping[str, str]) -> str:
    """One fact as people read it; `raw` as stored or in its type."""
    lang = language()
    try:
        value = law_facts.read(item, raw)
    except law_facts.Unreadable:
        return str(raw)
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, datetime):
        return f"{value.astimezone(ZONE):%Y-%m-%d %H:%M}"
    if isinstance(value, (list, tuple)):
        return "\n".join(names.get(str(one)) or _listed(item, str(one), lang) for one in value)
    if item.type == "enum":
        return item.option(str(value), lang)
    return names.get(str(value), str(value)) if item.type == "ref" else str(value)


def names_of(values: Iterable[object], case: Case | None) -> dict[str, str]:
    """The names of what references among the values point to, in three queries: people, organs, papers of the case.

    Records of other cases are not named, whoever asks.
    """
    lang = language()
    listed = (part for value in values for part in (value if isinstance(value, (list, tuple)) else (value,)))
    keys = {part for part in listed if isinstance(part, str) and KEY.fullmatch(part)}
    if not keys:
        return {}
    names = {str(case.pk): str(case)} if case is not None else {}
    names |= {str(row.pk): row.name for row in User.objects.filter(pk__in=keys)}
    names |= {str(row.pk): row.name(lang) for row in Organisation.objects.filter(pk__in=keys)}
    for paper in Document.objects.filter(pk__in=keys, case=case):
        names[str(paper.pk)] = f"{catalogue().document(paper.kind).name(lang)} {paper.number}".strip()
    return names


def _letters(
    row: Proceeding, declared: DeclaredStep, facts: Mapping[str, object], now: datetime
) -> Iterable[Letter]:
    for code, when in declared.papers:
        if when is None and code not in declared.on_paper(facts):
            yield letters.ahead(row, code, facts, step=declared, now=now)


def _listed(item: Field, value: str, lang: str) -> str:
    if item.among:
        known = local.item(item.among, value)
        return known.zh if lang.startswith("zh") else known.en
    kind = catalogue().findings.get(value)
    if kind is not None:
        return f"{value} {kind.name(lang)}"
    is_article = value.partition(" ")[0] in rulebook().laws
    return places((value,)) if is_article else value


def _limit(limit: str, lang: str) -> str:
    return rulebook().limit(limit).name(lang)


def _when(title: str, when: str | None, lang: str) -> str:
    """A thing that follows only under a condition; the guard says when it does not."""
    if when is None or when not in GUARDS:
        return title
    return gettext("%(title)s (unless %(condition)s)") % {
        "title": title,
        "condition": GUARDS[when].wording(lang),
    }


def _sources(declared: DeclaredStep) -> tuple[Source, ...]:
    return tuple(source for source in declared.cited if source.law not in NO_ARTICLE)


def _guidance(declared: DeclaredStep) -> str:
    return declared.guidance_zh if language().startswith("zh") and declared.guidance_zh else declared.guidance


def _title(words: str) -> str:
    return words[:1].upper() + words[1:]

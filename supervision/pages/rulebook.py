"""The rulebook as the templates show it: a search over the limits, and one limit with everything the data says of it.

Words of the closed vocabulary come from the rulebook itself; nothing is stated here that does not stand there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.utils.translation import gettext

from coordination.law import citing, local
from coordination.law.catalogue import catalogue
from coordination.law.citation import Source
from coordination.law.kinds import Area, FindingKind
from coordination.law.limit import Limit, Reading, Stage
from coordination.law.procedure import Process
from coordination.law.processes import all_processes
from coordination.law.rulebook import rulebook
from coordination.reader import language
from supervision.pages.rule_lines import NO_RULES, RuleLine, Rules, length

LANGUAGES = ("en", "zh")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Found:
    """A limit in the list of the search."""

    limit: Limit
    length: str
    area: Area | None
    certainty: str
    local: tuple[RuleLine, ...] = ()


@dataclass(frozen=True, slots=True)
class StageShown:
    """One length that a limit may have: what for, how long, how it is counted in, and who grants it."""

    ground: str
    length: str
    total: str
    how: str
    approver: str
    source: Source | None


@dataclass(frozen=True, slots=True)
class LimitShown:
    """Everything about one limit; `facts` are pairs of label and words, empty words left out."""

    limit: Limit
    length: str
    certainty: str
    is_norm: bool
    area: Area | None
    facts: tuple[tuple[str, str], ...]
    stages: tuple[StageShown, ...]
    readings: tuple[Reading, ...]
    overrun: str
    actions: tuple[str, ...]
    findings: tuple[FindingKind, ...]
    procedures: tuple[Process, ...]
    local: tuple[RuleLine, ...]
    is_open: bool


def search(text: str, rules: Rules = NO_RULES) -> tuple[Found, ...]:
    """Return the limits in which every word of `text` stands: titles, articles, events, notes, in both languages.

    An article, written "CPL 91", “刑诉法第91条” or “刑诉法91”, finds the limits that rest on it. An empty text finds
    all. Enabled limits stand first.
    """
    words, article = _folded(text).split(), _squeezed(text)
    limits = rulebook().limits.values()
    hits = [known for known in limits if article in _places(known.id)] if article else []
    hits = hits or [known for known in limits if all(word in _haystack(known.id) for word in words)]
    return tuple(found(known, rules) for known in sorted(hits, key=lambda known: not known.enabled))


def limit(limit_id: str, rules: Rules = NO_RULES) -> LimitShown:
    """Describe one limit; raises UnknownLimit."""
    book, lang = rulebook(), language()
    known = book.limit(limit_id)
    return LimitShown(
        limit=known,
        length=whole_length(known),
        certainty=_term("certainty", known.certainty),
        is_norm=known.is_norm,
        area=_area(known),
        facts=tuple((label, words) for label, words in _facts(known) if words),
        stages=tuple(_stage(stage) for stage in known.stages),
        readings=known.readings,
        overrun=book.term("overrun_label", known.overrun.label).name(lang),
        actions=tuple(_term("overrun_action", action) for action in known.overrun.actions),
        findings=tuple(
            catalogue().findings[code] for code in known.overrun.findings if code in catalogue().findings
        ),
        procedures=tuple(process for process in all_processes().values() if _starts(process, known)),
        local=rules.get(known.id, ()),
        is_open=local.is_open(known),
    )


def whole_length(known: Limit) -> str:
    """How long a limit is, in one line: its number, its first stage, or why it has none."""
    if known.duration:
        words = length(known.duration)
        earlier = gettext("%(one)s or %(other)s, whichever ends first")
        return earlier % {"one": words, "other": length(known.or_duration)} if known.or_duration else words
    first = next((stage for stage in known.stages if stage.duration), None)
    if first is not None:
        return gettext("%(length)s, can be more by stage") % {"length": length(first.duration)}
    return _term("duration_rule", known.duration_rule) if known.duration_rule else ""


def stage_words(stage: Stage) -> str:
    """A stage as one line: its ground and its length."""
    words = stage.name(language())
    return f"{words} · {length(stage.duration)}" if stage.duration else words


def party(name: str | None) -> str:
    """An organ or a person who owes or is owed, in words; nothing for nobody."""
    return _term("party", name) if name else ""


# ---- parts -----------------------------------------------------------------------------------------------------------


def _facts(known: Limit) -> Iterator[tuple[str, str]]:
    lang = language()
    yield gettext("Starts with"), _events(known.trigger)
    yield gettext("Owed by"), party(known.responsible)
    yield gettext("Owed to"), party(known.counterparty)
    yield gettext("Approved by"), _approver(known.approver)
    yield gettext("Kind of days"), _term("day_kind", known.day_kind)
    yield gettext("How it is counted"), _term("counting", known.counting)
    yield gettext("Direction"), _term("direction", known.direction) if known.direction != "forward" else ""
    yield gettext("Custody period"), _conditional(known.custodial, known.custodial_if)
    yield gettext("Moves past days off"), _conditional(known.rollover, known.rollover_if)
    yield gettext("Ends with"), _events(known.stops_on)
    yield gettext("Stands still from"), _events(known.suspends_on)
    yield gettext("Runs again from"), _events(known.resumes_on)
    yield gettext("Begins anew with"), _events(known.resets_on)
    yield gettext("Conditions"), known.conditions.name(lang) if known.conditions else ""
    yield gettext("Notes"), known.notes.name(lang) if known.notes else ""


def _events(names: tuple[str, ...]) -> str:
    lang = language()
    return gettext("; ").join(rulebook().event(name).name(lang) for name in names)


def _conditional(word: str, when: object) -> str:
    words = getattr(when, "name", None)
    return words(language()) if callable(words) else _term("yes_no", word)


def _approver(approver: str | None) -> str:
    return _term("approver", approver) if approver else ""


def _term(kind: str, word: str) -> str:
    return rulebook().term(kind, word).name(language())


def _stage(stage: Stage) -> StageShown:
    chosen = length(stage.duration)
    if stage.choose_from and stage.choose_from != stage.duration:
        chosen = gettext("%(shortest)s to %(longest)s") % {
            "shortest": length(stage.choose_from),
            "longest": chosen,
        }
    return StageShown(
        ground=stage.name(language()) if stage.ground else _term("stage_mode", "initial"),
        length=chosen or _term("duration_rule", "stated_in_document"),
        total=length(stage.total_from_anchor),
        how=_term("stage_mode", stage.mode),
        approver=_approver(stage.approver),
        source=stage.source,
    )


def found(known: Limit, rules: Rules = NO_RULES) -> Found:
    """A limit as a row of a list, with the local rules that the reader lives under."""
    words, certainty = whole_length(known), _term("certainty", known.certainty)
    return Found(known, words, _area(known), certainty, rules.get(known.id, ()))


def _area(known: Limit) -> Area | None:
    return catalogue().areas.get(known.area)


def _starts(process: Process, known: Limit) -> bool:
    return any(start.limit == known.id for step in process.steps for start in step.started)


# ---- what is searched ------------------------------------------------------------------------------------------------


@cache
def _haystack(limit_id: str) -> str:
    book = rulebook()
    known = book.limit(limit_id)
    names = (*known.trigger, *known.stops_on)
    events = [book.event(name) for name in names]
    texts = [known.notes, known.conditions, known.overrun.note]
    words = [known.id, known.en, known.zh, known.area, *(str(source) for source in known.sources)]
    words += [text.name(lang) for text in texts if text for lang in LANGUAGES]
    words += [event.name(lang) for event in events for lang in LANGUAGES]
    words += [
        one.short + one.full
        for source in known.sources
        for lang in LANGUAGES
        for one in citing.cited(source, lang)
    ]
    return _folded(" ".join(words))


@cache
def _places(limit_id: str) -> frozenset[str]:
    """The articles of a limit as people may type them: key or short name, with and without “第…条”."""
    return frozenset(
        _squeezed(form)
        for source in rulebook().limit(limit_id).sources
        for form in (str(source), *(one.short for lang in LANGUAGES for one in citing.cited(source, lang)))
    )


def _folded(text: str) -> str:
    return _SPACES.sub(" ", text.casefold()).strip()


def _squeezed(text: str) -> str:
    return _SPACES.sub("", text.casefold()).replace("第", "").replace("条", "")

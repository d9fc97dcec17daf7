"""What can be wrong with a limit as written: one sentence for each fault, none for a sound one.

Only checks; `rulebook.py` reads the data and refuses it when anything is found here.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from coordination.law.limit import Limit, Stage
from coordination.law.periods import Period, period

if TYPE_CHECKING:
    from coordination.law.rulebook import Rulebook

AREAS = frozenset(
    (
        *("SUP-DUTY", "SUP-NORM", "SUP-EFFECT", "SUP-LINK", "COOP-HEAR", "COOP-JOINT", "COOP-FLOW"),
        *("COOP-COUNTER", "COOP-ANALYSIS", "COOP-MEETING", "COOP-TRAIN", "INFO-SHARE", "INFO-BULLETIN"),
        *("INFO-BIGDATA", "procedure"),
    )
)

_KEYS = {
    "limit": frozenset(
        (
            *("en", "zh", "sources", "certainty", "enabled", "confirm_first", "configurable", "ceiling"),
            "same_as",
            *("mechanism", "area", "responsible", "counterparty", "approver", "trigger", "runs_back_to"),
            *("started_by", "duration", "or_duration", "duration_rule", "bounded_by", "day_kind", "counting"),
            *("direction", "custodial", "rollover", "stops_on", "suspends_on", "resumes_on", "resets_on"),
            *("overrun_label", "overrun_actions", "may_suggest", "overrun_note_en", "overrun_note_zh"),
            *("conditions_en", "conditions_zh", "notes_en", "notes_zh", "stages", "readings"),
        )
    ),
    "stages": frozenset(
        (
            *("id", "mode", "anchor", "only", "duration", "choose_from", "total_from_anchor", "repeatable"),
            *("ground_en", "ground_zh", "approver", "source"),
        )
    ),
    "readings": frozenset(
        (
            *("id", "default", "reading_en", "reading_zh", "basis", "why_en", "why_zh"),
            *("duration", "duration_rule", "counting", "trigger"),
        )
    ),
}


_NEEDED = {
    "limit": frozenset(
        (
            *(
                "en",
                "zh",
                "sources",
                "certainty",
                "mechanism",
                "area",
                "responsible",
                "trigger",
                "started_by",
            ),
            *(
                "day_kind",
                "counting",
                "custodial",
                "rollover",
                "stops_on",
                "overrun_label",
                "overrun_actions",
            ),
        )
    ),
    "stages": frozenset(("id", "mode")),
    "readings": frozenset(("id", "reading_en", "reading_zh", "basis", "why_en", "why_zh")),
}


def missing_keys(table: Mapping[str, Any]) -> Iterator[str]:
    """Yield the keys a limit's table must have and has not, a translation where the other language is given too."""
    rows = [("", "limit", table)]
    rows += [(f"{part}.", part, row) for part in ("stages", "readings") for row in table.get(part, ())]
    for prefix, part, row in rows:
        yield from (prefix + key for key in _NEEDED[part] - row.keys())
        yield from (
            f"{prefix}{key[:-3]}_zh" for key in row if key.endswith("_en") and f"{key[:-3]}_zh" not in row
        )


def unknown_keys(table: Mapping[str, Any]) -> Iterator[str]:
    """Yield the keys of a limit's table that nobody reads: a misspelt key must not be silent."""
    yield from table.keys() - _KEYS["limit"]
    for part in ("stages", "readings"):
        for row in table.get(part, ()):
            yield from (f"{part}.{key}" for key in row.keys() - _KEYS[part])


def limit_faults(limit: Limit, known: "Rulebook") -> Iterator[str]:
    """Yield every fault of `limit`, each as a sentence that names it."""
    checks = (_words, _citations, _events, _length, _stages, _readings, _custody)
    for check in checks:
        for fault in check(limit, known):
            yield f"{limit.id}: {fault}"


def _words(limit: Limit, known: "Rulebook") -> Iterator[str]:
    words = [
        ("certainty", limit.certainty),
        ("mechanism", limit.mechanism),
        ("day_kind", limit.day_kind),
        ("counting", limit.counting),
        ("direction", limit.direction),
        ("duration_rule", limit.duration_rule),
        ("yes_no", limit.custodial),
        ("yes_no", limit.rollover),
        ("party", limit.responsible),
        ("party", limit.counterparty),
        ("approver", limit.approver),
        ("overrun_label", limit.overrun.label),
        *(("overrun_action", action) for action in limit.overrun.actions),
        *(("stage_mode", stage.mode) for stage in limit.stages),
        *(("approver", stage.approver) for stage in limit.stages),
        *(("only", stage.only) for stage in limit.stages),
        *(("duration_rule", reading.duration_rule) for reading in limit.readings),
        *(("counting", reading.counting) for reading in limit.readings),
    ]
    for kind, word in words:
        if word is not None and word not in known.terms[kind]:
            yield f"{word!r} is no {kind}"
    if limit.area not in AREAS:
        yield f"{limit.area!r} is no area"
    if not (limit.en and limit.zh):
        yield "a title is missing"
    if limit.enabled and limit.certainty == "unverified":
        yield "an unverified limit must stay disabled"
    if limit.same_as is not None and limit.same_as not in known.limits:
        yield f"same_as names no limit: {limit.same_as}"
    if limit.ceiling is not None:
        above = known.limits.get(limit.ceiling)
        if above is None or above.is_norm or not above.enabled or not (limit.configurable and above.duration):
            yield f"ceiling must be a statutory limit with a number, above a configurable one: {limit.ceiling}"


def _citations(limit: Limit, known: "Rulebook") -> Iterator[str]:
    if not limit.sources:
        yield "has no source"
    cited = [*limit.sources, *(stage.source for stage in limit.stages if stage.source)]
    for source in cited:
        if source.law not in known.laws:
            yield f"cites an unknown law: {source}"


def _events(limit: Limit, known: "Rulebook") -> Iterator[str]:
    named: list[Collection[str]] = [
        *(limit.trigger, limit.stops_on, limit.suspends_on, limit.resumes_on, limit.resets_on),
        *(reading.trigger for reading in limit.readings),
        *((event, *to) for event, to in limit.runs_back_to),
        [stage.anchor for stage in limit.stages if stage.anchor],
    ]
    for event in (event for events in named for event in events):
        if event not in known.events:
            yield f"names an unknown event: {event}"
    if not limit.trigger or not limit.started_by:
        yield "nothing starts it"
    if bool(limit.suspends_on) != bool(limit.resumes_on):
        yield "is suspended and never resumed, or the other way round"
    if limit.bounded_by and limit.bounded_by not in known.events and limit.bounded_by not in known.limits:
        yield f"is bounded by neither an event nor a limit: {limit.bounded_by}"


def _length(limit: Limit, known: "Rulebook") -> Iterator[str]:
    given = [bool(limit.duration), bool(limit.stages), bool(limit.duration_rule)]
    if given.count(True) != 1:
        yield "needs exactly one of duration, stages, duration_rule"
    if (limit.duration_rule in ("before_event", "within_limit")) != bool(limit.bounded_by):
        yield "before_event and within_limit need bounded_by, and nothing else has it"
    texts = [limit.duration, limit.or_duration]
    texts += [
        text
        for stage in limit.stages
        for text in (stage.duration, stage.choose_from, stage.total_from_anchor)
    ]
    texts += [reading.duration for reading in limit.readings]
    for text in texts:
        if text is not None and _period(text) is None:
            yield f"not a period: {text!r}"
    if limit.counting == "none" and limit.duration_rule is None:
        yield "counts nothing and has a number"


def _period(text: str) -> Period | None:
    try:
        return period(text)
    except ValueError:
        return None


def _stages(limit: Limit, known: "Rulebook") -> Iterator[str]:
    ids = [stage.id for stage in limit.stages]
    if len(set(ids)) != len(ids):
        yield "two stages have the same id"
    if limit.stages and limit.stages[0].mode != "initial":
        yield "the first stage must be initial"
    total = Period()
    for stage in limit.stages:
        if stage.mode == "own_anchor" and not stage.anchor:
            yield f"stage {stage.id} runs from its own event and names none"
        if stage.duration is None:
            continue
        total = _total(total, stage)
        if stage.total_from_anchor and period(stage.total_from_anchor) != total:
            yield f"stage {stage.id}: the total from the anchor would be {total}, not {stage.total_from_anchor}"
        if stage.choose_from and not period(stage.choose_from).within(
            period(stage.choose_from), period(stage.duration)
        ):
            yield f"stage {stage.id}: choose_from is not shorter than the duration"


def _total(before: Period, stage: Stage) -> Period:
    length = period(stage.duration or "P0D")
    return before.plus(length) if stage.mode == "adds" else length


def _readings(limit: Limit, known: "Rulebook") -> Iterator[str]:
    ids = [reading.id for reading in limit.readings]
    if len(set(ids)) != len(ids):
        yield "two readings have the same id"
    if limit.readings and [reading.default for reading in limit.readings].count(True) != 1:
        yield "exactly one reading must be the default"
    for reading in limit.readings:
        if reading.default and limit.under(reading) is not limit:
            yield f"the default reading {reading.id} changes the limit: write the change into the limit"


def _custody(limit: Limit, known: "Rulebook") -> Iterator[str]:
    if limit.custodial == "yes" and limit.rollover != "no":
        yield "a custody period may never roll over (CPL 105)"
    if limit.custodial == "conditional" and limit.rollover == "yes":
        yield "rolls over while the suspect is in custody (CPL 105)"

"""What one time limit says: its number, its stages, its readings, what starts, stops and follows it.

Declarations only. `rulebook.py` reads them from `limits/*.toml` and validates them, `clock.py` computes with
them. The words a field may hold are in `vocabulary.toml`.
"""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from coordination.law.citation import Source


class Text(NamedTuple):
    """One sentence of the rulebook in both languages."""

    en: str
    zh: str

    def name(self, lang: str) -> str:
        """Return the Chinese text for a language tag that starts with "zh", else the English one."""
        return self.zh if lang.startswith("zh") else self.en

    def __str__(self) -> str:
        return self.en


_CUSTODIAL_IF = Text(
    "the suspect is in custody at any time during the period",
    "期限内任何时间犯罪嫌疑人在押",
)
_ROLLOVER_IF = Text(
    "moves to the next working day only when the suspect is at liberty on the last day",
    "仅在最后一日犯罪嫌疑人未在押时，顺延至节假日后的第一个工作日",
)


@dataclass(frozen=True, slots=True)
class Stage:
    """One length a limit may have, and who may grant it.

    `duration` is what this stage gives, `total_from_anchor` what the whole period then is, both ISO-8601;
    `choose_from` the shortest value the approver may set (None: nothing to choose). `only` picks between
    several initial stages by the suspect's custody. A stage without `duration` has its end stated by the
    decision that grants it.
    """

    id: str
    mode: str
    duration: str | None = None
    choose_from: str | None = None
    total_from_anchor: str | None = None
    anchor: str | None = None
    only: str | None = None
    repeatable: bool = False
    ground: Text | None = None
    approver: str | None = None
    source: Source | None = None

    def name(self, lang: str) -> str:
        """Return the ground for this stage in words, or its id where the law names no ground."""
        return self.ground.name(lang) if self.ground else self.id


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a text, and what it changes in the limit; the default reading changes nothing."""

    id: str
    reading: Text
    basis: str
    why: Text
    default: bool = False
    duration: str | None = None
    duration_rule: str | None = None
    counting: str | None = None
    trigger: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Overrun:
    """What the law or this house foresees once the limit has run out, and which findings it may suggest."""

    label: str
    actions: tuple[str, ...]
    findings: tuple[str, ...] = ()
    note: Text | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Limit:
    """One time limit. Compared by identity: there is one of each id, in the rulebook.

    `duration` (ISO-8601) is None where `stages` or `duration_rule` apply; where `or_duration` is given too,
    the earlier end counts. `custodial` and `rollover` are "yes", "no" or "conditional" (on custody). `ceiling`
    is the statutory limit that a local rule for this one may never outlast.
    """

    id: str
    en: str
    zh: str
    sources: tuple[Source, ...]
    certainty: str
    mechanism: str
    area: str
    responsible: str
    trigger: tuple[str, ...]
    started_by: tuple[str, ...]
    day_kind: str
    counting: str
    custodial: str
    rollover: str
    stops_on: tuple[str, ...]
    overrun: Overrun
    duration: str | None = None
    or_duration: str | None = None
    duration_rule: str | None = None
    bounded_by: str | None = None
    direction: str = "forward"
    suspends_on: tuple[str, ...] = ()
    resumes_on: tuple[str, ...] = ()
    resets_on: tuple[str, ...] = ()
    runs_back_to: tuple[tuple[str, tuple[str, ...]], ...] = ()
    stages: tuple[Stage, ...] = ()
    readings: tuple[Reading, ...] = ()
    counterparty: str | None = None
    approver: str | None = None
    same_as: str | None = None
    conditions: Text | None = None
    notes: Text | None = None
    enabled: bool = True
    confirm_first: bool = False
    configurable: bool = False
    ceiling: str | None = None

    def __str__(self) -> str:
        return self.id

    def name(self, lang: str) -> str:
        """Return the title in the language asked for."""
        return self.zh if lang.startswith("zh") else self.en

    @property
    def is_norm(self) -> bool:
        """Whether the number is this house's or local practice, never to be shown as law (C20)."""
        return self.certainty in ("design", "practice")

    @property
    def needs_stated(self) -> bool:
        """Whether the end must be stated by the document, schedule or target that starts the limit."""
        return self.duration_rule in ("stated_in_document", "promptly", "local_schedule")

    @property
    def has_no_end(self) -> bool:
        """Whether no end can be known when the limit starts: it runs until another event or limit ends it."""
        return self.duration_rule in ("unlimited", "before_event", "within_limit", "unspecified")

    @property
    def custodial_if(self) -> Text | None:
        """When a conditional limit is a custody period, in words."""
        return _CUSTODIAL_IF if self.custodial == "conditional" else None

    @property
    def rollover_if(self) -> Text | None:
        """When a conditional limit moves past holidays, in words."""
        return _ROLLOVER_IF if self.rollover == "conditional" else None

    def rolls_over(self, in_custody: bool) -> bool:
        """Tell whether a last day that is not a working day moves to the next one (C7, C8, C9)."""
        return self.rollover == "yes" or (self.rollover == "conditional" and not in_custody)

    def is_custodial(self, in_custody: bool) -> bool:
        """Tell whether the period is custody, or legitimises it (C8)."""
        return self.custodial == "yes" or (self.custodial == "conditional" and in_custody)

    def stage(self, stage_id: str) -> Stage | None:
        """Return the stage of this id, or None where the limit has no such stage."""
        return next((stage for stage in self.stages if stage.id == stage_id), None)

    @property
    def own_anchors(self) -> tuple[str, ...]:
        """The events from which stages of the limit are counted that do not run from its own beginning."""
        return tuple(stage.anchor for stage in self.stages if stage.mode == "own_anchor" and stage.anchor)

    def reading(self, reading_id: str) -> Reading | None:
        """Return the reading of this id, or None where the texts on this limit have no such reading."""
        return next((reading for reading in self.readings if reading.id == reading_id), None)

    def under(self, reading: Reading) -> "Limit":
        """Return this limit as `reading` has it; the same object where the reading changes no number."""
        return _under(self, reading)


@lru_cache(maxsize=256)
def _under(limit: Limit, reading: Reading) -> Limit:
    changed = replace(limit, trigger=reading.trigger or limit.trigger)
    if reading.counting:
        changed = replace(changed, counting=reading.counting)
    if reading.duration_rule:
        return replace(
            changed, duration=None, or_duration=None, stages=(), duration_rule=reading.duration_rule
        )
    if reading.duration:
        return replace(changed, duration=reading.duration, or_duration=None)
    if reading.trigger or reading.counting:
        return changed
    return limit

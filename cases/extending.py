"""Granting a stage to a clock that runs: by a step, or by a decision on paper that an entry names.

A stage is always counted from the limit's own beginning (C11); what the law allows is for the clock to say.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Prefetch

from cases import clocks, scope
from cases.models import Deadline, EventEntry, Extension, Step
from cases.models.clock import STANDING_GRANT
from cases.scope import Scope
from coordination.errors import Refused
from coordination.law.grammar import Granted
from coordination.law.history import Reason
from coordination.law.limit import Limit, Stage
from coordination.law.rulebook import rulebook
from coordination.law.stages import choice

STANDING_GRANTS = Prefetch(
    "extensions", Extension.objects.filter(STANDING_GRANT).order_by("granted_at", "pk")
)
GRANTED_LATER = frozenset({"adds", "replaces"})
"""How a stage that is granted to a running clock acts; the others hold from the beginning, or from their own event."""


def extend(where: Scope, granted: Iterable[Granted], *, step: Step, at: datetime) -> None:
    """Grant stages to running clocks. Raises Refused where none runs, it has expired, or the stage is unknown."""
    for grant in granted:
        rule = rulebook().limit(grant.limit)
        row = running(where, grant.limit)
        if row is None:
            raise Refused(not_running(rule))
        stage = rule.stage(grant.stage)
        if stage is None or stage.mode != "own_anchor":
            _check_open(row, step.occurred_at)
        value = f"P{grant.days}D" if grant.days is not None else ""
        Extension.objects.create(
            deadline=row,
            stage=grant.stage,
            value=_stage_value(rule, grant.stage, value),
            granted_at=at,
            step=step,
        )
        clocks.rewind_one(row, at=at)


def check_on_paper(entry: EventEntry) -> None:
    """Raise Refused unless the clock of the entry runs, ran when it was decided, and lacks the stage."""
    rule = rulebook().limit(entry.limit)
    row = _named(entry)
    if row is None:
        raise Refused(not_running(rule))
    if _named(entry, place=1) is not None:
        en, zh = (
            f"several clocks of “{rule.en}” run here; extend it in its procedure",
            f"“{rule.zh}”有多个期限在计算，应当在相应程序中延长",
        )
        raise Refused(Reason("field:limit", en, zh, rule.sources))
    if entry.at < row.started_at:
        en, zh = "the decision lies before the beginning of the period", "决定时间早于期限起算时间"
        raise Refused(Reason("field:at", en, zh, rule.sources))
    if entry.corrects is not None:
        return
    _check_open(row, entry.at)
    granted = row.extensions.filter(STANDING_GRANT)
    if entry.stage not in {stage.id for stage in grantable(rule, granted)}:
        en, zh = "this extension, or a later one, is on record already", "该延长或者其后的延长已经登记"
        raise Refused(Reason("field:stage", en, zh, rule.sources))


def extend_on_paper(entry: EventEntry, *, at: datetime) -> None:
    """Grant the stage of an entry, as of its decision, to the running clock that it names; a correction replaces it."""
    row = _named(entry)
    if row is None:
        raise Refused(not_running(rulebook().limit(entry.limit)))
    Extension.objects.create(
        deadline=row, stage=entry.stage, value=entry.value, granted_at=entry.at, entry=entry
    )
    clocks.rewind_one(row, at=at)


def running(where: Scope, limit: str) -> Deadline | None:
    """The clock of the limit that runs in the scope, if any."""
    return next((row for row in scope.running(where) if row.limit == limit), None)


def is_granted(entry: EventEntry) -> bool:
    """Whether the clock of the entry has the stage: a step that followed the entry has granted it."""
    row = _named(entry)
    return row is not None and row.extensions.filter(STANDING_GRANT, stage=entry.stage).exists()


def _named(entry: EventEntry, *, place: int = 0) -> Deadline | None:
    """The running clock that the entry names: of that very person, or of the case as a whole where it names nobody."""
    rows = Deadline.objects.filter(
        case=entry.case, suspect=entry.suspect, limit=entry.limit, stopped_at__isnull=True
    )
    return rows.order_by("started_at", "pk")[place : place + 1].first()


def grantable(rule: Limit, granted: Iterable[Extension]) -> tuple[Stage, ...]:
    """The stages that may still be granted to a clock: those that the law has behind the last one granted."""
    given = {grant.stage for grant in granted}
    last = max((place for place, stage in enumerate(rule.stages) if stage.id in given), default=-1)
    return tuple(
        stage
        for place, stage in enumerate(rule.stages)
        if stage.mode in GRANTED_LATER and (place > last or (place == last and stage.repeatable))
    )


def paper_faults(name: str, stage_id: str, value: str) -> tuple[list[Limit], list[Reason]]:
    """The limit extended on paper, and what stands against the stage; whether it fits now is for the clock to say."""
    limit = rulebook().limits.get(name)
    if limit is None:
        en, zh = f"there is no limit “{name}”", f"没有“{name}”这一期限"
        return [], [Reason("field:limit", en, zh)]
    stage = next((one for one in grantable(limit, ()) if one.id == stage_id), None)
    if stage is None:
        en, zh = "cannot be extended by such a stage", "没有可以批准的这一延长"
        return [limit], [Reason("field:stage", f"“{limit.en}” {en}", f"“{limit.zh}”{zh}", limit.sources)]
    if choice(stage) is not None and not value:
        en, zh = "say how long it was granted", "应当载明批准的时长"
        return [limit], [
            Reason("field:value", f"“{stage.name('en')}”: {en}", f"“{stage.name('zh')}”：{zh}", limit.sources)
        ]
    return [limit], []


def not_running(rule: Limit) -> Reason:
    """Say that no clock of the limit runs."""
    return Reason("extend:not_running", f"“{rule.en}” is not running", f"“{rule.zh}”未在计算", rule.sources)


def _check_open(row: Deadline, decided_at: datetime) -> None:
    if row.fires_at > decided_at:
        return
    rule = row.rule
    en = f"“{rule.en}” had already expired; an expired period cannot be extended"
    raise Refused(Reason("extend:expired", en, f"“{rule.zh}”已经届满，不能延长", rule.sources))


def _stage_value(rule: Limit, stage: str, total: str) -> str:
    """The part of a chosen total that the stage itself adds: seven days in all are three and four."""
    if not total:
        return ""
    chosen = next((known for known in rule.stages if known.id == stage), None)
    if chosen is None or chosen.mode != "adds":
        return total
    base = next(known for known in rule.stages if known.mode == "initial")
    return f"P{int(total[1:-1]) - int((base.duration or 'P0D')[1:-1])}D"

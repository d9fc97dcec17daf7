"""Looks at every word that a procedure uses: whatever it names must be declared somewhere."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from coordination.law import labels
from coordination.law.catalogue import Catalogue
from coordination.law.catalogue_faults import CERTAINTIES
from coordination.law.facts import REQUIRED_IF, TYPES, Field
from coordination.law.guards import GUARDS
from coordination.law.kinds import ActivityKind
from coordination.law.limit import Limit
from coordination.law.local import local_lists
from coordination.law.procedure import Logged, Open, Process, Start, Step
from coordination.law.roles import ORGANS, ROLES
from coordination.law.rulebook import Rulebook
from coordination.law.rung import NotAnOffset, Rung
from coordination.law.stages import choice

SUBJECTS = frozenset({"case", "suspect", "office", "none"})
ENDINGS = frozenset({"runs_on", "lapses", "disabled"})


@dataclass(frozen=True, slots=True)
class Words:
    """Everything that a procedure may name."""

    processes: tuple[Process, ...]
    rulebook: Rulebook
    catalogue: Catalogue
    pending: frozenset[str]

    @property
    def procedures(self) -> frozenset[str]:
        """Procedures that are declared or still to come."""
        return self.pending.union(process.id for process in self.processes)

    def inherited(self, process: Process) -> frozenset[str]:
        """Return the clocks that other procedures may have started in its thread: those that open it, or it opens."""
        sharing = [
            other
            for other in self.processes
            if (other.thread == "inherit" and other.id in self._opened_by(process))
            or (process.thread == "inherit" and process.id in self._opened_by(other))
        ]
        return frozenset(start.limit for other in sharing for step in other.steps for start in step.started)

    @staticmethod
    def _opened_by(process: Process) -> frozenset[str]:
        return frozenset(child.process for step in process.steps for child in step.opens)


def unknown(what: str, names: Iterable[str | None], known: Iterable[str]) -> Iterator[str]:
    """Yield a sentence for each of the names that is not known; None names nothing."""
    allowed = frozenset(known)
    return (f"unknown {what} {name!r}" for name in names if name is not None and name not in allowed)


def word_faults(process: Process, words: Words) -> Iterator[tuple[str, str]]:
    """Yield (where, what is wrong) for every word of the procedure."""
    book, kinds = words.rulebook, words.catalogue
    asked = {item.name for step in process.steps for item in step.facts}
    heads = (
        *unknown("fact", process.titled_by, asked),
        *unknown("area", (process.area,), kinds.areas),
        *unknown("subject", (process.subject,), SUBJECTS),
        *unknown("role", (process.initiator,), ROLES),
        *unknown("register", process.registers, kinds.registers),
        *unknown("procedure", filter(None, (process.variant_of,)), words.procedures),
        *unknown("limit", (entry.limit for entry in process.open_at_end), book.limits),
        *unknown("seen_by", (process.seen_by,), _seers(process)),
    )
    yield from (("head", text) for text in heads)
    for state in process.states:
        if bool(state.note) != bool(state.note_zh):
            yield state.id, "its note stands in one language only"
    for entry in process.open_at_end:
        yield from ((entry.limit, text) for text in _ending_faults(entry.reason, words))
    for step in process.steps:
        checks = (
            _step_words(step, words),
            _people_faults(process, step),
            *(_child_faults(process, child, words) for child in step.opens),
            _limit_faults(process, step, words),
            _extend_faults(step, words),
            _fact_faults(process, step),
            _logged_faults(step, words),
            *(_first_step_faults(step, child, words) for child in step.opens),
        )
        yield from ((step.id, text) for check in checks for text in check)
    for rung in process.escalation:
        yield from ((rung.key, text) for text in _rung_faults(process, rung, words))


def document_faults(words: Words) -> Iterator[tuple[str, str]]:
    """Yield (document, what is wrong) where the catalogue and the declared steps disagree on who issues it."""
    declared = {process.id: process for process in words.processes}
    issued: dict[str, set[str]] = {}
    for process in words.processes:
        for step in process.steps:
            for code, _ in step.papers:
                issued.setdefault(code, set()).add(f"{process.variant_of or process.id}.{step.id}")
    for code, kind in words.catalogue.documents.items():
        places = {place: place.partition(".")[0] for place in kind.issued_in}
        for place, owner in places.items():
            if owner not in words.procedures:
                yield code, f"is issued in the unknown procedure {owner!r}"
            elif owner in declared and place not in issued.get(code, set()):
                yield code, f"is not issued in {place}"
        for place in sorted(issued.get(code, set()) - places.keys()):
            yield code, f"is issued in {place}, which the catalogue does not say"


def _seers(process: Process) -> set[str]:
    return {"both", "initiator", *(f"after:{state.id}" for state in process.states)}


def _ending_faults(reason: str, words: Words) -> Iterator[str]:
    kind, _, heir = reason.partition(":")
    if kind == "handed_over":
        yield from unknown("procedure", (heir,), words.procedures)
    else:
        yield from unknown("ending", (kind,), ENDINGS)


def _step_words(step: Step, words: Words) -> Iterator[str]:
    book, kinds = words.rulebook, words.catalogue
    limits = (
        *(start.limit for start in step.started),
        *step.stops,
        *step.stops_on_receipt,
        *step.reopens,
        *step.suspends,
        *step.resumes,
        *step.after_expiry_of,
        *step.blocked_while_running,
        *(extend.limit for extend in step.extends),
        *(limit for emit in step.emitted for limit in emit.end_of),
        *(limit for start in step.started for limit in start.within),
    )
    conditions = (
        *step.guards,
        *(emit.when for emit in step.emitted),
        *(start.when for start in step.started),
        *(extend.when for extend in step.extends),
        *(child.when for child in step.opens),
        *(when for _, when in step.papers),
    )
    events = (*(emit.event for emit in step.emitted), *step.on_event)
    yield from unknown("role", (step.role, *step.also, step.approval), ROLES)
    yield from unknown("certainty", (step.certainty,), CERTAINTIES)
    yield from unknown("limit", limits, book.limits)
    yield from unknown("guard", conditions, GUARDS)
    yield from unknown("event", events, book.events)
    yield from unknown("law", (source.law for source in step.sources), book.laws)
    yield from unknown("document", (*(code for code, _ in step.papers), *step.sends), kinds.documents)
    yield from unknown("procedure", (child.process for child in step.opens), words.procedures)
    yield from unknown("fact", (fact for _, fact in step.numbers), {item.name for item in step.facts})
    if bool(step.guidance) != bool(step.guidance_zh):
        yield "guidance stands in one language only"


def _people_faults(process: Process, step: Step) -> Iterator[str]:
    """Whoever is named is named by a fact or a step, is asked for a step of the new state, or is an organ beyond."""
    named = {item.name for other in process.steps for item in other.facts}
    yield from unknown("fact or step", step.named_by, named | {other.id for other in process.steps})
    reached = {step.target(state) for state in step.from_}
    for lays in step.lays:
        if not any(other.id == lays and reached.intersection(other.from_) for other in process.steps):
            yield f"lays {lays!r} ready, which does not leave from there"
    yield from unknown("organ", step.opens_to, ORGANS.keys() - {"police", "procuratorate", "system"})


def _child_faults(process: Process, child: Open, words: Words) -> Iterator[str]:
    """What a proceeding begins with: an item of a list, laid ready as a fact of a first step."""
    lists = {item.name for step in process.steps for item in step.facts if item.type == "list"}
    yield from unknown("list", (child.each,), lists)
    if (child.lays is None and child.paced_by is None) != (child.fact is None):
        yield f"the step and the fact laid ready in {child.process} go together"
    opened = next((one for one in words.processes if one.id == child.process), None)
    if opened is None or child.lays is None:
        return
    first = {step.id: step for step in opened.steps_from(opened.start.id)}
    yield from unknown(f"first step of {child.process}", (child.lays,), first)
    if child.lays in first:
        facts = (item.name for item in first[child.lays].facts)
        yield from unknown(f"fact of {child.process}.{child.lays}", (child.fact,), facts)


def _first_step_faults(step: Step, child: Open, words: Words) -> Iterator[str]:
    """A first step that is taken at once leaves from the start, needs no approval and gets every fact it asks for."""
    opened = next((one for one in words.processes if one.id == child.process), None)
    if opened is None or child.takes is None:
        return
    first = next((one for one in opened.steps_from(opened.start.id) if one.id == child.takes), None)
    if first is None:
        yield f"takes {child.process}.{child.takes}, which is no first step"
        return
    if first.approval is not None:
        yield f"takes {child.process}.{child.takes}, which needs an approval of its own"
    paced = {child.fact} if child.paced_by else set()
    yield from unknown("limit", (child.paced_by,), words.rulebook.limits)
    yield from unknown("day of a turn", paced, (item.name for item in first.facts if item.type == "date"))
    brought = {item.name for item in step.facts} | {name for name, _ in child.given} | paced
    missing = [item.name for item in first.facts if item.required is True and item.name not in brought]
    if missing:
        yield f"takes {child.process}.{child.takes} without the facts {', '.join(missing)}"


def _limit_faults(process: Process, step: Step, words: Words) -> Iterator[str]:
    """A limit is started by its own event, enabled, and has its date stated where the law gives no number."""
    closing = {entry.limit for entry in process.open_at_end if entry.reason == "disabled"}
    happening = {*(emit.event for emit in step.emitted), *step.on_event}
    for start in step.started:
        limit = words.rulebook.limits.get(start.limit)
        if limit is None:
            continue
        if not limit.enabled and limit.id not in closing:
            yield f"starts {limit.id}, which is disabled"
        if happening.isdisjoint(limit.trigger):
            yield f"starts {limit.id}, but none of its events happens here"
        dated = start.stated_by is not None or bool(start.within) or limit.bounded_by in words.rulebook.limits
        if (limit.needs_stated or limit.bounded_by) and limit.enabled and not dated:
            yield f"starts {limit.id}, but nothing states its date"
        if {process.id, process.variant_of}.isdisjoint(limit.started_by):
            yield f"starts {limit.id}, whose entry does not name this procedure"
        yield from unknown(f"stage of {limit.id}", (start.stage,), (stage.id for stage in limit.stages))
        if start.value_by is not None:
            yield from _value_faults(step, start, limit)
    for kind, names in (("suspends", step.suspends), ("resumes", step.resumes)):
        for limit in (words.rulebook.limits[name] for name in names if name in words.rulebook.limits):
            acting = limit.suspends_on if kind == "suspends" else limit.resumes_on
            if happening.isdisjoint(acting):
                yield f"{kind} {limit.id}, but none of its events happens here"


def _value_faults(step: Step, start: Start, limit: Limit) -> Iterator[str]:
    """A length is chosen of a stage that leaves the choice, by a whole number of the same step, and at once."""
    stage = limit.stage(start.stage or "")
    if stage is None or choice(stage) is None:
        yield f"lets {start.value_by} choose the length of {limit.id}, which leaves no choice"
    yield from unknown("number", (start.value_by,), (item.name for item in step.facts if item.type == "int"))
    if any(emit.on_receipt and emit.event in limit.trigger for emit in step.emitted):
        yield f"starts {limit.id} on receipt, where {start.value_by} is not known any more"


def _extend_faults(step: Step, words: Words) -> Iterator[str]:
    for extend in step.extends:
        limit = words.rulebook.limits.get(extend.limit)
        if limit is None:
            continue
        stages = {stage.id for stage in limit.stages}
        named = (*(stage for _, stage in extend.stages), extend.stage)
        yield from unknown(f"stage of {limit.id}", named, stages)
        if (extend.stage is None) == (extend.stage_by is None):
            yield f"the stage of {limit.id} comes either from the step or from a fact"
        values = next((item.options for item in step.facts if item.name == extend.stage_by), ())
        if extend.stages and {value for value, _ in extend.stages} != set(values):
            yield f"the stages of {limit.id} and the values of {extend.stage_by} differ"


def _fact_faults(process: Process, step: Step) -> Iterator[str]:
    own = {item.name for item in step.facts}
    known = {item.name for other in process.steps for item in other.facts}
    read_here = (step.occurred_by, step.assigns, step.moves_to, *(extend.stage_by for extend in step.extends))
    read_before = (
        *(start.stated_by for start in step.started),
        *(emit.dated_by for emit in step.emitted),
        *(extend.days_by for extend in step.extends),
    )
    yield from unknown("fact", read_here, own)
    yield from unknown("fact", read_before, known)
    for item in step.facts:
        yield from _field_faults(item, own)


def _field_faults(item: Field, own: set[str]) -> Iterator[str]:
    yield from unknown(f"type of {item.name}", (item.type,), TYPES)
    if (item.type == "enum") != bool(item.options):
        yield f"{item.name}: an enumeration and its values go together"
    if not (item.zh or labels.has_fact(item.name)):
        yield f"{item.name} has no Chinese title"
    yield from unknown("local list", (item.among or None,), local_lists())
    if item.among and item.type != "list":
        yield f"{item.name}: only a list can be chosen from a local list"
    for value in item.options:
        if not labels.has_option(value, fact=item.name):
            yield f"{item.name}: {value} has no Chinese title"
    if isinstance(item.required, str) and item.required != "auto":
        needed = REQUIRED_IF.get(item.required)
        if needed is None or own.isdisjoint(needed.names):
            yield f"{item.name}: nothing decides {item.required!r}"


def _logged_faults(step: Step, words: Words) -> Iterator[str]:
    for item in step.logged:
        kind = words.catalogue.activities.get(item.activity)
        if kind is None:
            yield f"unknown activity {item.activity!r}"
            continue
        yield from _entry_faults(step, item, kind, words)


def _entry_faults(step: Step, item: Logged, kind: ActivityKind, words: Words) -> Iterator[str]:
    fields = {spec.name: spec for spec in (*words.catalogue.common_fields, *kind.fields)}
    named = (item.field, item.at, *(field for _, field in item.facts))
    yield from unknown(f"field of {kind.code}", named, fields)
    yield from unknown("fact", (fact for fact, _ in item.facts), (one.name for one in step.facts))
    if item.field in fields and fields[item.field].type == "enum":
        known = (option.code for option in fields[item.field].options)
        yield from unknown(f"value of {item.field}", map(str, item.values), known)
    given = {**{name: name for name in fields}, **dict(item.facts)}
    missing = [one.name for one in step.facts if one.required is True and one.name not in given]
    if missing:
        yield f"{kind.code} does not bring the facts {', '.join(missing)}"


def _rung_faults(process: Process, rung: Rung, words: Words) -> Iterator[str]:
    try:
        _ = rung.distance
    except NotAnOffset as fault:
        yield str(fault)
    yield from unknown("role", rung.tell, ROLES)
    yield from unknown("step", (rung.step,), (step.id for step in process.steps))
    yield from unknown("limit", (rung.limit,), words.rulebook.limits)
    started = {start.limit for step in process.steps for start in step.started}
    if rung.limit not in started | words.inherited(process):
        yield "no step starts the limit of this rung"
    if rung.draft.startswith("DOC-"):
        yield from unknown("document", (rung.draft,), words.catalogue.documents)
    elif not rung.draft_zh:
        yield "what is drafted stands in one language only"

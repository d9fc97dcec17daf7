"""The words in which a procedure is declared: frozen data, each with its article, nothing that runs.

What the words mean stands in `grammar.py`, named conditions in `guards/`, the procedures in `processes/`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from coordination.law.citation import Source
from coordination.law.facts import Field
from coordination.law.limit import Limit
from coordination.law.roles import MIRROR
from coordination.law.rung import Rung

SAME = "same"
"""The target of a step that keeps the state."""


class NotDeclared(KeyError):
    """A procedure has no step or state of this name; args are the procedure and the name."""

    def __str__(self) -> str:
        return f"{self.args[0]} has no {self.args[1]!r}"


@dataclass(frozen=True, slots=True)
class Start:
    """A limit that the step starts.

    `when`       name of a guard: started only when it holds;
    `stated_by`  the fact, of this or an earlier step, that states the last day or instant;
    `within`     ends with the first of these limits that runs, and moves with it, where no fact states its end;
    `stage`      the stage of the limit that holds from its beginning;
    `value_by`   the fact that holds how many days or months of that stage were decided, where the law lets one choose.
    A limit whose triggering event is recorded on receipt starts with the receipt.
    """

    limit: str
    when: str | None = None
    stated_by: str | None = None
    within: tuple[str, ...] = ()
    stage: str | None = None
    value_by: str | None = None


@dataclass(frozen=True, slots=True)
class Emit:
    """An event that the step records.

    `when`        name of a guard: recorded only when it is the case;
    `on_receipt`  recorded when the addressee's desk receipts the document sent, at that instant;
    `dated_by`    the fact that holds the day on which the event lies, where it is known in advance; of several
                  days the first that lies ahead and has not been dated before, none once they are used up;
    `end_of`      the event is the end of the first of these limits that is running.
    """

    event: str
    when: str | None = None
    on_receipt: bool = False
    dated_by: str | None = None
    end_of: tuple[str, ...] = ()

    @property
    def is_foreseen(self) -> bool:
        """Whether the event lies ahead: limits are counted back from it, nothing has happened yet."""
        return bool(self.dated_by or self.end_of)


@dataclass(frozen=True, slots=True)
class Extend:
    """Grants a stage of a running limit, counted from the limit's own anchor (C11).

    The stage is `stage`, or the one that `stages` gives for the value of the fact `stage_by`;
    without `stages` the fact's value is itself the name of the stage.
    `days_by` is the fact that holds the total days from the anchor, where the law lets the approver choose.
    """

    limit: str
    stage: str | None = None
    stage_by: str | None = None
    stages: tuple[tuple[str, str], ...] = ()
    days_by: str | None = None
    when: str | None = None


@dataclass(frozen=True, slots=True)
class Open:
    """A further proceeding that the step opens in its start state, in the same transaction.

    `each`  the list, a fact of this or an earlier step, of which every entry gets a proceeding that is about it;
    `lays`  the step of the new procedure that is laid ready at once; its fact `fact` is the entry;
    `takes`  its first step, taken at once: the same act, seen from the new record. It gets the facts of the same
             names, and those that are `given` here;
    `paced_by`  a limit of this record whose turns follow each other: the fact `fact` of the step that is taken is the
                day on which the present turn ends by its plan, however early or late it was met.
    """

    process: str
    when: str | None = None
    each: str | None = None
    lays: str | None = None
    fact: str | None = None
    takes: str | None = None
    given: tuple[tuple[str, str], ...] = ()
    paced_by: str | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """A kind of document that the step drafts or issues only when the guard `when` holds.

    `number_in` is a fact of the step: where it is stated, the document exists under that number already, on paper, and
    no second one is issued.
    """

    code: str
    when: str | None = None
    number_in: str | None = field(default=None, kw_only=True)


@dataclass(frozen=True, slots=True)
class Logged:
    """A kind of activity whose logging takes the step, so that nothing is typed twice.

    `field`, `values`  only entries whose field holds one of these values;
    `facts`            facts of the step whose field in the activity is called otherwise, as (fact, field);
    `at`               the field that holds the instant of the step.
    """

    activity: str
    field: str | None = None
    values: tuple[str | bool, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    at: str = "started_at"

    def matches(self, activity: str, fields: Mapping[str, object]) -> bool:
        """Whether an entry of this kind with these fields takes the step."""
        return self.activity == activity and (self.field is None or fields.get(self.field) in self.values)

    def read(self, step_facts: tuple[Field, ...], fields: Mapping[str, object]) -> dict[str, object]:
        """Return the facts of the step as the entry states them."""
        renamed = dict(self.facts)
        named = {item.name: renamed.get(item.name, item.name) for item in step_facts}
        return {fact: fields[field] for fact, field in named.items() if fields.get(field) is not None}


@dataclass(frozen=True, slots=True)
class State:
    """A state of a proceeding; a record in an end state is closed and can only be read.

    `note` says what is peculiar to this state, such as that no objection is open; the screen shows it.
    """

    id: str
    zh: str
    en: str
    kind: Literal["start", "normal", "end"] = "normal"
    note: str = field(default="", kw_only=True)
    note_zh: str = field(default="", kw_only=True)

    def name(self, lang: str) -> str:
        """Return the title in Chinese for a `lang` that starts with "zh", else in English."""
        return self.zh if lang.startswith("zh") else self.en

    def remark(self, lang: str) -> str:
        """Return the note in Chinese for a `lang` that starts with "zh", else in English; "" where there is none."""
        return self.note_zh if lang.startswith("zh") else self.note


@dataclass(frozen=True, slots=True)
class OpenAtEnd:
    """A limit that may still be open when the record closes, and what becomes of it.

    `reason`: runs_on (finite: stays in the register until stopped or overrun), lapses (a right that ends by
    itself), handed_over:<process>, disabled (not running, since its source is not confirmed).
    """

    limit: str
    reason: str


def cite(*places: str) -> tuple[Source, ...]:
    """Return sources from places written as "CPL 91": the law's key, a space, the article."""
    return tuple(Source(*place.split(" ", 1)) for place in places)


def sides(roles: tuple[str, ...], *, mirrored: bool) -> tuple[str, ...]:
    """Return the roles as they are, or those of the other side where the other organ started the procedure."""
    return tuple(MIRROR.get(role, role) for role in roles) if mirrored else roles


@dataclass(frozen=True, slots=True)
class Step:
    """One move of a procedure: who takes it, from where to where, and what follows in law.

    `also`            further roles that may take it;
    `named_by`        facts that name a person, or steps: only who is named, or took them, may take it, whatever
                      the role; where nobody is named yet, the roles decide;
    `emits`, `starts`, `documents`, `logged_by` hold plain names where there is no condition;
                      read them as `emitted`, `started`, `papers` and `logged`;
    `on_event`        possible only after one of these events, recorded by another process or an activity;
    `after_expiry_of` possible only when one of these limits has run out and none of them still runs;
    `blocked_while_running`  refused while one of these clocks is open, overdue or not;
    `approval`        the role that must approve before the step takes effect;
    `guards`          named conditions (`guards/`); `guidance` is what only a person can judge;
    `documents`       documents drafted or issued here; `sends`: those of earlier steps handed to the desk;
    `reopens`         stopped clocks that go on, counted from their own beginning, with the stages granted before;
    `stops_on_receipt`  clocks that stop only when the addressee's desk receipts the document;
    `logged_by`       kinds of activity whose logging takes this step;
    `occurred_by`     the fact that holds the instant of the step's events, else the step's own instant;
    `follows`         taken by itself once an event of `on_event` is recorded: the same act, seen from here;
    `receipts`        the step is the receipt of the document that opened the proceeding, or was sent in it;
    `assigns`         the fact that names who handles the matter from now on at the organ that takes the step;
    `moves_to`        the fact that names the procuratorate which the case goes to; what the step opens begins there;
    `lays`            steps of the new state that are laid ready for those who take them: they are asked now;
    `opens_to`        organs beyond the two (`roles.ORGANS`) to which the matter is opened.
    """

    id: str
    zh: str
    en: str
    role: str
    from_: tuple[str, ...]
    to: str
    also: tuple[str, ...] = field(default=(), kw_only=True)
    named_by: tuple[str, ...] = field(default=(), kw_only=True)
    emits: tuple[Emit | str, ...] = field(default=(), kw_only=True)
    starts: tuple[Start | str, ...] = field(default=(), kw_only=True)
    stops: tuple[str, ...] = field(default=(), kw_only=True)
    stops_on_receipt: tuple[str, ...] = field(default=(), kw_only=True)
    reopens: tuple[str, ...] = field(default=(), kw_only=True)
    suspends: tuple[str, ...] = field(default=(), kw_only=True)
    resumes: tuple[str, ...] = field(default=(), kw_only=True)
    extends: tuple[Extend, ...] = field(default=(), kw_only=True)
    opens: tuple[Open, ...] = field(default=(), kw_only=True)
    on_event: tuple[str, ...] = field(default=(), kw_only=True)
    after_expiry_of: tuple[str, ...] = field(default=(), kw_only=True)
    blocked_while_running: tuple[str, ...] = field(default=(), kw_only=True)
    documents: tuple[Paper | str, ...] = field(default=(), kw_only=True)
    sends: tuple[str, ...] = field(default=(), kw_only=True)
    facts: tuple[Field, ...] = field(default=(), kw_only=True)
    approval: str | None = field(default=None, kw_only=True)
    guards: tuple[str, ...] = field(default=(), kw_only=True)
    guidance: str = field(default="", kw_only=True)
    guidance_zh: str = field(default="", kw_only=True)
    logged_by: tuple[Logged | str, ...] = field(default=(), kw_only=True)
    occurred_by: str | None = field(default=None, kw_only=True)
    follows: bool = field(default=False, kw_only=True)
    receipts: bool = field(default=False, kw_only=True)
    assigns: str | None = field(default=None, kw_only=True)
    moves_to: str | None = field(default=None, kw_only=True)
    lays: tuple[str, ...] = field(default=(), kw_only=True)
    opens_to: tuple[str, ...] = field(default=(), kw_only=True)
    certainty: str = field(default="design", kw_only=True)
    sources: tuple[Source, ...] = field(default=(), kw_only=True)
    note: str = field(default="", kw_only=True)

    @property
    def emitted(self) -> tuple[Emit, ...]:
        """`emits`, every one an `Emit`."""
        return tuple(item if isinstance(item, Emit) else Emit(item) for item in self.emits)

    @property
    def started(self) -> tuple[Start, ...]:
        """`starts`, every one a `Start`."""
        return tuple(item if isinstance(item, Start) else Start(item) for item in self.starts)

    @property
    def logged(self) -> tuple[Logged, ...]:
        """`logged_by`, every one a `Logged`."""
        return tuple(item if isinstance(item, Logged) else Logged(item) for item in self.logged_by)

    @property
    def papers(self) -> tuple[tuple[str, str | None], ...]:
        """`documents` as (code, guard or None)."""
        return tuple(
            (item.code, item.when) if isinstance(item, Paper) else (item, None) for item in self.documents
        )

    def ends(self, limit: Limit) -> bool:
        """Whether taking the step stops the limit, at once or on receipt: as declared, or by an event it records."""
        declared = limit.id in self.stops or limit.id in self.stops_on_receipt
        return declared or any(emit.event in limit.stops_on for emit in self.emitted if not emit.is_foreseen)

    def on_paper(self, facts: Mapping[str, object]) -> frozenset[str]:
        """Return the documents that exist on paper already: the facts state their numbers."""
        return frozenset(code for code, fact in self.numbers if facts.get(fact))

    @property
    def numbers(self) -> tuple[tuple[str, str], ...]:
        """The documents that may exist on paper already, as (code, fact that states the number)."""
        papers = (item for item in self.documents if isinstance(item, Paper))
        return tuple((item.code, item.number_in) for item in papers if item.number_in)

    @property
    def cited(self) -> tuple[Source, ...]:
        """The articles of the step; without one, its certainty stands in ("design", "practice")."""
        return self.sources or (Source(self.certainty),)

    def name(self, lang: str) -> str:
        """Return the title in Chinese for a `lang` that starts with "zh", else in English."""
        return self.zh if lang.startswith("zh") else self.en

    def target(self, state: str) -> str:
        """Return the state that the step leads to from `state`."""
        return state if self.to == SAME else self.to

    def roles(self, *, mirrored: bool = False) -> tuple[str, ...]:
        """Return the roles that may take the step; `mirrored` when the other organ started it."""
        return sides((self.role, *self.also), mirrored=mirrored)


@dataclass(frozen=True, slots=True)
class Process:
    """A procedure. A proceeding keeps the `edition` under which it began.

    `subject`   case, suspect, office or none;
    `seen_by`   both, initiator, or after:<state>: the other organ sees it once that state was reached;
    `thread`    own, or inherit: shares the scope of clocks and events with the proceeding that opened it;
    `mirrored`  either organ may start it; the roles swap when the other one than the initiator's does
                (`roles.MIRROR`);
    `titled_by` facts of which the latest says what the matter is about, where no case does;
    `by_hand`   a person may begin it, although other procedures open it too;
    `variant_of` the procedure of which it is a local variant: what the catalogue and the limits say of that one, of
                the papers it issues and the clocks it starts, holds for the variant.
    """

    id: str
    area: str
    zh: str
    en: str
    subject: str
    initiator: str
    states: tuple[State, ...]
    steps: tuple[Step, ...]
    escalation: tuple[Rung, ...] = ()
    registers: tuple[str, ...] = ()
    open_at_end: tuple[OpenAtEnd, ...] = ()
    edition: str = field(default="2026-11", kw_only=True)
    seen_by: str = field(default="both", kw_only=True)
    thread: Literal["own", "inherit"] = field(default="own", kw_only=True)
    mirrored: bool = field(default=False, kw_only=True)
    titled_by: tuple[str, ...] = field(default=(), kw_only=True)
    by_hand: bool = field(default=False, kw_only=True)
    variant_of: str = field(default="", kw_only=True)

    @property
    def start(self) -> State:
        """The one state in which a proceeding begins."""
        return next(state for state in self.states if state.kind == "start")

    def step(self, step_id: str) -> Step:
        """Return a step by its id; raise NotDeclared (a KeyError) when there is none."""
        for step in self.steps:
            if step.id == step_id:
                return step
        raise NotDeclared(self.id, step_id)

    def state(self, state_id: str) -> State:
        """Return a state by its id; raise NotDeclared (a KeyError) when there is none."""
        for state in self.states:
            if state.id == state_id:
                return state
        raise NotDeclared(self.id, state_id)

    def steps_from(self, state: str) -> Iterator[Step]:
        """Yield the steps that leave from (or stay in) `state`, in the order of the declaration."""
        return (step for step in self.steps if state in step.from_)

    def name(self, lang: str) -> str:
        """Return the title in Chinese for a `lang` that starts with "zh", else in English."""
        return self.zh if lang.startswith("zh") else self.en

"""What the interpreter is told about a proceeding, and how it answers: plain data, no database.

The caller (`cases/steps.py`) fills a `History` from its rows. What a procedure is stands in `procedure.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from coordination.law.citation import Source

DESIGN = Source("design")
"""Cited where no law is the reason for a rule, but a decision of this product."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is refused; `code` is stable for programs, `sources` are the articles shown with it."""

    code: str
    en: str
    zh: str
    sources: tuple[Source, ...] = (DESIGN,)

    def name(self, lang: str) -> str:
        """Return the wording in Chinese for a `lang` that starts with "zh", else in English."""
        return self.zh if lang.startswith("zh") else self.en


@dataclass(frozen=True, slots=True)
class Actor:
    """Who wants to take a step: the roles held at that instant, and the kind of organ (`roles.ORGANS`).

    `stands_for`  ids of the absent people whose place this person takes.
    """

    id: str
    roles: frozenset[str]
    organ: str
    stands_for: frozenset[str] = frozenset()

    def is_one_of(self, people: frozenset[str]) -> bool:
        """Whether the person is one of these people, or stands in for one of them."""
        return self.id in people or not self.stands_for.isdisjoint(people)


@dataclass(frozen=True, slots=True)
class Taken:
    """A step that was taken: `at` is the instant of its events, `state` the state that it led to."""

    step: str
    at: datetime
    actor_id: str
    facts: Mapping[str, object] = field(default_factory=dict)
    state: str = ""


@dataclass(frozen=True, slots=True)
class History:
    """One proceeding as it stands at `now`.

    `running`   limits whose clock is open in the scope of the proceeding, overdue ones included;
    `expired`   those of them that have run out (`Due.fires_at` has passed); a subset of `running`;
    `events`    the latest instant of each event recorded for the case and the suspect, by any process;
    `in_custody`  the suspect is detained or arrested; `received` the document sent last was receipted;
    `mirrored`  the other organ than the initiator's started a process that either may start;
    `beside`    ids of the processes of the case or suspect that are open beside this one;
    `recorded`  how often each event was recorded for the case and the suspect, in whatever procedure and thread:
                a change of jurisdiction does not begin the count anew;
    `children`  the process and the state of each proceeding that this one opened;
    `opener`    the steps of the proceeding that opened this one, oldest first;
    `handlers`  ids of the people who handle the case;
    `opened_by` the process that opened this one, empty where a person began it;
    `in_case`   the matter belongs to a case.
    """

    process: str
    state: str
    now: datetime
    taken: tuple[Taken, ...] = ()
    running: frozenset[str] = frozenset()
    expired: frozenset[str] = frozenset()
    events: Mapping[str, datetime] = field(default_factory=dict)
    in_custody: bool = False
    received: bool = False
    mirrored: bool = False
    beside: frozenset[str] = frozenset()
    recorded: Mapping[str, int] = field(default_factory=dict)
    children: tuple[tuple[str, str], ...] = ()
    opener: tuple[Taken, ...] = ()
    handlers: frozenset[str] = frozenset()
    opened_by: str = ""
    in_case: bool = True

    def last(self, *steps: str) -> Taken | None:
        """Return the latest of the steps taken under one of these ids, or None."""
        return next((taken for taken in reversed(self.taken) if taken.step in steps), None)

    def fact(self, name: str, *steps: str) -> object:
        """Return the latest recorded value of a fact, of these steps where any are named, or None."""
        for taken in reversed(self.taken):
            if name in taken.facts and (not steps or taken.step in steps):
                return taken.facts[name]
        return None

    def named(self, *names: str) -> frozenset[str]:
        """Return the ids of the people whom these facts name now, and of those who last took these steps."""
        facts = (self.fact(name) for name in names)
        takers = (taken.actor_id for name in names if (taken := self.last(name)) is not None)
        return frozenset(str(value) for value in (*facts, *takers) if value)

    def times(self, *steps: str) -> int:
        """Return how often one of these steps was taken."""
        return sum(1 for taken in self.taken if taken.step in steps)

    def above(self, name: str) -> object:
        """Return the latest recorded value of a fact of the proceeding that opened this one, or None."""
        return next((taken.facts[name] for taken in reversed(self.opener) if name in taken.facts), None)


@dataclass(frozen=True, slots=True)
class Situation:
    """What a guard looks at: the step asked for, on this history, with these facts, at this instant."""

    step: str
    history: History
    facts: Mapping[str, object]
    at: datetime
    actor: Actor | None = None

    def fact(self, name: str, *steps: str) -> object:
        """Return a fact of the step itself, or else the latest one recorded earlier (`History.fact`)."""
        value = self.facts.get(name)
        return self.history.fact(name, *steps) if value is None else value

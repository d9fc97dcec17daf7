"""How a demo story is told: scenes at their instants, through the same verbs as by people, the clock between them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Min

from cases.logbook.activities import log
from cases.logbook.entries import Entry
from cases.models import Case, Deadline, Document, Draft, Proceeding, Step, Suspect
from cases.registration import Person, Report, add_suspect, assign, register_report
from cases.steps import approve, begin, take
from cases.sweep import sweep
from coordination.law.processes import all_processes
from coordination.law.zone import ZONE
from coordination.models import Organisation, User
from supervision import suggestions
from supervision.demo import desks
from supervision.findings import Seen, open_lead
from supervision.models import Suggestion


@dataclass(frozen=True, slots=True)
class Scene:
    """Something that happens at an instant (aware); `receipts`: case number and kind of the paper it takes in."""

    at: datetime
    act: Callable[[datetime], object]
    receipts: tuple[str, str] | None = None


def instant(text: str) -> datetime:
    """An instant in Beijing, as "2026-11-02 09:00"."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def play(scenes: Iterable[Scene], *, until: datetime) -> None:
    """Play the scenes in the order of their instants; in between the sweep runs whenever a deadline rings.

    What no scene takes in, the desks receipt on the last afternoon of their norm.
    """
    scenes = sorted(scenes, key=lambda scene: scene.at)
    told = frozenset(scene.receipts for scene in scenes if scene.receipts)
    for scene in scenes:
        if scene.at > until:
            break
        _tick(scene.at, told)
        scene.act(scene.at)
    _tick(until, told)
    suggestions.look(until)


def _tick(until: datetime, told: frozenset[tuple[str, str]]) -> None:
    while True:
        ringing = Deadline.objects.filter(next_alarm_at__lte=until).aggregate(at=Min("next_alarm_at"))["at"]
        evening = desks.next_paper(until=min(until, ringing or until), told=told)
        if evening is not None:
            evening.receipt()
        elif ringing is not None:
            sweep(ringing)
        else:
            return


@dataclass(slots=True)
class Story:
    """One case told in scenes. Every method notes a scene; nothing happens before `play`."""

    number: str
    scenes: list[Scene]

    def _at(self, when: str, act: Callable[[datetime], object], *, receipts: str = "") -> None:
        paper = (self.number, receipts) if receipts else None
        self.scenes.append(Scene(instant(when), act, paper))

    @property
    def case(self) -> Case:
        """The case, read anew."""
        return Case.objects.get(number=self.number)

    def report(
        self, when: str, by: str, title: str, unit: str, *, kind: str, reporter: str, charge: str,
        is_major: bool = False,
    ) -> None:  # fmt: skip
        """The report is registered."""

        def act(at: datetime) -> None:
            where = Organisation.objects.get(code=unit)
            report = Report(self.number, title, kind, reporter, at, where, charge, is_major=is_major)
            register_report(person(by), report, at=at)

        self._at(when, act)

    def named(self, when: str, by: str, *names: str, gender: str = "male") -> None:
        """Suspects are named."""
        self._at(
            when,
            lambda at: [add_suspect(person(by), self.case, Person(name, gender), at=at) for name in names],
        )

    def assigned(self, when: str, by: str, to: str, role: str) -> None:
        """The case is given to a person."""
        self._at(when, lambda at: assign(person(by), self.case, to=person(to), role=role, at=at))

    def step(self, when: str, by: str, process: str, step: str, *, who: str = "", **facts: object) -> None:
        """A step is taken in the latest proceeding of the process (of the suspect `who`)."""
        self._at(
            when, lambda at: take(person(by), self.run(process, who, step), step, facts=read(facts), at=at)
        )

    def begun(self, when: str, by: str, process: str, step: str, *, who: str = "", **facts: object) -> None:
        """A procedure begins in the case (for the suspect `who`); the case is named where the step asks for it."""

        def act(at: datetime) -> Step | Draft:
            suspect, said = self.suspect(who) if who else None, read(facts)
            if any(item.name == "case" for item in all_processes()[process].step(step).facts):
                said["case"] = str(self.case.pk)
            return begin(person(by), process, step, case=self.case, suspect=suspect, facts=said, at=at)

        self._at(when, act)

    def agreed(
        self, when: str, by: str, approver: str, process: str, step: str, *, who: str = "", **facts: object
    ) -> None:
        """A step is submitted and approved."""

        def act(at: datetime) -> Step:
            draft = take(person(by), self.run(process, who, step), step, facts=read(facts), at=at)
            if not isinstance(draft, Draft):
                raise TypeError(f"{process}.{step} needs no approval")
            return approve(person(approver), draft, at=at)

        self._at(when, act)

    def logged(
        self, when: str, by: str, kind: str, start: str, end: str = "", /, *, who: str = "",
        officers: tuple[str, ...] = (),
        place: tuple[str, str] = ("police_premises", ""), late: str = "", **facts: object,
    ) -> None:  # fmt: skip
        """An activity is entered in the log at `when`."""

        def act(at: datetime) -> object:
            people = tuple(person(login) for login in (officers or (by,)))
            entry = Entry(
                case=self.case, kind=kind, started_at=instant(start), ended_at=instant(end) if end else None,
                officers=people, unit=self.case.unit, suspect=self.suspect(who) if who else None,
                place_kind=place[0], place_detail=place[1], facts=read(facts), late_reason=late,
            )  # fmt: skip
            return log(person(by), entry, at=at)

        self._at(when, act)

    def lead(self, when: str, by: str, codes: tuple[str, ...], pin: str) -> None:
        """A supervision lead is opened from the first activity on the log, if there is one."""

        def act(at: datetime) -> Proceeding:
            activity = self.case.activities.order_by("started_at").first()
            return open_lead(person(by), self.case, Seen(codes, pin), activity=activity, at=at)

        self._at(when, act)

    def receipted(self, when: str, by: str, document: str) -> None:
        """The addressee's desk receipts the latest document of a kind."""

        def act(at: datetime) -> object:
            paper = Document.objects.filter(case=self.case, kind=document).latest("issued_at", "id")
            if paper.transfer is None:
                raise ValueError(f"{document} was not handed over")
            facts = {"received_at": at, "person": str(person(by).pk)}
            return take(person(by), paper.transfer, "receipt", facts=facts, at=at)

        self._at(when, act, receipts=document)

    def dismissed(self, when: str, by: str, code: str, reason: str) -> None:
        """Possible findings of a code that wait for a decision are dismissed."""

        def act(at: datetime) -> None:
            for row in Suggestion.objects.filter(
                case=self.case, code=code, decision=Suggestion.Decision.OPEN
            ):
                suggestions.dismiss(person(by), row, reason, at=at)

        self._at(when, act)

    def item(self, when: str, by: str, about: str, process: str, step: str, **facts: object) -> None:
        """A step is taken in the matter that was opened for this entry of a list."""

        def act(at: datetime) -> Step | Draft:
            return take(person(by), self.run(process, "", step, about=about), step, facts=read(facts), at=at)

        self._at(when, act)

    def run(self, process: str, who: str = "", step: str = "", *, about: str = "") -> Proceeding:
        """The latest proceeding of a process in this case, and of those the latest from which the step leaves."""
        rows = Proceeding.objects.filter(case__number=self.number, process=process)
        if who:
            rows = rows.filter(suspect__name=who)
        if about:
            rows = rows.filter(about=about)
        found = list(rows.order_by("-opened_at", "-id"))
        leaving = (row for row in found if step in {one.id for one in row.declared.steps_from(row.state)})
        return next(leaving, None) or found[0]

    def suspect(self, name: str) -> Suspect:
        """A suspect of the case by name."""
        return Suspect.objects.get(case__number=self.number, name=name)


def person(login: str) -> User:
    """A person of the cast."""
    return User.objects.get(login=login)


def read(facts: dict[str, object]) -> dict[str, object]:
    """Instants are written as texts, people as "@login"."""
    return {name: _value(value) for name, value in facts.items()}


def _value(value: object) -> object:
    if isinstance(value, str) and len(value) == 16 and value[4] == value[7] == "-" and value[13] == ":":
        return instant(value)
    if isinstance(value, tuple):
        return tuple(_value(part) for part in value)
    if isinstance(value, str) and value.startswith("@"):
        return str(person(value[1:]).pk)
    return value

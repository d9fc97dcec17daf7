"""How matters without a case are told: each bears a name by which later scenes find it again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from cases.models import Document, Draft, Proceeding, Step
from cases.steps import approve, begin, take
from supervision.demo.telling import Scene, instant, person, read


@dataclass(slots=True)
class Matters:
    """What an Office does, told in scenes. Every method notes a scene; nothing happens before `play`."""

    scenes: list[Scene] = field(default_factory=list)
    _rows: dict[str, UUID] = field(default_factory=dict)

    def _at(self, when: str, act: Callable[[datetime], object], *, receipts: str = "") -> None:
        self.scenes.append(Scene(instant(when), act, ("", receipts) if receipts else None))

    def begun(self, when: str, by: str, name: str, process: str, step: str, **facts: object) -> None:
        """A matter begins with its first step, and is called `name` from now on."""

        def act(at: datetime) -> None:
            done = begin(person(by), process, step, case=None, facts=read(facts), at=at)
            self._rows[name] = done.proceeding_id

        self._at(when, act)

    def step(self, when: str, by: str, name: str, step: str, **facts: object) -> None:
        """A step is taken in the matter."""
        self._at(when, lambda at: take(person(by), self.run(name), step, facts=read(facts), at=at))

    def agreed(self, when: str, by: str, approver: str, name: str, step: str, **facts: object) -> None:
        """A step is submitted and approved."""

        def act(at: datetime) -> Step:
            draft = take(person(by), self.run(name), step, facts=read(facts), at=at)
            if not isinstance(draft, Draft):
                raise TypeError(f"{name}.{step} needs no approval")
            return approve(person(approver), draft, at=at)

        self._at(when, act)

    def child(self, when: str, name: str, of: str, about: str) -> None:
        """The proceeding that a matter opened for one entry of a list is called `name` from now on."""

        def act(at: datetime) -> None:
            self._rows[name] = self.run(of).children.get(about=about).pk

        self._at(when, act)

    def next(self, when: str, name: str, of: str) -> None:
        """The proceeding of the same procedure that a matter opened after itself is called `name` from now on."""

        def act(at: datetime) -> None:
            row = self.run(of)
            self._rows[name] = row.children.get(process=row.process).pk

        self._at(when, act)

    def receipted(self, when: str, by: str, name: str, document: str) -> None:
        """The addressee's desk receipts the latest document of a kind."""

        def act(at: datetime) -> object:
            paper = Document.objects.filter(proceeding=self.run(name), kind=document).latest(
                "issued_at", "id"
            )
            if paper.transfer is None:
                raise ValueError(f"{document} was not handed over")
            facts = {"received_at": at, "person": str(person(by).pk)}
            return take(person(by), paper.transfer, "receipt", facts=facts, at=at)

        self._at(when, act, receipts=document)

    def run(self, name: str) -> Proceeding:
        """The matter of this name, read anew."""
        return Proceeding.objects.get(pk=self._rows[name])

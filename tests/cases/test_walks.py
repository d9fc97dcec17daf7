"""Random lawful walks through every procedure, through the door: the grammar and the record say the same.

No step is taken that was not offered, none is refused that was lawful; every clock that the grammar starts has its
row, and nothing that runs is without an owner. `tests/law/test_processes.py` walks longer, without a record.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import ClassVar

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from cases import listing, naming, ownership, parties, scope
from cases.models import Case, Deadline, Draft, Proceeding, Suspect
from cases.steps import actor_in, approve, choices, open_proceeding, take
from cases.sweep import sweep, unmeasured
from coordination.errors import Refused
from coordination.law import grammar
from coordination.law.facts import Field
from coordination.law.procedure import Step as Declared
from coordination.law.processes import all_processes
from coordination.law.rulebook import rulebook
from coordination.models import User
from supervision.demo import people
from tests.cast import at, organ, registered, run, suspect_of, user
from tests.law.test_processes import values

BEGUN = at("2026-11-02 09:00")
ONLY_THE_RECORD_KNOWS = ("limit:", "event:", "extend:", "party:")
"""Reasons that no declaration can tell beforehand: a clock that cannot be computed, or has run out."""
STARTS = {"case", "custody", "filing_review"}
"""Begun with the case or the suspect."""
STARTERS = {
    "investigator": "shen.yanqiu", "police_legal": "fang.shuning", "prosecutor": "gu.nanqiao",
    "office_resident": "jiang.wanzhao", "office_police": "shi.huaigu", "case_manager": "xu.qingzhi",
}  # fmt: skip
"""Who begins what a role begins."""


class Walk(RuleBasedStateMachine):
    """One procedure in one case; what is done in an example is taken back at its end."""

    name: ClassVar[str]
    case: ClassVar[Case]
    suspect: ClassVar[Suspect]
    taken: ClassVar[set[str]] = set()

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.now = BEGUN + timedelta(days=1)

    @initialize()
    def begin(self) -> None:
        """The proceeding stands at its start."""
        if self.name in STARTS:
            self.row = run(self.case, self.name)
            return
        declared = all_processes()[self.name]
        subject, in_case = declared.subject, declared.subject in ("case", "suspect")
        roles = [role for step in declared.steps_from(declared.start.id) for role in step.roles()]
        starter = next((STARTERS[role] for role in roles if role in STARTERS), "jiang.wanzhao")
        self.row = open_proceeding(
            self.name, case=self.case if in_case else None, suspect=self.suspect if subject == "suspect" else None,
            parent=None, actor=user(starter), at=self.now,
        )  # fmt: skip

    @rule(hours=st.sampled_from((1, 30, 24 * 9, 24 * 40)))
    def wait(self, hours: int) -> None:
        """Time passes; what is due rings, and the clock takes its steps."""
        self.now += timedelta(hours=hours)
        sweep(self.now)

    @rule(data=st.data())
    def go(self, data: st.DataObject) -> None:
        """Somebody tries a step, of this state or of another one."""
        self.now += timedelta(minutes=7)
        self.row.refresh_from_db()
        if self.row.closed_at is not None:
            return
        tried = [(person, step) for step in self.row.declared.steps if (person := self._somebody(step))]
        if not tried:
            return
        offered = [
            (person, one.step)
            for person in dict.fromkeys(person for person, _step in tried)
            for one in choices(person, self.row, at=self.now)
            if one.possible
        ]
        person, step = data.draw(st.sampled_from((*offered, *offered, *offered, *tried)))
        given = st.sampled_from((True,) * 9 + (False,))
        facts = {field.name: self._value(field, data) for field in step.facts if data.draw(given)}
        self._try(person, step, facts)

    def _try(self, person: User, step: Declared, facts: Mapping[str, object]) -> None:
        row, past = self.row, scope.history(self.row, self.now)
        offered = {one.step.id for one in choices(person, row, at=self.now) if one.possible}
        against = {
            reason.code
            for reason in (
                *grammar.check(row.declared, step.id, past, facts, self.now, actor_in(row, person, self.now)),
                *naming.faults(row, step, facts, self.now),
                *listing.faults(row, step, facts),
            )
        }
        done = None
        try:
            with transaction.atomic():
                done = take(person, row, step.id, facts=facts, at=self.now)
                if isinstance(done, Draft):
                    done = self._approved(done)
        except Refused as refused:
            told = {reason.code for reason in refused.reasons}
            own = {f"field:{step.assigns}", f"field:{step.moves_to}"}
            assert against == told or (
                not against and all(code.startswith(ONLY_THE_RECORD_KNOWS) or code in own for code in told)
            ), (step.id, against, told)
            return
        assert not against
        assert step.id in offered
        if done is not None:
            self.taken.add(self.name)
            self._wound(grammar.effects(row.declared, step.id, past, facts, self.now))

    def _approved(self, draft: Draft) -> object:
        """Whoever holds the approving role takes it in hand, but never the own draft."""
        held = parties.people(draft.role, parties.of_proceeding(draft.proceeding), self.now)
        chief = next((one for one in held if one.pk != draft.prepared_by_id), None)
        return approve(chief, draft, at=self.now) if chief is not None else None

    def _wound(self, effects: grammar.Effects) -> None:
        """Every limit that starts has a row, but those that have no end to be stored."""
        limits = {start.limit for start in effects.starts}
        rows = Deadline.objects.filter(limit__in=limits)
        missing = limits - set(rows.values_list("limit", flat=True))
        assert all(
            not rulebook().limit(name).enabled or rulebook().limit(name).has_no_end for name in missing
        ), missing

    def _somebody(self, step: Declared) -> User | None:
        held, mirrored = parties.of_proceeding(self.row), scope.is_mirrored(self.row)
        for role in step.roles(mirrored=mirrored):
            found = parties.people(role, held, self.now)
            if found:
                return found[0]
        return None

    def _value(self, field: Field, data: st.DataObject) -> object:
        if field.type != "ref":
            return data.draw(values(field, self.now))
        known: dict[str, object] = {
            "case": self.case.pk,
            "unit": self.case.unit_id,
            "organ": organ("990121JC").pk,
        }
        people_ = [user(login).pk for login in ("fang.shuning", "gu.nanqiao", "he.zhiyuan", "shi.huaigu")]
        return str(known.get(field.name) or data.draw(st.sampled_from(people_)))

    @invariant()
    def every_clock_is_measured_and_everything_has_an_owner(self) -> None:
        """What the law started is counted, and somebody owes it."""
        assert unmeasured() == []
        assert ownership.unowned(self.now) == []

    def teardown(self) -> None:
        """Take everything back."""
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)


@pytest.mark.django_db
def test_every_procedure_is_walked_through_the_door() -> None:
    people.load(hashed="!")
    Walk.case = registered(BEGUN)
    Walk.suspect = suspect_of(Walk.case, BEGUN + timedelta(hours=2))
    Walk.taken = set()
    chosen = settings(
        max_examples=1, stateful_step_count=7, deadline=None, database=None, derandomize=True,
        phases=(Phase.generate,), suppress_health_check=list(HealthCheck),
    )  # fmt: skip

    for name in all_processes():
        Walk.name = name
        run_state_machine_as_test(Walk, settings=chosen)

    assert len(Walk.taken) > len(all_processes()) / 2, sorted(all_processes().keys() - Walk.taken)
    assert Proceeding.objects.exclude(case=Walk.case).count() == 0

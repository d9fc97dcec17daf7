"""What a step knows of the procedures around it: how often something was recorded, what it opened, who opened it."""

from dataclasses import replace

from coordination.law.conditions import (
    above_is,
    children_in,
    not_by_whoever_took,
    recorded_fewer_than,
)
from coordination.law.facts import Field
from coordination.law.grammar import Open, Opened, Process, State, Step, effects
from coordination.law.history import Situation
from tests.law.proceedings import NOW, actor, at, history, taken

PARENT = Process(
    "parent", "COOP-FLOW", "上", "parent", "case", "prosecutor",
    states=(State("begun", "始", "begun", "start"), State("over", "终", "over", "end")),
    steps=(
        Step(
            "divide", "分", "Divide", "prosecutor", ("begun",), "over",
            facts=(Field("items", "list"),), opens=(Open("child", each="items"), Open("other")),
        ),
    ),
)  # fmt: skip


def looked_at(**changes: object) -> Situation:
    """A situation in a proceeding with this on record."""
    return Situation("step", history("case", "investigation", **changes), {}, NOW)


def test_one_proceeding_is_opened_for_every_entry_of_the_list() -> None:
    done = effects(PARENT, "divide", history("parent", "begun"), {"items": ("the knife", "the witness")}, NOW)

    assert done.opens == (Opened("child", "the knife"), Opened("child", "the witness"), Opened("other"))


def test_events_are_counted_in_all_procedures_together() -> None:
    twice = looked_at(recorded={"returned_for_supplement": 2})

    assert recorded_fewer_than(3, "returned_for_supplement")(twice)
    assert not recorded_fewer_than(2, "returned_for_supplement")(twice)
    assert recorded_fewer_than(1, "returned_for_supplement")(looked_at())


def test_children_are_asked_for_their_states() -> None:
    test = children_in("child", "answered", "closed")

    assert test(looked_at(children=(("child", "answered"), ("other", "open"), ("child", "closed"))))
    assert not test(looked_at(children=(("child", "answered"), ("child", "open"))))


def test_facts_and_people_above_are_known() -> None:
    above = looked_at(opener=(taken("refuse", at(20), "gu.nanqiao", ground="no_crime"),))

    assert above_is("ground", "no_crime")(above)
    assert not above_is("ground", "no_crime")(looked_at())
    test = not_by_whoever_took("refuse")
    assert not test(replace(above, actor=actor("prosecutor", name="gu.nanqiao")))
    assert test(replace(above, actor=actor("prosecutor", name="bai.ruochuan")))

"""The procedures that a person may begin by hand: read from the declarations and the roles held, without a query.

Whether the first step is possible in a certain case is for the door to say; here is only whom it could be offered to.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from coordination.law.procedure import Process, Step
from coordination.law.processes import all_processes, only_opened
from coordination.standing import Standing

WITH_THE_CASE = frozenset({"case", "filing_review", "custody"})
"""Begun by registering a report or naming a suspect, on screens of their own."""
LEAD = "supervision_lead"
"""Begun on a screen of its own too: from an entry of the log, or from a case."""
OF_A_CASE = frozenset({"case", "suspect"})
"""The subjects of which a procedure needs a case; all others are matters of the Office or of one organ."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """A procedure that a person may begin, with its first step."""

    process: Process
    step: Step

    @property
    def needs_a_case(self) -> bool:
        """Whether a case must be chosen first."""
        return self.process.subject in OF_A_CASE


def beginnings(who: Standing) -> tuple[Beginning, ...]:
    """The procedures that the person's roles may begin and that do not wait for another one to open them."""
    found = []
    for process in all_processes().values():
        if process.id in WITH_THE_CASE | only_opened():
            continue
        if process.mirrored and process.subject in OF_A_CASE:
            continue
        first = first_step(process, who)
        if first is not None:
            found.append(Beginning(process, first))
    return tuple(found)


def first_step(process: Process, who: Standing) -> Step | None:
    """The first step out of the start that one of the person's roles may take; None where there is none."""
    return next(
        (step for step in process.steps_from(process.start.id) if who.roles & _roles(process, step)), None
    )


@cache
def openers() -> dict[str, tuple[Process, ...]]:
    """For each procedure that others open: those others."""
    found: dict[str, list[Process]] = {}
    for process in all_processes().values():
        for opened in dict.fromkeys(child.process for step in process.steps for child in step.opens):
            found.setdefault(opened, []).append(process)
    return {opened: tuple(others) for opened, others in found.items()}


def _roles(process: Process, step: Step) -> set[str]:
    mirrored = step.roles(mirrored=True) if process.mirrored else ()
    return {*step.roles(), *mirrored}

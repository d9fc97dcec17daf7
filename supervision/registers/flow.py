"""Columns of the registers of the link-up of investigation and prosecution: outlines item by item, reverse transfer."""

from __future__ import annotations

from collections.abc import Mapping

from cases.models import Deadline
from supervision.registers import cells
from supervision.registers.cells import NOTHING, Cell, Column
from supervision.registers.dossiers import Dossier

MONTH, STATED = "supplementary_investigation", "outline_item_answer"
"""The clock of a return, and that of an outline with a decision on arrest: an item ends with the one of its thread."""


def _clock(dossier: Dossier) -> Deadline | None:
    mine = [one for one in dossier.deadlines if one.thread_id == dossier.row.thread_id]
    return next((one for one in reversed(mine) if one.limit in (MONTH, STATED)), None)


def _return_no(dossier: Dossier) -> Cell:
    """Which return of the case the item belongs to: every return that was received has its month."""
    months = [one for one in dossier.deadlines if one.limit == MONTH]
    threads = list(dict.fromkeys(one.thread_id for one in sorted(months, key=lambda one: one.started_at)))
    mine = dossier.row.thread_id
    return Cell(str(threads.index(mine) + 1)) if mine in threads else NOTHING


def _said(fact: str, step: str) -> Column:
    """The text that the step says."""

    def column(dossier: Dossier) -> Cell:
        value = dossier.fact(fact, step)
        return Cell(value) if isinstance(value, str) else NOTHING

    return column


def _result(dossier: Dossier) -> Cell:
    step, said = dossier.step("result"), dossier.fact("result", "result")
    return cells.day(step.occurred_at, str(said)) if step else NOTHING


# The item is written with its reason and its purpose; there are no facts of their own to read them from.
SUPP: dict[str, Column] = {
    "case": cells.case_of,
    "return_no": _return_no,
    "item": lambda dossier: Cell(dossier.row.about),
    "reason": cells.elsewhere,
    "purpose": cells.elsewhere,
    "due": lambda dossier: cells.ends(_clock(dossier)),
    "result": cells.step_said("answer", fact="result"),
    "reason_if_not": _said("reason_if_not", "answer"),
    "checked": cells.step_said("check", fact="item_checked"),
}

REVERSE: dict[str, Column] = {
    "case": cells.case_of,
    "decided_on": cells.event_day("non_prosecution_decided"),
    "registered": cells.step_day("register"),
    "suspended": cells.step_day("suspend"),
    "opinion": lambda dossier: cells.paper(dossier.document("DOC-PROC-OPINION")),
    "result": _result,
}

COLUMNS: Mapping[str, Mapping[str, Column]] = {"REG-SUPP": SUPP, "REG-REVERSE": REVERSE}
EVENTS: Mapping[str, tuple[str, ...]] = {"REG-REVERSE": ("non_prosecution_decided",)}
CASE_CLOCKS: Mapping[str, tuple[str, ...]] = {"REG-SUPP": (MONTH,)}

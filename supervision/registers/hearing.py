"""Columns of the registers of complaints, and of hearing opinions and involvement."""

from __future__ import annotations

from collections.abc import Mapping

from coordination.reader import language
from supervision.registers import cells
from supervision.registers.cells import NOTHING, Cell, Column
from supervision.registers.dossiers import Dossier

ANSWERS = ("complaint_art117_police", "complaint_art117_procuratorate", "defence_obstruction_complaint")
GIVEN = ("opine", "more")


def _organ(dossier: Dossier) -> Cell:
    """The organ complained of: named by a lawyer, else the police organ of the case."""
    named = cells.named("organ", "receive")(dossier)
    return named or (Cell(dossier.row.case.police.name(language())) if dossier.row.case else NOTHING)


def _opinions(dossier: Dossier) -> Cell:
    """How many opinions were given in all, and when last."""
    given = [step for step in dossier.steps if step.name in GIVEN]
    count = sum(len(step.facts.get("items", ())) for step in given)
    return Cell(str(count), on=cells.step_day(*GIVEN)(dossier).on) if given else NOTHING


def _adoption(dossier: Dossier) -> Cell:
    """What the police answered, opinion by opinion."""
    answers = [step for step in dossier.steps if step.name == "answer_item"]
    return Cell("; ".join(f"{step.facts.get('item_no')} {cells.option(step, 'adopted')}" for step in answers))


COMPLAINT: dict[str, Column] = {
    "person": cells.said("complainant", "receive", "direct"),
    "kind": cells.chosen("kind", "receive", "direct"),
    "received_on": cells.step_day("receive", "direct"),
    "organ": _organ,
    "answer_due": cells.end_of(*ANSWERS),
    "answered": cells.step_day("decide", "answer", "correct", "unfounded", "found"),
    "result": cells.state_of,
}

INVOLVE: dict[str, Column] = {
    "case": cells.case_of,
    "requested_on": cells.step_day("request", "own_need"),
    "kind": cells.chosen("case_kind", "request"),
    "answered": cells.step_said("accept", "decline", "own_need"),
    "prosecutors": cells.said("prosecutors", "accept", "own_need"),
    "opinions": _opinions,
    "adoption": _adoption,
    "outcome": cells.chosen("outcome", "finish"),
}

COLUMNS: Mapping[str, Mapping[str, Column]] = {"REG-COMPLAINT": COMPLAINT, "REG-INVOLVE": INVOLVE}

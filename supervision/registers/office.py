"""Columns of the registers of the Office's own work: joint cases, meetings, training, sharing, duty and absence.

A register of two procedures (a meeting and its action items) leaves empty what only the other one has.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.timezone import localdate

from coordination.reader import language
from supervision.registers import cells
from supervision.registers.cells import NOTHING, Cell, Column
from supervision.registers.dossiers import Dossier

SIGNED = ("DOC-BULLETIN", "DOC-ANALYSIS-REPORT")


def _about(dossier: Dossier) -> Cell:
    return Cell(dossier.row.about)


def _kind(dossier: Dossier) -> Cell:
    return Cell(dossier.row.declared.name(language()))


def _only(process: str, column: Column) -> Column:
    """The column for rows of one procedure; empty for the others of the register."""
    return lambda dossier: column(dossier) if dossier.row.process == process else NOTHING


def _first(*columns: Column) -> Column:
    """The first of these columns that holds something."""
    return lambda dossier: next((cell for column in columns if (cell := column(dossier))), NOTHING)


# ---- joint cases -----------------------------------------------------------------------------------------------------


def _reports(dossier: Dossier) -> Cell:
    """How many progress reports came in, and when the last one did."""
    reports = [step for step in dossier.steps if step.name in ("report", "ask_release")]
    return Cell(str(len(reports)), on=localdate(reports[-1].occurred_at)) if reports else NOTHING


JOINT: dict[str, Column] = {
    "list_no": lambda dossier: cells.paper(dossier.document("DOC-JOINT-LETTER")),
    "level": cells.chosen("level", "propose"),
    "case": cells.case_of,
    "deadline": cells.end_of("joint_case_deadline"),
    "report_dates": cells.said("report_dates", "list", "extend"),
    "reports": _reports,
    "extension": cells.step_day("extend"),
    "release": cells.step_day("release"),
}

# ---- meetings and what they decided ----------------------------------------------------------------------------------

MEETING: dict[str, Column] = {
    "date": _first(
        cells.given_day("held_at", "hold"),
        cells.given_day("meets_at", "call"),
        _only("meeting_action", lambda dossier: cells.day(dossier.row.opened_at)),
    ),
    "kind": _first(cells.chosen("kind", "plan"), _only("meeting_action", _kind)),
    "agenda": cells.said("agenda", "plan"),
    "present": cells.said("present", "hold"),
    "minutes": lambda dossier: cells.paper(dossier.document("DOC-MEETING-MINUTES")),
    "action": _only("meeting_action", _about),
    "owner": cells.named("owner", "assign", "reassign"),
    "due": cells.end_of("meeting_action_due", "meeting_minutes_norm"),
    "status": cells.state_of,
}

# ---- training, guidance, quality -------------------------------------------------------------------------------------

TRAIN: dict[str, Column] = {
    "date": _first(cells.given_day("held_at", "hold"), cells.given_day("meets_at", "plan")),
    "topic": _about,
    "trainers": cells.said("trainers", "plan"),
    "attendees": cells.said("attendees", "hold"),
    "hours": cells.said("hours", "hold"),
    "material": cells.said("materials", "file"),
}

GUIDANCE: dict[str, Column] = {
    "number": lambda dossier: cells.paper(dossier.document("DOC-GUIDANCE")),
    "topic": _about,
    "status": cells.state_of,
    "valid_from": cells.given_day("valid_from_on", "sign"),
    "use_count": cells.elsewhere,
}

QUALITY: dict[str, Column] = {
    "case": cells.case_of,
    "rule": cells.said("rule", "draw"),
    "reviewers": cells.said("reviewers", "draw"),
    "defects": cells.said("defects", "sheet"),
    "comment": cells.said("comment", "comment"),
    "closed_on": cells.closed_on,
}

# ---- bulletins, data, packages ---------------------------------------------------------------------------------------


def _receipted(dossier: Dossier) -> Cell:
    document = dossier.document(*SIGNED)
    return Cell(at=document.receipted_at) if document and document.receipted_at else NOTHING


BULLETIN: dict[str, Column] = {
    "period": _about,
    "kind": _kind,
    "sent_on": cells.step_day("send"),
    "receipted": _receipted,
    "answer": cells.said("answer", "respond"),
}

DATA: dict[str, Column] = {
    "who": cells.taker("ask", "look"),
    "when": cells.step_at("ask", "look"),
    "purpose": cells.said("purpose", "ask", "look"),
    "items": _first(cells.said("items", "ask"), cells.said("fields", "look")),
    "rows": _first(cells.said("rows", "answer"), cells.said("result_rows", "look")),
    "reviewed": cells.step_said("review", "question", "explain", "mismatch", "refuse", "close"),
}

EXCHANGE: dict[str, Column] = {
    "package_no": _about,
    "direction": cells.direction,
    "records": cells.said("records", "send"),
    "files": cells.said("files", "send"),
    "acknowledged": cells.step_day("ack"),
    "mismatches": cells.said("differences", "find_mismatch"),
}

# ---- the Office itself -----------------------------------------------------------------------------------------------


def _entries(dossier: Dossier) -> Cell:
    """What was noted on duty, in order."""
    notes = [step for step in dossier.steps if step.name == "note"]
    return Cell("; ".join(f"{cells.option(step, 'kind')}: {step.facts.get('text', '')}" for step in notes))


HANDOVER: dict[str, Column] = {
    "person": cells.taker("open"),
    "stand_in": cells.named("stand_in", "open", "force"),
    "from": cells.given_day("from_on", "open"),
    "to": cells.given_day("until_on", "open"),
    "matters": cells.said("matters", "open"),
    "accepted": cells.step_said("accept", "force"),
}

DUTY: dict[str, Column] = {
    "shift": _about,
    "person": cells.named("person", "plan", "start"),
    "entry": _entries,
    "question": cells.elsewhere,
    "answer": cells.elsewhere,
}

COLUMNS: Mapping[str, Mapping[str, Column]] = {
    "REG-JOINT": JOINT,
    "REG-MEETING": MEETING,
    "REG-TRAIN": TRAIN,
    "REG-GUIDANCE": GUIDANCE,
    "REG-QUALITY": QUALITY,
    "REG-BULLETIN": BULLETIN,
    "REG-DATA": DATA,
    "REG-EXCHANGE": EXCHANGE,
    "REG-HANDOVER": HANDOVER,
    "REG-DUTY": DUTY,
}

"""Columns of the registers of supervisory duty: necessity reviews, separate handling, diverted and agency cases."""

from __future__ import annotations

from collections.abc import Mapping

from coordination.reader import language
from supervision.registers import cells
from supervision.registers.cells import NOTHING, Cell, Column
from supervision.registers.dossiers import Dossier

APPLICATIONS = ("apply", "apply_prosecution", "misdirected")
NECESSITY_DECISIONS = ("decide_keep", "change_direct", "propose")
AGENCY_DECISIONS = ("file", "decline", "forward", "agency_wins", "agency_upheld")


def _begun_by(dossier: Dossier) -> Cell:
    """Who applied; a review on own motion says so."""
    applicant = cells.chosen("applicant", *APPLICATIONS)(dossier)
    own = dossier.step("own_motion")
    return applicant or (Cell(own.declared.name(language())) if own else NOTHING)


def _person(dossier: Dossier) -> Cell:
    """The person as the papers name them, or the suspect of the record."""
    return cells.said("person", "declare")(dossier) or cells.suspect_of(dossier)


NECESSITY: dict[str, Column] = {
    "suspect": cells.suspect_of,
    "opened_on": lambda dossier: cells.day(dossier.row.opened_at),
    "by": _begun_by,
    "ground": cells.said("grounds", *APPLICATIONS, "own_motion"),
    "decision": cells.step_said(*NECESSITY_DECISIONS),
    "recommendation": lambda dossier: cells.paper(dossier.document("DOC-NECESSITY-RECOMMENDATION")),
    "reply": cells.step_said("reply", fact="outcome"),
    "result": cells.state_of,
}

SEPARATE: dict[str, Column] = {
    "person": _person,
    "case": cells.case_of,
    "ground": cells.chosen("ground", "declare"),
    "declared_on": cells.step_day("declare"),
    "status": cells.chosen("state", "report"),
    "next_check": cells.end_of("separate_status_report"),
    "result": cells.step_said("justified", "handled", "to_lead", fact="result"),
}

DIVERTED: dict[str, Column] = {
    "case": cells.said("cases", "draw"),
    "route": cells.said("filter", "draw"),
    "left_on": cells.said("period", "draw"),
    "sample": cells.step_day("draw"),
    "finding": cells.said("result_by_case", "opine"),
    "result": cells.state_of,
}

AGENCY_EVENTS = ("arrest_executed", "indictment_issued", "case_closed_record")


def _judged(dossier: Dossier) -> Cell:
    """The day on which an indicted case was archived: the judgment was effective then."""
    return cells.event_day("case_closed_record")(dossier) if dossier.event("indictment_issued") else NOTHING


AGENCY: dict[str, Column] = {
    "agency": cells.said("agency", "accept", "urge_transfer"),
    "received_on": cells.given_day("received_at", "accept"),
    "filed": cells.step_said(*AGENCY_DECISIONS),
    "notified": cells.step_day(*AGENCY_DECISIONS),
    "supervised": cells.step_day("suggest"),
    "arrested": cells.event_day("arrest_executed"),
    "prosecuted": cells.event_day("indictment_issued"),
    "judged": _judged,
}

COLUMNS: Mapping[str, Mapping[str, Column]] = {
    "REG-NECESSITY": NECESSITY,
    "REG-SEPARATE": SEPARATE,
    "REG-DIVERTED": DIVERTED,
    "REG-AGENCY": AGENCY,
}
EVENTS: Mapping[str, tuple[str, ...]] = {"REG-AGENCY": AGENCY_EVENTS}

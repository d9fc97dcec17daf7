"""Which column of which register is made how: the table that `registers` reads, one entry a column of the catalogue.

A column whose procedure does not run here yet is empty; it fills by itself once that procedure records its events.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.timezone import localdate
from django.utils.translation import gettext, ngettext

from cases.models import Document
from coordination.law.catalogue import catalogue
from coordination.law.processes.sup_effect.correction_notice import INSTRUMENTS
from coordination.reader import language, series
from supervision.dashboards import CUSTODY_PERIODS
from supervision.registers import cells, flow, hearing, office, sup_duty
from supervision.registers.cells import NOTHING, Cell, Column
from supervision.registers.dossiers import Dossier

NOTICES = (*INSTRUMENTS, "DOC-RECOMMENDATION", "DOC-ORAL-CORRECTION")
"""The notice, the forms of its own that evidence and defence rights have, recommendations and oral corrections."""
REPLY_CLOCKS = (
    "correction_notice_reply", "overstay_police_review", "procuratorial_recommendation_reply", "oral_correction_norm",
    "oral_correction_to_written",
)  # fmt: skip
MEASURES = (
    "detain", "arrest", "bail", "bail_after_refusal", "procuratorate_bail", "surveil", "surveil_designated",
    "surveillance_after_refusal", "procuratorate_surveil", "release", "release_after_refusal", "end_for_suspect",
)  # fmt: skip
"""The steps of `custody` that put a measure on a suspect or end it."""
LEFT_DETENTION = MEASURES[2:]
FILING_DECISIONS = (
    "decide_file", "decide_not", "file_on_new_facts", "supervised_file", "reconsider_file", "review_overturn",
    "send_away",
)  # fmt: skip

# Events that other procedures of the case record; the register reads them whoever recorded them.
REASONS_ASKED = (
    "reasons_not_filing_request_received", "reasons_filing_request_received", "reasons_delay_request_received",
)  # fmt: skip
FILING_NOTICES = ("notice_to_file_received", "notice_to_withdraw_received")
FILED_OR_WITHDRAWN = ("filing_decided", "case_withdrawn")
FILE_RECEIVED = ("prosecution_file_received", "file_rereceived")
RETURNED = "returned_for_supplement"
REVIEW_CLOCKS = ("prosecution_review", "supplementary_investigation")
PROSECUTION_DECISIONS = (
    "indictment_issued", "non_prosecution_decided", "conditional_non_prosecution_decided", "prosecution_withdrawn",
)  # fmt: skip
PROSECUTION_OBJECTIONS = (
    "non_prosecution_reconsideration_requested", "non_prosecution_reconsideration_decided",
    "non_prosecution_review_requested", "non_prosecution_review_decided",
)  # fmt: skip
APPEALS = ("victim_appeal_filed", "suspect_appeal_filed", "reexamination_docketed", "reexamination_decided")
FILES_ASKED, FILES_RECEIVED = "detained_files_requested", "detained_files_received"
REVIEWED, FEEDBACK = "detained_review_done", "quarter_feedback_given"


# ---- leads -----------------------------------------------------------------------------------------------------------


def _unit(dossier: Dossier) -> Cell:
    named = cells.named("unit", "register")(dossier)
    return named or (Cell(dossier.row.case.unit.zh) if dossier.row.case else NOTHING)


def _findings(dossier: Dossier) -> Cell:
    """The codes of the lead, each with what was decided about it."""
    return Cell(series(f"{row.code} {row.get_decision_display()}" for row in dossier.findings))


def _owner(dossier: Dossier) -> Cell:
    return Cell(dossier.row.owner.name) if dossier.row.owner else NOTHING


def _next_end(dossier: Dossier) -> Cell:
    """The end of the row's clock that runs out first."""
    mine = [clock for clock in dossier.deadlines if clock.proceeding_id == dossier.row.pk]
    running = [clock for clock in mine if clock.stopped_at is None]
    return cells.ends(min(running, key=lambda clock: clock.due_at)) if running else NOTHING


def _lead_result(dossier: Dossier) -> Cell:
    return cells.step_said("conclude", fact="conclusion")(dossier) or cells.state_of(dossier)


LEAD: dict[str, Column] = {
    "no": lambda dossier: cells.paper(dossier.document("DOC-LEAD-CARD")),
    "source": cells.chosen("source", "register"),
    "registered_on": lambda dossier: cells.day(dossier.row.opened_at),
    "case": cells.case_of,
    "unit": _unit,
    "findings": _findings,
    "triage": cells.chosen("outcome", "triage"),
    "owner": _owner,
    "due": _next_end,
    "result": _lead_result,
}


# ---- opinions --------------------------------------------------------------------------------------------------------


def _notice_kind(dossier: Dossier) -> Cell:
    document = dossier.document(*NOTICES)
    return Cell(cells.title(document)) if document else NOTHING


def _approved(dossier: Dossier) -> Cell:
    """The day of the chief procurator's decision; an oral correction needs none, a recommendation goes out with it."""
    is_recommendation = dossier.row.process == "procuratorial_recommendation"
    return cells.step_day(*(("serve",) if is_recommendation else ("approve", "correct")))(dossier)


def _served(dossier: Dossier) -> Cell:
    """The instant of the receipt; until then that it is on its way."""
    document = dossier.document(*NOTICES)
    if document is None or document.sent_at is None:
        return NOTHING
    if document.receipted_at is not None:
        return Cell(at=document.receipted_at)
    return Cell(gettext("sent, not receipted"), at=document.sent_at)


def _reply_due(dossier: Dossier) -> Cell:
    clock = dossier.deadline(*REPLY_CLOCKS)
    return cells.ends(clock) or cells.given_day("reply_due_on", "draft")(dossier)


def _report_up(dossier: Dossier) -> Cell:
    """When it was reported upward, and whether the superior has told the superior police."""
    reported = cells.step_day("report_up", "uphold", "escalate")(dossier)
    told = dossier.step("superior_inform", "superior_orders", "superior_revokes", "superior_done")
    return Cell(told.declared.name(language()), on=reported.on) if reported and told else reported


def _effect(dossier: Dossier) -> Cell:
    revoked = dossier.step("revoke", "superior_revokes", "drop", "withdraw", "raise")
    if revoked is not None:
        return Cell(revoked.declared.name(language()))
    return cells.chosen("effect", "accept_reply")(dossier) or cells.chosen("carried_out", "follow")(dossier)


OPINION: dict[str, Column] = {
    "document_no": lambda dossier: cells.paper(dossier.document(*NOTICES)),
    "kind": _notice_kind,
    "approved_on": _approved,
    "served_at": _served,
    "reply_due": _reply_due,
    "reply": cells.step_said("reply", "comply_after", "answer_correction", "done", fact="accepted"),
    "objection": cells.step_said("object", "uphold", "revoke", "disagree", "hear", "modify"),
    "urge": cells.step_day("urge", "reply_insufficient", "superior_orders"),
    "report_up": _report_up,
    "effect": _effect,
    "closed_on": cells.closed_on,
}

LINK: dict[str, Column] = {
    "document_no": lambda dossier: cells.paper(dossier.answered),
    "unit": cells.named("unit", "assign"),
    "internal_due": cells.given_day("internal_due_on", "assign"),
    "answered": cells.step_day("unit_reply"),
    "assessment": cells.step_said("assess", fact="result"),
    "shared_back": cells.step_day("share_back"),
}


# ---- filing, prosecution, cases that wait ----------------------------------------------------------------------------


def _executed(dossier: Dossier) -> Cell:
    """The filing or withdrawal that came after a notice of the procuratorate."""
    notice, done = dossier.event(*FILING_NOTICES), dossier.event(*FILED_OR_WITHDRAWN)
    return cells.day(done.at) if notice and done and done.at >= notice.at else NOTHING


def _days_open(dossier: Dossier) -> Cell:
    case = dossier.row.case
    if case is None or case.filed_at is None:
        return NOTHING
    days = (localdate(dossier.row.closed_at or dossier.now) - localdate(case.filed_at)).days
    return Cell(ngettext("%(count)d day", "%(count)d days", days) % {"count": days})


def _file_received(dossier: Dossier) -> Cell:
    event = dossier.event(*FILE_RECEIVED)
    return Cell(at=event.at) if event else NOTHING


def _returns(dossier: Dossier) -> Cell:
    """How often the file was returned, and when last."""
    returned = [event for event in dossier.events if event.event == RETURNED]
    return Cell(str(len(returned)), on=localdate(returned[-1].at)) if returned else NOTHING


def _filed_or_referred(dossier: Dossier) -> Cell:
    """The case; of one that an agency referred and that is not filed, the agency."""
    return cells.case_of(dossier) or cells.said("agency", "accept")(dossier)


FILING: dict[str, Column] = {
    "case": _filed_or_referred,
    "received_on": cells.given_day("received_at", "register_report", "accept"),
    "decision": cells.step_said(*FILING_DECISIONS, *sup_duty.AGENCY_DECISIONS, fact="ground"),
    "reasons_asked": cells.event_day(*REASONS_ASKED),
    "explained": cells.event_day("reasons_explained"),
    "notice": cells.event_said(*FILING_NOTICES),
    "executed": _executed,
    "reminder": cells.event_day("reminder_letter_sent"),
    "outcome": cells.state_of,
}

PROSECUTION: dict[str, Column] = {
    "case": cells.case_of,
    "received_at": _file_received,
    "due": cells.end_of(*REVIEW_CLOCKS),
    "returns": _returns,
    "decision": cells.event_said(*PROSECUTION_DECISIONS),
    "objection": cells.event_said(*PROSECUTION_OBJECTIONS),
    "appeal": cells.event_said(*APPEALS),
}

HANGING: dict[str, Column] = {
    "case": cells.case_of,
    "filed_on": lambda dossier: cells.day(dossier.row.case.filed_at if dossier.row.case else None),
    "days_open": _days_open,
    "last_activity": lambda dossier: cells.day(dossier.last_activity_at),
    "reason": cells.chosen("reason", "screen"),
    "route": cells.chosen("route", "plan"),
    "due": cells.end_of("hanging_time_node"),
    "result": cells.state_of,
}


# ---- people in custody -----------------------------------------------------------------------------------------------


def _stage(dossier: Dossier) -> Cell:
    """The period that runs now, and the stage of it that was granted last."""
    clock = dossier.deadline(*CUSTODY_PERIODS)
    if clock is None or clock.stopped_at is not None:
        return NOTHING
    return Cell(clock.rule.name(language()))


def _ends_on(dossier: Dossier) -> Cell:
    """The end of the period that runs; a detention period in full days of 24 hours ends at an instant."""
    clock = dossier.deadline(*CUSTODY_PERIODS)
    return cells.ends(clock) if clock and clock.stopped_at is None else NOTHING


def _extension(dossier: Dossier) -> Cell:
    clock = dossier.deadline(*CUSTODY_PERIODS)
    granted = list(clock.extensions.all()) if clock else []
    if clock is None or not granted:
        return NOTHING
    stages = [clock.rule.stage(grant.stage) for grant in granted]
    words = series(stage.name(language()) for stage in stages if stage)
    return Cell(words, on=localdate(granted[-1].granted_at))


def _appraisal(dossier: Dossier) -> Cell:
    """From which day a psychiatric appraisal stops the counting, and until when."""
    begun, ended = dossier.step("start_appraisal"), dossier.step("end_appraisal")
    if begun is None:
        return NOTHING
    over = ended is not None and ended.sequence > begun.sequence
    text = (
        gettext("until %(day)s") % {"day": localdate(ended.occurred_at)}
        if over and ended
        else gettext("goes on")
    )
    return Cell(text, on=localdate(begun.occurred_at))


def _basis(dossier: Dossier) -> Cell:
    papers = [paper for paper in dossier.documents if catalogue().document(paper.kind).group == "measure"]
    return cells.paper(papers[-1] if papers else None)


CUSTODY: dict[str, Column] = {
    "suspect": cells.suspect_of,
    "measure": cells.state_of,
    "executed_at": cells.step_at(*MEASURES),
    "stage": _stage,
    "ends_on": _ends_on,
    "extension": _extension,
    "appraisal": _appraisal,
    "basis_document": _basis,
}

DETAINED: dict[str, Column] = {
    "suspect": cells.suspect_of,
    "detained_on": cells.step_day("detain"),
    "measure_after": cells.step_said(*LEFT_DETENTION),
    "reason": cells.chosen("ground", "release"),
    "files_asked": cells.event_day(FILES_ASKED),
    "files_received": cells.event_day(FILES_RECEIVED),
    "finding": cells.event_day(REVIEWED),
    "feedback": cells.event_day(FEEDBACK),
}


def _decision_served(dossier: Dossier) -> Cell:
    document = dossier.document("DOC-ARREST-APPROVAL", "DOC-ARREST-REFUSAL")
    return Cell(at=document.receipted_at) if document and document.receipted_at else NOTHING


ARREST: dict[str, Column] = {
    "suspect": cells.suspect_of,
    "received_at": cells.given_day("received_at", "receive"),
    "detained": cells.yes_no("detained", "receive"),
    "due": cells.end_of("arrest_review_detained", "arrest_review_not_detained"),
    "decision": cells.step_said("approve", "refuse", fact="ground"),
    "served": _decision_served,
    "receipt": cells.step_day("receipt", "execute_refusal"),
    "objection": cells.step_day("contest"),
}


# ---- the desks -------------------------------------------------------------------------------------------------------


def _number_and_title(document: Document | None) -> Cell:
    cell = cells.paper(document)
    if document is None or not document.number:
        return cell
    return Cell(f"{document.number} {cells.title(document)}", url=cell.url)


def _version(dossier: Dossier) -> Cell:
    value = dossier.fact("version", "send")
    return NOTHING if value is None else Cell(str(value))


def _returned(dossier: Dossier) -> Cell:
    missing = dossier.fact("missing", "return")
    words = series(str(part) for part in missing) if isinstance(missing, (list, tuple)) else ""
    return Cell(words, on=cells.step_day("return")(dossier).on)


DESK: dict[str, Column] = {
    "document_no": lambda dossier: _number_and_title(dossier.carried),
    "direction": cells.direction,
    "version": _version,
    "sent_at": cells.step_at("send", "resend"),
    "received_at": cells.given_day("received_at", "receipt"),
    "person": cells.named("person", "receipt"),
    "returned": _returned,
}

COLUMNS: Mapping[str, Mapping[str, Column]] = {
    "REG-LEAD": LEAD,
    "REG-OPINION": OPINION,
    "REG-FILING": FILING,
    "REG-LINK": LINK,
    "REG-CUSTODY": CUSTODY,
    "REG-DETAINED": DETAINED,
    "REG-ARREST": ARREST,
    "REG-PROSECUTION": PROSECUTION,
    "REG-DESK": DESK,
    "REG-HANGING": HANGING,
    **flow.COLUMNS,
    **hearing.COLUMNS,
    **office.COLUMNS,
    **sup_duty.COLUMNS,
}

EVENTS: Mapping[str, tuple[str, ...]] = {
    "REG-FILING": (
        *REASONS_ASKED,
        "reasons_explained",
        *FILING_NOTICES,
        *FILED_OR_WITHDRAWN,
        "reminder_letter_sent",
    ),
    "REG-PROSECUTION": (*FILE_RECEIVED, RETURNED, *PROSECUTION_DECISIONS, *PROSECUTION_OBJECTIONS, *APPEALS),
    "REG-DETAINED": (FILES_ASKED, FILES_RECEIVED, REVIEWED, FEEDBACK),
    **flow.EVENTS,
    **sup_duty.EVENTS,
}
"""The events of the case that the columns of a register read."""

CASE_CLOCKS: Mapping[str, tuple[str, ...]] = {"REG-PROSECUTION": REVIEW_CLOCKS, **flow.CASE_CLOCKS}
"""The clocks of other procedures of the case that the columns of a register read."""

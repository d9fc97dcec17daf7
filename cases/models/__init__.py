"""The record: cases and people in them, what was done, the proceedings that run, their papers and their clocks."""

from cases.models.case import (
    Activity,
    Attachment,
    Case,
    CaseGroupObjectPermission,
    CaseUserObjectPermission,
    CaseVisit,
    Charge,
    Suspect,
)
from cases.models.clock import Deadline, DeadlineEvent, Extension
from cases.models.entry import EventEntry
from cases.models.paper import Document, NumberSeries
from cases.models.proceeding import Draft, Occurrence, Proceeding, Step
from cases.models.recalculation import Recalculation, Shift

__all__ = (
    "Activity",
    "Attachment",
    "Case",
    "CaseGroupObjectPermission",
    "CaseUserObjectPermission",
    "CaseVisit",
    "Charge",
    "Deadline",
    "DeadlineEvent",
    "Document",
    "Draft",
    "EventEntry",
    "Extension",
    "NumberSeries",
    "Occurrence",
    "Proceeding",
    "Recalculation",
    "Shift",
    "Step",
    "Suspect",
)

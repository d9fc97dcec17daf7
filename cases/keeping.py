"""The record follows the steps: what a step says about the case or the suspect is kept where lists look for it."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Case as When
from django.db.models import IntegerField, Q, Value
from django.db.models import When as Arm

from cases import listeners
from cases.models import Case, Step, Suspect
from coordination.models import Organisation


@listeners.on("case", "file")
def _filed(step: Step, at: datetime) -> None:
    if step.case_id is not None:
        Case.objects.filter(pk=step.case_id).update(filed_at=step.occurred_at)


@listeners.on("custody", "detain")
@listeners.on("custody", "arrest")
def _held(step: Step, at: datetime) -> None:
    """A detained person is held in the house of the county, or else in that of the prefecture."""
    row = step.proceeding
    if row.suspect is None or row.suspect.held_at_id is not None or row.case is None:
        return
    above = row.case.police.parent
    places = [row.case.jurisdiction] + ([above.jurisdiction] if above else [])
    near = When(
        Arm(jurisdiction=row.case.jurisdiction, then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    house = (
        Organisation.objects.filter(Q(kind=Organisation.Kind.DETENTION_HOUSE), jurisdiction__in=places)
        .order_by(near, "code")
        .first()
    )
    if house is not None:
        Suspect.objects.filter(pk=row.suspect.pk).update(held_at=house)
        row.suspect.held_at = house


@listeners.on("arrest_review", "receive")
def _reviewed(step: Step, at: datetime) -> None:
    """The prosecutor who takes the request in is the prosecutor of the case, where none is named yet."""
    if step.role == "prosecutor" and step.actor is not None and step.case_id is not None:
        Case.objects.filter(pk=step.case_id, prosecutor__isnull=True).update(prosecutor=step.actor)

"""The weekly list of persons detained and not submitted for arrest: its draft is filled from the custody record."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from cases import prefilling
from cases.models import Proceeding, Step
from coordination.law.zone import ZONE
from supervision.registers.columns import LEFT_DETENTION

PROCESS = "detained_not_submitted_review"


@prefilling.on(PROCESS, "hand_list")
def listed(proceeding: Proceeding) -> dict[str, object]:
    """The week that runs, and a line for each person whose detention ended in it without a request for arrest."""
    clock = proceeding.deadlines.filter(limit="detained_list_weekly").order_by("-started_at").first()
    if clock is None or clock.due_on is None:
        return {}
    begin, end = clock.started_at.astimezone(ZONE).date(), clock.due_on - timedelta(days=1)
    ended = Step.objects.filter(
        proceeding__process="custody", proceeding__case__police=proceeding.organisation, name__in=LEFT_DETENTION,
        from_state="detained",
        occurred_at__gte=datetime.combine(begin, time(), ZONE),
        occurred_at__lt=datetime.combine(clock.due_on, time(), ZONE),
    ).select_related("proceeding__suspect", "case").order_by("occurred_at", "pk")  # fmt: skip
    return {"from_on": begin, "to_on": end, "persons": tuple(_line(step) for step in ended)}


def _line(step: Step) -> str:
    """Name, case, day of detention, and what came after it on which day; the reason is for a person to write."""
    row, case = step.proceeding, step.case
    detained = row.steps.filter(name="detain").order_by("-sequence").first()
    since = f"{detained.occurred_at.astimezone(ZONE):%Y-%m-%d}拘留" if detained else ""
    after = f"{step.occurred_at.astimezone(ZONE):%Y-%m-%d}{step.declared.zh}"
    named = (row.suspect.name if row.suspect else "", case.number if case else "", since, after)
    return " · ".join(part for part in named if part)

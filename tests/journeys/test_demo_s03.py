"""S3, the business quarrel filed as contract fraud, on the reference day."""

from __future__ import annotations

from datetime import date

import pytest

from cases.models import Deadline, Draft, Proceeding
from tests.cast import user
from tests.journeys.demo_world import running, tell

pytestmark = pytest.mark.django_db

QUARREL = "A9902021500002026070003"


def test_reconsideration_is_due_today_and_no_correction_can_be_drafted() -> None:
    tell()

    row = Proceeding.objects.get(case__number=QUARREL, process="filing_supervision_withdraw")
    decision = running(QUARREL, "withdraw_notice_reconsideration_decision")
    assert (decision.due_on, decision.owner) == (date(2026, 11, 23), user("bai.ruochuan"))
    draft = Draft.objects.get(proceeding=row, step="reconsider_uphold", outcome="")
    assert (draft.awaiting, draft.role) == (Draft.Awaiting.APPROVER, "chief_procurator")
    assert row.state == "reconsideration"
    assert not Deadline.objects.filter(
        case__number=QUARREL, limit="notify_withdraw_case_comply", stopped_at=None
    ).exists()
    assert "correct" not in {step.id for step in row.declared.steps_from(row.state)}

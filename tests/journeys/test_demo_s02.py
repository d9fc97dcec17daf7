"""S2, the unfiled loan fraud, on the reference day."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from cases.models import Draft, Proceeding
from coordination.models import Message
from supervision.demo import stories
from tests.cast import at, user
from tests.journeys.demo_world import running, tell

pytestmark = pytest.mark.django_db

FRAUD = "A9901021600002026090003"


def test_notice_to_file_is_three_days_over_and_the_correction_awaits_the_chief_procurator(
    client: Client,
) -> None:
    tell()

    row = Proceeding.objects.get(case__number=FRAUD, process="filing_supervision_file")
    notice, watchdog = (
        running(FRAUD, limit)
        for limit in ("notify_file_case_comply", "filing_supervision_noncompliance_watchdog")
    )
    assert (notice.due_on, notice.fires_at) == (date(2026, 11, 20), at("2026-11-21 00:00"))
    assert (watchdog.due_on, watchdog.owner) == (date(2026, 11, 20), user("gu.nanqiao"))
    assert notice.fires_at < stories.REFERENCE
    draft = Draft.objects.get(proceeding=row, step="correct", outcome="")
    assert (draft.awaiting, draft.role) == (Draft.Awaiting.APPROVER, "chief_procurator")
    assert draft.facts["findings"] == ["FIL-10"]
    client.force_login(user("gu.nanqiao"))
    assert "可能存在的违法情形" in client.get(f"/proceedings/{row.pk}/").content.decode()
    client.force_login(user("fang.shuning"))
    assert "可能存在的违法情形" not in client.get(f"/proceedings/{row.pk}/").content.decode()
    for login in ("fang.shuning", "han.kefei", "jiang.wanzhao"):
        assert Message.objects.filter(recipient=user(login), code="deadline.overdue").exists(), login

"""S8, the jointly supervised case, on the reference day."""

from __future__ import annotations

from datetime import date

import pytest

from cases.models import Document, Draft, Proceeding
from cases.queries import owed
from cases.steps import choices
from coordination.policy import visible
from coordination.standing import standing
from supervision.demo import stories
from tests.cast import user
from tests.journeys.demo_world import running, tell

pytestmark = pytest.mark.django_db

CALL_CENTRE = "A9901021600002026090001"
NOW = stories.REFERENCE


def test_missing_report_is_on_the_list_of_whoever_must_act() -> None:
    tell()
    joint = Proceeding.objects.get(process="joint_supervised_case", closed_at=None)

    assert Document.objects.get(kind="DOC-JOINT-LETTER").number == "青侦协〔2026〕3号"
    assert joint.state == "overdue"
    assert running(CALL_CENTRE, "joint_report_cycle").due_on == date(2026, 11, 18)
    assert running(CALL_CENTRE, "joint_case_deadline").due_on == date(2026, 12, 31)
    for login in ("xiahou.qi", "shao.weimin"):
        joint_cases = visible(user(login), Proceeding, now=NOW).filter(process="joint_supervised_case")
        assert [row.pk for row in joint_cases] == [joint.pk]
    deputy = user("he.zhiyuan")
    mine = owed.work_list(deputy, standing(deputy, NOW), owed.Asked(state="overdue"), now=NOW)
    taken_over = [row for row in mine.rows if row.person == "骆明溪"]
    assert [row.matter.pk for row in taken_over] == [joint.pk]
    own = {row.matter.process for row in mine.rows if row not in taken_over}
    assert own == {"internal_supervision_link", "correction_notice"}
    laid = Draft.objects.get(proceeding=joint, step="coordinate", outcome="")
    assert (laid.role, laid.cause) == ("office_resident", "rung:joint_report_cycle+1d")
    offered = {one.step.id: one for one in choices(user("jiang.wanzhao"), joint, at=NOW)}
    assert "release" not in offered

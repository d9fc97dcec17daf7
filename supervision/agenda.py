"""The agenda of a joint meeting as it is first offered: open leads, overdue replies, and common problems.

An offer only: whoever calls the meeting changes it before anybody is invited. It says nothing that the other side does
not see anyway; of leads, which are the procuratorate's own, it gives the number.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from cases import prefilling
from cases.models import Deadline, Proceeding, Step
from coordination import policy
from coordination.law.zone import ZONE
from coordination.models import Organisation, User

MEETING, LEAD = "joint_meeting", "supervision_lead"
REPLIES = (
    "correction_notice_reply", "reply_after_urge_norm", "procuratorial_recommendation_reply",
    "wrongful_filing_correction_reply",
)  # fmt: skip
"""The limits by which the other side answers a notice, an urging or a recommendation."""
PROBLEMS = (
    ("joint_analysis", "draft", "problems"),
    ("detained_not_submitted_review", "quarter", "common_problem"),
)
"""Where a common problem is written down: procedure, step, fact."""
MOST = 20


@prefilling.at_beginning(MEETING, "plan")
def agenda(organs: Sequence[Organisation], actor: User, now: datetime) -> Mapping[str, object]:
    """Return the items of the agenda for the two organs, as far as the person who calls the meeting sees them."""
    items = (*_leads(organs, actor, now), *_replies(organs, actor, now), *_problems(organs, actor, now))
    return {"agenda": tuple(items)}


def _leads(organs: Sequence[Organisation], actor: User, now: datetime) -> Iterator[str]:
    rows = policy.visible(actor, Proceeding, now=now).filter(
        process=LEAD, organisation__in=organs, closed_at__isnull=True
    )
    count = rows.count()
    if count:
        yield f"未结监督线索{count}件"


def _replies(organs: Sequence[Organisation], actor: User, now: datetime) -> Iterator[str]:
    rows = policy.visible(actor, Deadline, now=now).filter(
        limit__in=REPLIES, responsible__in=organs, stopped_at__isnull=True, fires_at__lte=now, confidentiality=0,
        proceeding__opened_to_counterpart_at__isnull=False,
    )  # fmt: skip
    for row in rows.select_related("proceeding", "case").order_by("fires_at", "pk")[:MOST]:
        about = row.case.number if row.case else row.proceeding.about
        due = f"{row.due_at.astimezone(ZONE):%Y-%m-%d}" if row.due_on is None else row.due_on.isoformat()
        words = (row.rule.zh, about, f"{due}届满")
        yield "逾期回复：" + " · ".join(word for word in words if word)


def _problems(organs: Sequence[Organisation], actor: User, now: datetime) -> Iterator[str]:
    """What was written down as a common problem since the last meeting of the two organs."""
    last = Proceeding.objects.filter(process=MEETING, organisation__in=organs).order_by("-opened_at").first()
    for process, step, fact in PROBLEMS:
        rows = policy.visible(actor, Step, now=now).filter(
            proceeding__process=process, name=step, organisation__in=organs
        )
        if last is not None:
            rows = rows.filter(recorded_at__gte=last.opened_at)
        for row in rows.order_by("-recorded_at", "-pk")[:MOST]:
            said = row.facts.get(fact) or ()
            yield from (f"共性问题：{one}" for one in ((said,) if isinstance(said, str) else said))

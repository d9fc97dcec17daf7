"""Sample deadlines in every state, and suspects in every situation of custody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from coordination.components import DeadlineShown, DeadlineState
from coordination.drawings.custody_bar import CustodyBar, Lawful, custody_bar
from coordination.gallery.words import NOW, at, both
from coordination.law.calendar import national
from coordination.law.clock import Happened, derive
from coordination.law.rulebook import rulebook


@dataclass(frozen=True, slots=True)
class Lane:
    """A suspect as `_custody_lane.html` takes it."""

    name: str
    measure: str
    deadline: DeadlineShown | None
    bar: CustodyBar | None
    url: str = "#suspect"


_ENDED = frozenset({"met", "late", "suspended"})

_ROWS: tuple[tuple[DeadlineState, str, date | None, str, str, str, str], ...] = (
    ("overdue", "2026-11-21 00:00", date(2026, 11, 20), "Comply with the notice to file", "执行通知立案书",
     "苗素琴 控告贷款诈骗案", "RULES 564"),
    ("due_soon", "2026-11-23 20:15", None, "Request approval of arrest", "提请批准逮捕",
     "章阿四 故意伤害致死案", "CPL 91"),
    ("running", "2026-11-28 00:00", date(2026, 11, 27), "Decide on arrest", "作出是否批准逮捕决定",
     "渡口市场盗窃团伙案", "CPL 91"),
    ("suspended", "2026-11-26 00:00", date(2026, 11, 25), "Reply to the correction notice",
     "回复纠正违法通知书", "砚湖搜查扣押清单异议案", "RULES 552"),
    ("provisional", "2027-02-20 00:00", date(2027, 2, 19), "End of bail", "取保候审期满",
     "澜砚纸业有限公司及其关联企业虚开增值税专用发票、逃避商检、非法占用农用地系列案", "CPL 79"),
    ("met", "2026-11-21 16:40", None, "Submit within the extended detention", "延长拘留期限内提请批捕",
     "渡口市场盗窃团伙案", "CPL 91"),
    ("late", "2026-11-19 00:00", date(2026, 11, 18), "Progress report of the joint case", "联合督办进展报告",
     "呼叫中心诈骗案", "practice"),
)  # fmt: skip


def deadlines(lang: str) -> tuple[DeadlineShown, ...]:
    """Return one row for each state; the reasons are those of the real clock."""
    limit = rulebook().limit("arrest_review_detained")
    received = Happened(limit.trigger[0], at("2026-11-20 17:20"))
    found = derive(limit, [received], in_custody=True, calendar=national())
    step = both(lang, "Take the step", "办理")
    return tuple(
        DeadlineShown(
            state=state,
            at=at(end),
            on=on,
            matter=both(lang, en, zh),
            source=source,
            because=found.because,
            case=case,
            case_url="#case",
            counterpart=both(lang, "Qingzhi police", "青沚分局法制大队"),
            counterpart_organ="police",
            next_step="" if state in _ENDED else step,
            next_url="" if state in _ENDED else "#step",
            note=both(lang, "The urging letter is ready for your approval.", "催办函已拟好，待您审批。")
            if state == "overdue"
            else "",
        )
        for state, end, on, en, zh, case, source in _ROWS
    )


def _detained(lang: str) -> tuple[Lawful, ...]:
    return (
        Lawful(both(lang, "Detention", "拘留"), at("2026-11-14 16:40"), at("2026-11-17 16:40"), "CPL 91"),
        Lawful(
            both(lang, "Detention, extended", "延长拘留"),
            at("2026-11-17 16:40"), at("2026-11-21 16:40"), "CPL 91",
        ),
        Lawful(both(lang, "Arrest review", "审查逮捕"), at("2026-11-20 17:20"), at("2026-11-28 00:00"), "CPL 91"),
    )  # fmt: skip


def _arrested(lang: str) -> tuple[Lawful, ...]:
    rows = (
        ("Detention", "拘留", "2026-08-12 09:00", "2026-09-11 09:00", "CPL 91", False),
        ("Arrest review", "审查逮捕", "2026-09-11 09:00", "2026-09-18 00:00", "CPL 91", False),
        ("Investigation custody", "侦查羁押", "2026-09-18 00:00", "2026-11-19 00:00", "CPL 156", False),
        ("Extension of one month", "延长一个月", "2026-11-19 00:00", "2026-12-19 00:00", "CPL 156", False),
        ("Further extension", "再延长二个月", "2026-12-19 00:00", "2027-02-19 00:00", "CPL 158", True),
    )
    return tuple(
        Lawful(both(lang, en, zh), at(start), at(end), source, provisional)
        for en, zh, start, end, source, provisional in rows
    )


def lanes(lang: str) -> tuple[Lane, ...]:
    """Return suspects in each situation: under review, arrested long ago, overstayed, at liberty."""
    today = both(lang, "today", "今日")
    rows = deadlines(lang)
    over = (
        Lawful(both(lang, "Detention", "拘留"), at("2026-11-16 20:15"), at("2026-11-21 20:15"), "CPL 91"),
    )

    def bar(periods: tuple[Lawful, ...], warns: str) -> CustodyBar:
        return custody_bar(periods, now=NOW, warns_at=at(warns), today_word=today)

    review = both(lang, "arrest under review, detained", "审查逮捕（在押）")
    return (
        Lane("田广顺", review, rows[2], bar(_detained(lang), "2026-11-26 09:00")),
        Lane("岳春梅", both(lang, "arrested", "逮捕"), rows[4], bar(_arrested(lang), "2026-12-11 09:00")),
        Lane("章阿四", both(lang, "detained", "刑事拘留"), rows[0], bar(over, "2026-11-20 09:00")),
        Lane("孔大有", both(lang, "bail", "取保候审"), None, None),
    )

"""The patterns of a seeded world: short cases told through the verbs once, to be copied many times for many desks.

How they are copied is in `seeding`. Every pattern begins at the same instant, so that it can be moved as a whole. It is
told in a week that lies before every copy: no clock of a world that was seeded before rings meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from supervision.demo.telling import Scene, Story, instant

BEGINS = instant("2025-01-06 09:00")
ENDS = instant("2025-01-08 12:00")
SUSPECT = "样例某"
"""The suspect's name in every pattern; each copy has a name of its own."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Who handles cases in a county: the investigator and its unit, the legal department, the chief, the prosecutor."""

    unit: str
    investigator: str
    legal: str
    chief: str
    prosecutor: str


DESKS = (
    Desk("990102510000", "shen.yanqiu", "fang.shuning", "han.kefei", "gu.nanqiao"),
    Desk("990102150000", "he.zhiyuan", "fang.shuning", "han.kefei", "gu.nanqiao"),
    Desk("990121160000", "wen.zean", "police_legal.yanhu", "police_chief.yanhu", "zhuang.yining"),
    Desk("990202150000", "zhu.changhe", "ji.yunshu", "police_chief.dunan", "bai.ruochuan"),
    Desk("990221150000", "zhuo.yifan", "ruan.changlin", "yan.qitai", "wang.yiwei"),
)
TOLD_AT = DESKS[0]
SECOND = "investigator2.dukou"


@dataclass(frozen=True, slots=True)
class Pattern:
    """One case to be copied: its number, whether it is closed in the end, and how many parts of a hundred it makes."""

    number: str
    scenes: tuple[Scene, ...]
    is_closed: bool
    parts: int


def patterns() -> tuple[Pattern, ...]:
    """The four patterns, as the first desk handles them."""
    return (
        _pattern("SEED-0", _not_filed, is_closed=True, parts=60),
        _pattern("SEED-1", _withdrawn, is_closed=True, parts=30),
        _pattern("SEED-2", _under_review, is_closed=False, parts=4),
        _pattern("SEED-3", _detained, is_closed=False, parts=6),
    )


def _pattern(
    number: str, tell: Callable[[Story, Desk], list[Scene]], *, is_closed: bool, parts: int
) -> Pattern:
    return Pattern(number, tuple(tell(Story(number, []), TOLD_AT)), is_closed, parts)


def _report(story: Story, desk: Desk, title: str, charge: str) -> None:
    story.report(
        "2025-01-06 09:00",
        desk.investigator,
        title,
        desk.unit,
        kind="general",
        reporter="报案人",
        charge=charge,
    )
    story.step("2025-01-06 09:20", desk.investigator, "filing_review", "hand_receipt")


def _not_filed(story: Story, desk: Desk) -> list[Scene]:
    _report(story, desk, "财物遗失报案", "盗窃罪")
    story.agreed(
        "2025-01-07 15:00", desk.legal, desk.chief, "filing_review", "decide_not", ground="no_crime_facts",
        reasons="经查没有犯罪事实。", has_complainant=False,
    )  # fmt: skip
    story.step("2025-01-07 16:00", desk.investigator, "filing_review", "no_complainant")
    story.step("2025-01-07 16:10", desk.legal, "case", "close_not_filed")
    return story.scenes


def _filed_and_detained(story: Story, desk: Desk) -> None:
    _report(story, desk, "入户盗窃案", "盗窃罪")
    story.agreed("2025-01-06 17:00", desk.legal, desk.chief, "filing_review", "decide_file")
    story.assigned("2025-01-06 17:05", desk.chief, desk.investigator, "investigator")
    story.assigned("2025-01-06 17:10", desk.prosecutor, desk.prosecutor, "prosecutor")
    story.named("2025-01-06 17:30", desk.investigator, SUSPECT)
    story.agreed(
        "2025-01-07 09:00", desk.investigator, desk.chief, "custody", "detain", who=SUSPECT,
        executed_at="2025-01-07 08:30", ground="evidence_found", warrant_no="公拘字〔2026〕1号",
    )  # fmt: skip
    story.step(
        "2025-01-07 15:10",
        desk.investigator,
        "custody",
        "enter_house",
        who=SUSPECT,
        arrived_at="2025-01-07 15:00",
    )
    story.logged(
        "2025-01-07 17:00", desk.investigator, "interrogation", "2025-01-07 15:30", "2025-01-07 16:30", who=SUSPECT,
        officers=(desk.investigator, SECOND), place=("detention_house", "看守所"), sequence_no=1,
        rights_told=("defender", "legal_aid", "plea", "recusal"), alone=True, recording="audio_video",
        recording_complete=True, recording_ref="同录光盘1", record_signed="every_page", read_over=True,
        custody_pass_no="提讯1号",  # noqa: S106 - a pass of the detention house
    )  # fmt: skip
    story.logged(
        "2025-01-07 18:20", desk.investigator, "family_notice", "2025-01-07 18:05", who=SUSPECT,
        notice_no="公拘通字〔2026〕1号", for_measure="detention", notified_at="2025-01-07 18:05",
        relative_name="近亲属", method="phone", non_notice_reason="none",
    )  # fmt: skip


def _withdrawn(story: Story, desk: Desk) -> list[Scene]:
    _filed_and_detained(story, desk)
    story.agreed(
        "2025-01-08 09:00", desk.investigator, desk.chief, "custody", "release", who=SUSPECT,
        ground="not_warranted", released_at="2025-01-08 08:50",
    )  # fmt: skip
    story.step("2025-01-08 10:00", desk.chief, "case", "withdraw")
    story.step("2025-01-08 10:30", desk.investigator, "case", "tell_parties")
    story.step("2025-01-08 11:00", desk.legal, "custody", "close_free", who=SUSPECT)
    story.step("2025-01-08 11:30", desk.legal, "case", "archive_withdrawn")
    return story.scenes


def _under_review(story: Story, desk: Desk) -> list[Scene]:
    _report(story, desk, "电动车被盗案", "盗窃罪")
    return story.scenes


def _detained(story: Story, desk: Desk) -> list[Scene]:
    _filed_and_detained(story, desk)
    return story.scenes

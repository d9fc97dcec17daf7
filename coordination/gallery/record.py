"""Sample record: a timeline with every kind, steps that may and may not be taken, a letter, a form."""

from __future__ import annotations

from coordination.components import ChoiceShown, Letter, ReviewRow, TimelineItem
from coordination.gallery.words import at, both
from coordination.law.citation import Source
from coordination.law.history import Reason

_NO_THIRD = Reason(
    "returned_twice",
    "The case was already returned twice; a third return is not lawful.",
    "本案已退回补充侦查二次，不得第三次退回。",
    (Source("CPL", "175"), Source("RULES", "346")),
)
_WRONG_ROLE = Reason(
    "role", "Only the chief procurator decides this.", "此步骤由检察长决定。", (Source("RULES", "4"),)
)


def timeline(lang: str) -> tuple[TimelineItem, ...]:
    """Return one item of each kind, newest first, two of them new."""
    police = both(lang, "Qingzhi police", "青沚分局")
    ours = both(lang, "Qingzhi procuratorate", "青沚区检察院")
    return (
        TimelineItem(
            "deadline",
            at("2026-11-23 09:00"),
            both(lang, "Seven days of arrest review: four left", "审查逮捕七日期限：还剩四天"),
            is_new=True,
        ),
        TimelineItem(
            "step",
            at("2026-11-20 17:20"),
            both(lang, "Receipt of the request for approval of arrest", "签收提请批准逮捕书"),
            "procuratorate",
            ours,
            "许青芷",
            url="#step",
            is_new=True,
        ),
        TimelineItem(
            "document",
            at("2026-11-20 17:05"),
            both(lang, "Request for approval of arrest", "提请批准逮捕书"),
            "police",
            police,
            "方叔宁",
            both(lang, "Sent again with the list of recordings.", "补齐同步录音录像清单后重新报送。"),
            "望青公提捕字〔2026〕88号",
            "#document",
        ),
        TimelineItem(
            "message",
            at("2026-11-19 16:00"),
            both(lang, "Returned at the desk: list of recordings missing", "案管退回：缺同步录音录像清单"),
            "procuratorate",
            ours,
            "许青芷",
        ),
        TimelineItem(
            "activity",
            at("2026-11-14 22:05"),
            both(lang, "Interrogation of 田广顺", "讯问田广顺"),
            "police",
            police,
            "沈砚秋、贺知远",
            both(
                lang,
                "22:05–23:40, detention house, recorded throughout.",
                "22:05–23:40，看守所，全程录音录像。",
            ),
        ),
    )


def choices(lang: str) -> tuple[ChoiceShown, ...]:
    """Return steps that may be taken: the main one, a plain one, a grave one with a long name."""
    return (
        ChoiceShown(
            both(lang, "Approve arrest", "批准逮捕"),
            both(lang, "Starts two months of investigation custody.", "开始计算二个月侦查羁押期限。"),
            "#approve",
            is_main=True,
        ),
        ChoiceShown(
            both(lang, "Do not approve arrest", "不批准逮捕"),
            both(
                lang,
                "The police release at once and send back the receipt.",
                "公安机关应当立即释放，并送回执行回执。",
            ),
            "#refuse",
        ),
        ChoiceShown(
            both(
                lang,
                "Withdraw the request because the facts that were stated in it have changed",
                "因据以提请的事实发生变化而撤回提请",
            ),
            "",
            "#withdraw",
            is_grave=True,
        ),
    )


def refused(lang: str) -> tuple[ChoiceShown, ...]:
    """Return steps that may not be taken, for one reason and for two."""
    return (
        ChoiceShown(
            both(lang, "Return for supplementary investigation", "退回补充侦查"), reasons=(_NO_THIRD,)
        ),
        ChoiceShown(
            both(lang, "Issue a correction notice", "发出纠正违法通知书"), reasons=(_WRONG_ROLE, _NO_THIRD)
        ),
    )


def review(lang: str) -> tuple[ReviewRow, ...]:
    """Return what was entered, for reading once more."""
    return (
        ReviewRow(both(lang, "Decision", "决定"), both(lang, "Approve arrest", "批准逮捕")),
        ReviewRow(both(lang, "Suspect", "犯罪嫌疑人"), "田广顺"),
        ReviewRow(
            both(lang, "Reasons", "理由"),
            both(
                lang,
                "There is evidence of the facts of a crime.\nReleased, the person could commit new crimes.",
                "有证据证明有犯罪事实。\n采取取保候审尚不足以防止实施新的犯罪。",
            ),
        ),
    )


def letter(lang: str) -> Letter:
    """Return a correction notice in draft; the document itself is Chinese in every language."""
    return Letter(
        organ="望川市青沚区人民检察院",
        title="纠正违法通知书",
        number="岚望青检纠违〔2026〕＿号",
        addressee="望川市公安局青沚分局",
        paragraphs=(
            (
                "本院在审查卫小楼盗窃一案中发现，你局侦查人员于2026年9月22日讯问犯罪嫌疑人时，"
                "仅由一名侦查人员进行，违反了《中华人民共和国刑事诉讼法》第一百一十八条的规定。"
            ),
            "根据《人民检察院刑事诉讼规则》第五百六十七条的规定，现通知你局予以纠正，并将纠正情况书面回复本院。",
        ),
        signature="望川市青沚区人民检察院",
        signed_on="2026年11月23日",
        state=both(lang, "draft", "草稿"),
        missing=(both(lang, "the date by which to reply", "回复期限"),),
    )

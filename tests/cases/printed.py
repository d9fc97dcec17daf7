"""Sheets to print in tests: the correction notice of the cast's story S4, and one that fills every part."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from cases.papers.sheets import Item, Section, Sheet, Table

CHECK = "https://jianjing.example/check"
LAW = "《中华人民共和国刑事诉讼法》"


@dataclass(frozen=True)
class Numbering:
    """As in the catalogue."""

    pattern: str | None


@dataclass(frozen=True)
class Kind:
    """What rendering looks at of a document kind."""

    code: str = "DOC-CORRECTION-NOTICE"
    zh: str = "纠正违法通知书"
    group: str = "supervision"
    issuer: str = "prosecutor"
    addressee: tuple[str, ...] = ("police_legal",)
    numbering: Numbering | None = Numbering("{proc_abbr}检{dept_abbr}纠违〔{yyyy}〕{n}号")


NOTICE = Kind()
# A kind for each layout, with the attributes that lead to it.
KINDS: dict[str, Kind] = {
    "notice": NOTICE,
    "letter": replace(NOTICE, code="DOC-URGE-REPLY", zh="督促回复函"),
    "report": replace(NOTICE, code="DOC-SUPERIOR-REPORT", zh="向上一级人民检察院报告"),
    "slip": replace(NOTICE, code="DOC-SERVICE-RECEIPT", zh="送达回证（送达证）", group="internal"),
    "form": replace(NOTICE, code="DOC-DETAINED-LIST", zh="刑拘未提捕人员清单", group="office"),
    "record": replace(NOTICE, code="DOC-HEARING-RECORD", zh="听取办案人员意见记录", group="office"),
}

CORRECTION = Sheet(
    organ="望川市青沚区人民检察院",
    title="纠正违法通知书",
    addressee="望川市公安局青沚分局",
    number="岚望青检纠违〔2026〕7号",
    sections=(
        Section(
            "发现的违法情况",
            items=(
                Item(
                    "两份讯问笔录均载明侦查员贺知远在场，时间重叠。",
                    "讯问时间重叠",
                    (f"{LAW}第一百一十八条",),
                ),
                Item("其中一份讯问笔录仅有一名侦查人员签名。", "单人讯问"),
            ),
        ),
        Section("纠正意见", ("请立即纠正，并将纠正情况书面告知本院。",)),
    ),
    bases=(f"{LAW}第八条",),
    reply_due_on=date(2026, 11, 6),
    signer_role="检察长",
    signer_name="陆承钧",
    dated_on=date(2026, 10, 19),
    check_address=CHECK,
)

FULL = replace(
    CORRECTION,
    joint_organs=("望川市公安局",),
    fields=(
        ("案由", "盗窃"),
        ("案件编号", "A9901021500002026090008"),
        ("承办单位", "青沚分局渡口街派出所刑事侦查大队"),
    ),
    sections=(
        *CORRECTION.sections,
        Section("人员", table=Table(("姓名", "刑拘日期"), (("田广顺", "2026年11月14日"),), "未提请逮捕人员")),
    ),
    reply_term="收到本通知书后十五日以内",
    place="望川市青沚区",
    signatures=("受送达人（签名）", "见证人（签名）"),
    attachments=("讯问笔录复印件", "录音录像核查记录"),
    copy_to=("望川市人民检察院", "青沚侦协办"),
)

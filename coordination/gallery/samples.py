"""Everything the page of the gallery is given, in one language."""

from __future__ import annotations

from coordination.components import Filter, Link, NavItem, Option, Pager, Shell, Tab
from coordination.drawings.state_diagram import state_diagram
from coordination.gallery import board, matters, record
from coordination.gallery.forms import filled
from coordination.gallery.words import NOW, at, both
from coordination.law.processes import all_processes

_NAV = (
    ("work", "Work list", "待办", "work", 0),
    ("cases", "Cases", "案件", "case", 0),
    ("inbox", "Inbox", "收件", "inbox", 3),
    ("office", "Office board", "侦协办", "office", 0),
    ("areas", "Areas", "任务", "area", 0),
    ("registers", "Registers", "台账", "register", 0),
    ("rulebook", "Rulebook", "规则库", "rulebook", 0),
)
_PEOPLE = {
    "procuratorate": ("顾南乔", "prosecutor", "检察官", "望川市青沚区人民检察院"),
    "police": ("方叔宁", "police legal department", "公安法制部门", "望川市公安局青沚分局"),
    "office": ("江晚照", "resident prosecutor", "常驻检察官", "青沚侦协办"),
    "detention_house": ("丁守正", "custody officer", "看守所民警", "望川市第一看守所"),
}

_WORDS = {
    "cpl_85": ("At once after the detention (CPL 85).", "拘留后应当立即进行（刑诉法第85条）。"),
    "cpl_118": ("Two officers at the least (CPL 118).", "侦查人员不得少于二人（刑诉法第118条）。"),
    "cpl_123": (
        "Required where life imprisonment or death is possible; throughout, without a break (CPL 123).",
        "可能判处无期徒刑、死刑的案件应当全程录音录像，保持完整性（刑诉法第123条）。",
    ),
    "empty_title": ("Nothing is owed by you", "您没有待办事项"),
    "empty_text": (
        "Steps with a date that are yours to take appear here, the nearest first.",
        "应由您办理且有期限的步骤会显示在这里，最近到期的排在最前。",
    ),
    "items_done": ("6 of 9 items", "9 项中已完成 6 项"),
    "outline": ("Investigation outline", "补查提纲"),
    "confirm_title": ("Approve arrest of 田广顺?", "批准逮捕田广顺？"),
    "confirm_text": ("This cannot be taken back.", "此步骤不可撤回。"),
    "yes": ("Approve", "批准"),
    "notice": ("Reported upward on 2026-11-18.", "已于 2026-11-18 报告上一级。"),
}


def shell(lang: str, organ: str) -> Shell:
    """Return what stands around the page for a person of this organ; a prosecutor for an unknown one."""
    organ = organ if organ in _PEOPLE else "procuratorate"
    person, en, zh, name = _PEOPLE[organ]
    nav = tuple(NavItem(key, both(lang, *words), f"#{key}", icon, count) for key, *words, icon, count in _NAV)
    return Shell(organ, name, person, both(lang, en, zh), "/", nav, "", NOW)


def filters(lang: str) -> tuple[Filter, ...]:
    """Return a choice, a text and a date."""
    everyone = Option("", both(lang, "all", "全部"), is_chosen=True)
    police = Option("police", both(lang, "police", "公安机关"))
    return (
        Filter("other", both(lang, "Counterpart", "对方"), (everyone, police)),
        Filter("q", both(lang, "Words", "关键词")),
        Filter("before", both(lang, "Due before", "到期早于"), kind="date"),
    )


def samples(lang: str, organ: str) -> dict[str, object]:
    """Return the context of the gallery's template."""
    return {
        "shell": shell(lang, organ),
        "section": "work",
        "now": NOW,
        "since": at("2026-11-19 18:00"),
        **_head(lang),
        **_procedure(lang),
        "rows": matters.deadlines(lang),
        "lanes": matters.lanes(lang),
        "items": record.timeline(lang),
        "choices": record.choices(lang),
        "refused": record.refused(lang),
        "review": record.review(lang),
        "form": filled(lang),
        "letter": record.letter(lang),
        "tiles": board.tiles(lang),
        "mechanisms": board.mechanisms(lang),
        "words": {key: both(lang, *words) for key, words in _WORDS.items()},
    }


def _head(lang: str) -> dict[str, object]:
    """Return what stands above a list: crumbs, title, actions, tabs, filters, pages."""
    number = "A9901025100002026110021"
    return {
        "crumbs": (Link(both(lang, "Cases", "案件"), "#cases"), Link(number)),
        "title": both(lang, "Theft ring at the ferry market", "渡口市场盗窃团伙案"),
        "number": number,
        "tags": (both(lang, "under investigation", "侦查中"), both(lang, "confidential", "秘密")),
        "actions": (
            Link(both(lang, "Print", "打印"), "#print", "print"),
            Link(both(lang, "Log a step", "记录侦查活动"), "#log", "plus", "main"),
        ),
        "tabs": (
            Tab(both(lang, "I owe", "我应办"), "#owe", is_current=True, count=7),
            Tab(both(lang, "Owed to me", "他人应办"), "#owed", count=0),
            Tab(both(lang, "Done", "已办"), "#done"),
        ),
        "filters": filters(lang),
        "found": both(lang, "7 rows", "7 项"),
        "pager": Pager("#newer", "#older", both(lang, "sorted by due date", "按到期时间排序")),
    }


def _procedure(lang: str) -> dict[str, object]:
    """Return the picture of the correction notice, two moves made."""
    notice = all_processes()["correction_notice"]
    first, second = notice.steps[0], notice.steps[1]
    start = notice.start.id
    middle = first.target(start)
    way = ((start, middle), (middle, second.target(middle)))
    return {
        "states": (notice.states[0], notice.states[1], notice.states[-1]),
        "diagram": state_diagram(notice, lang, here=way[-1][1], passed=way),
        "diagram_title": notice.name(lang),
    }

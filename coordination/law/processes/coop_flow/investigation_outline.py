"""Outline for continued or supplementary investigation with a decision on arrest (继续侦查、补充侦查提纲).

RULES 284 (with an approval), 285 (with a refusal for insufficient evidence), 257. The outline states the day of the
answer. Each item is a procedure of its own, `outline_item`. The outline of a return goes out with the return.
"""
# fmt: off

from coordination.law.grammar import (
    SAME,
    Emit,
    Field,
    Open,
    Paper,
    Process,
    Rung,
    Start,
    State,
    Step,
    cite,
)

CLOCKS = ("outline_item_answer", "outline_check_norm", "consultation_answer_norm")

PROCESS = Process(
    "investigation_outline",
    "COOP-FLOW",
    "继续侦查与补充侦查提纲",
    "Investigation outline",
    subject="case",
    initiator="prosecutor",
    states=(
        State("drafting", "拟稿", "being drafted", "start"),
        State("served", "已送达", "served"),
        State("answering", "逐项办理", "items being answered"),
        State("answered", "已反馈", "all items answered"),
        State("checked", "已核验", "checked"),
        State("closed", "办结", "closed", "end"),
    ),
    steps=(
        Step(
            "serve", "送达提纲", "Serve the outline",
            "prosecutor", ("drafting",), "served",
            facts=(
                Field("occasion", "enum", options=("with_approval", "with_non_approval")),
                Field("items", "list"),
                Field("due_on", "date", tense="future"),
            ),
            guidance="no item without its proof purpose",
            guidance_zh="每一事项均写明证明目的",
            emits=(Emit("outline_served", on_receipt=True),),
            starts=(Start("outline_item_answer", stated_by="due_on"),),
            opens=(Open("outline_item", each="items"),),
            documents=(
                Paper("DOC-OUTLINE-CONTINUE", when="outline_with_approval"),
                Paper("DOC-OUTLINE-NON-ARREST", when="outline_with_non_approval"),
            ),
            certainty="verified",
            sources=cite("RULES 257", "RULES 284", "RULES 285", "BUCHA2020 whole text"),
        ),
        Step("drop", "不制作提纲", "No outline", "prosecutor", ("drafting",), "closed"),
        Step(
            "query", "提纲问题沟通", "Ask what an item means",
            "investigator", ("served", "answering"), "answering",
            facts=(Field("question", "text"),),
            guards=("outline_received", "no_question_open"),
            emits=("consultation_asked",),
            starts=("consultation_answer_norm",),
        ),
        Step(
            "clarify", "答复提纲问题", "Explain the item",
            "prosecutor", ("answering",), SAME,
            facts=(Field("answer", "text"),),
            guards=("question_open",),
            emits=("consultation_answered",),
            stops=("consultation_answer_norm",),
        ),
        Step(
            "answer", "全部反馈", "All items answered",
            "investigator", ("served", "answering"), "answered",
            on_event=("outline_served",),
            guards=("every_item_answered",),
            approval="police_legal",
            emits=("outline_items_answered",),
            starts=("outline_check_norm",),
            stops=("consultation_answer_norm", "outline_item_answer"),
            certainty="verified",
            sources=cite("MPS 138"),
        ),
        Step(
            "check", "核验", "Check",
            "prosecutor", ("answered",), "checked",
            guards=("every_item_checked",),
            emits=("outline_checked",),
            stops=("outline_check_norm",),
        ),
        Step(
            "send_again", "退回重办事项", "Send items back",
            "prosecutor", ("answered",), "answering",
            facts=(Field("due_on", "date", tense="future"),),
            guards=("some_item_open",),
            emits=("outline_checked", "outline_served"),
            starts=(Start("outline_item_answer", stated_by="due_on"),),
            stops=("outline_check_norm",),
        ),
        Step("close", "办结", "Close", "prosecutor", ("checked",), "closed"),
        Step(
            "overtaken", "案件终局", "Overtaken by the end of the case",
            "prosecutor", ("served", "answering", "answered"), "closed",
            on_event=("case_withdrawn", "case_closed_record", "indictment_issued", "non_prosecution_decided"),
            follows=True,
            stops=CLOCKS,
        ),
    ),
    escalation=(
        Rung(
            "-5wd", "outline_item_answer", ("investigator", "police_legal"),
            "list of open items", "未办事项清单",
        ),
        Rung(
            "+1d", "outline_item_answer", ("police_legal", "prosecutor", "office_resident"),
            "reminder with open items", "提醒（附未办事项）",
        ),
        Rung(
            "+5wd", "outline_item_answer", ("office_resident",),
            "agenda item for joint_meeting", "列入联席会议议题",
        ),
    ),
    registers=("REG-SUPP",),
    seen_by="after:served",
)

"""Conditions of returns for supplementary investigation and of outlines, each with its article."""

from coordination.law.conditions import (
    above_is,
    both,
    children_in,
    fact_is,
    happened,
    no,
    recorded_fewer_than,
    runs,
)
from coordination.law.guards.guard import guard, of_facts
from coordination.law.history import Situation

RETURN, ITEM = "returned_for_supplement", "outline_item"


def number_counts(situation: Situation) -> bool:
    """Say whether the number of the return is the next one of the case."""
    return situation.facts.get("return_no") == situation.history.recorded.get(RETURN, 0) + 1


def no_appraisal(situation: Situation) -> bool:
    """Say whether no psychiatric appraisal is under way; its end cannot be known, its events tell."""
    events = situation.history.events
    begun, over = events.get("psychiatric_appraisal_decided"), events.get("psychiatric_appraisal_resumed")
    return begun is None or (over is not None and over >= begun)


# One guard a paragraph: name, test and articles; then what is missing when it does not hold.
# fmt: off
GUARDS = (
    of_facts(
        "return_number_counts", number_counts, "RULES 346", "RULES 350",
        en="the number of the return is counted for the case, changes of jurisdiction included",
        zh="退回次数应当按全案累计，改变管辖前后合并计算",
    ),
    guard(
        "once_returned", both(no(recorded_fewer_than(1, RETURN)), recorded_fewer_than(2, RETURN)), "CPL 175",
        en="not the second return", zh="不是第二次退回",
    ),
    guard(
        "twice_returned", no(recorded_fewer_than(2, RETURN)), "CPL 175",
        en="the case was not returned twice", zh="未经二次退回补充侦查",
    ),
    guard(
        "no_appraisal_running", no_appraisal, "CPL 149",
        en="a psychiatric appraisal is under way", zh="精神病鉴定尚在进行",
    ),
    guard(
        "every_item_answered", children_in(ITEM, "answered", "closed"), "MPS 296",
        en="not every item is answered: done, partly, or cannot be done with its reason",
        zh="尚有事项未反馈（已完成、部分完成，或者无法完成并说明理由）",
    ),
    guard(
        "every_item_checked", children_in(ITEM, "closed"), "RULES 257",
        en="not every item is checked", zh="尚有事项未核验",
    ),
    guard(
        "some_item_open", no(children_in(ITEM, "answered", "closed")), "RULES 257",
        en="no item was sent back", zh="没有退回重办的事项",
    ),
    guard(
        "withdrawal_unlawful", fact_is("lawful", False), "RULES 347",
        en="the withdrawal is lawful", zh="撤案合法",
    ),
    guard(
        "outline_is_open", above_is("occasion", "with_approval", "with_non_approval"), "RULES 257",
        en="the file of a return is back: what is still missing is asked for anew",
        zh="退回补充侦查的案卷已经移送，仍需补充的应当另行提出",
    ),
    guard(
        "outline_with_approval", fact_is("occasion", "with_approval"), "RULES 284",
        en="the outline does not go with an approval", zh="不是随批准逮捕的提纲",
    ),
    guard(
        "outline_with_non_approval", fact_is("occasion", "with_non_approval"), "RULES 285",
        en="the outline does not go with a refusal", zh="不是随不批准逮捕的提纲",
    ),
    guard(
        "outline_received", happened("outline_served"), "RULES 257",
        en="the outline is not receipted yet", zh="提纲尚未签收",
    ),
    guard(
        "question_open", runs("consultation_answer_norm"),
        en="no question is open", zh="没有待答复的问题",
    ),
    guard(
        "no_question_open", no(runs("consultation_answer_norm")),
        en="a question is already open", zh="已有问题尚未答复",
    ),
    guard(
        "defender_to_tell", runs("evidence_submission_to_defence_notice"), "RULES 50",
        en="the defender need not be told", zh="无需告知辩护人",
    ),
)

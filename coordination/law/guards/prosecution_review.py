"""Conditions of the prosecution review, each with its article."""

from coordination.law.conditions import (
    both,
    fact_is,
    fact_is_not,
    never_taken,
    not_beside,
    recorded_fewer_than,
    runs,
)
from coordination.law.guards.guard import guard, of_facts
from coordination.law.history import Situation

RECEIPTS = ("receive", "receive_again")


def not_extended(situation: Situation) -> bool:
    """Say whether the present period was not extended since the file was received last."""
    last, received = situation.history.last("extend"), situation.history.last(*RECEIPTS)
    return last is None or (received is not None and last.at < received.at)


def somebody_in_custody(situation: Situation) -> bool:
    """Say whether a suspect of the case is in custody."""
    return situation.history.in_custody


def moved_here(situation: Situation) -> bool:
    """Say whether the review was opened because another procuratorate handed the case over."""
    return any(taken.step == "move" for taken in situation.history.opener)


# One guard a paragraph: name, test and articles; then what is missing when it does not hold.
# fmt: off
GUARDS = (
    guard(
        "fast_track_proposed", fact_is("fast_track", True), "RULES 273",
        en="the fast track was not proposed", zh="未建议适用速裁程序",
    ),
    guard(
        "ordinary_track", fact_is_not("fast_track", True), "RULES 351",
        en="the fast track applies", zh="适用速裁程序",
    ),
    guard(
        "fast_track_runs", runs("prosecution_review_fast_track"), "RULES 273",
        en="the fast track does not run", zh="未适用速裁程序",
    ),
    guard(
        "victim_to_tell", fact_is("has_victim", True), "CPL 46",
        en="there is no victim", zh="没有被害人",
    ),
    guard(
        "necessity_review_due", fact_is("necessity_due", True), "CUST2023 6",
        en="no necessity review is due in this case", zh="本案无需进行起诉前羁押必要性审查",
    ),
    guard(
        "necessity_review_still_due", both(fact_is("necessity_due", True), never_taken("necessity")), "CUST2023 6",
        en="no necessity review is due any more", zh="羁押必要性审查已经完成",
    ),
    guard(
        "somebody_in_custody", somebody_in_custody, "RULES 614",
        en="nobody is in custody", zh="没有在押的犯罪嫌疑人",
    ),
    guard(
        "moved_from_another_procuratorate", moved_here, "RULES 351",
        en="no other procuratorate handed the case over", zh="不是改变管辖的案件",
    ),
    guard(
        "jurisdiction_designated", fact_is("designated", True), "RULES 22",
        en="jurisdiction was not designated", zh="不是指定管辖",
    ),
    guard(
        "review_not_extended", not_extended, "CPL 172", "RULES 351",
        en="this period was extended already", zh="本次审查起诉期限已经延长",
    ),
    guard(
        "fewer_than_two_returns", recorded_fewer_than(2, "returned_for_supplement"),
        "CPL 175", "RULES 346", "RULES 350",
        en="the case was returned twice already: now only indictment or non-prosecution",
        zh="已经二次退回补充侦查，只能提起公诉或者作出不起诉决定",
    ),
    guard(
        "no_return_prepared", not_beside("supplementary_investigation"), "RULES 346",
        en="a return is being prepared, or the results of the last one are not checked",
        zh="已有拟退回补充侦查事项，或者上次补查结果尚未核验",
    ),
    guard(
        "penalty_is_needed", fact_is("penalty_needed", True), "XINGFAN2024 3",
        en="no administrative penalty is needed", zh="不需要行政处罚",
    ),
    guard(
        "not_passed_on", never_taken("pass_reverse"), "XINGFAN2024 3",
        en="the case was passed on already", zh="已经移送行政检察部门",
    ),
    guard(
        "discretionary_non_prosecution", fact_is("ground", "minor_discretionary"), "CPL 181",
        en="not a discretionary non-prosecution", zh="不是相对不起诉",
    ),
    of_facts(
        "appeal_of_victim", fact_is("appellant", "victim"), "CPL 180",
        en="not an appeal of the victim", zh="不是被害人申诉",
    ),
    of_facts(
        "appeal_of_suspect", fact_is("appellant", "suspect"), "CPL 181",
        en="not an appeal of the person not prosecuted", zh="不是被不起诉人申诉",
    ),
    of_facts(
        "appeal_changed", fact_is("outcome", "changed"), "RULES 386",
        en="the appeal did not change the decision", zh="申诉复查未改变原决定",
    ),
    guard(
        "no_objection_open", not_beside("non_prosecution_objection"), "RULES 379", "RULES 380",
        en="the objection of the police is still open", zh="公安机关的复议、复核尚未办结",
    ),
)

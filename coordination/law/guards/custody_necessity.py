"""Conditions of the custody-necessity review, each with its article."""

from coordination.law.conditions import fact_given, happened_since, no
from coordination.law.guards.guard import guard, of_facts
from coordination.law.history import Situation

AT_PROSECUTION = ("prosecution_file_received", "file_rereceived")
LEFT_PROSECUTION = ("indictment_issued", "non_prosecution_decided", "returned_for_supplement")
OUT_OF_CUSTODY = ("released", "measure_changed", "bail_executed", "residential_surveillance_executed")


def at_prosecution_review(situation: Situation) -> bool:
    """Say whether the file lies with the procuratorate for review: received, and not left since."""
    happened = situation.history.events
    received = [happened[event] for event in AT_PROSECUTION if event in happened]
    left = [happened[event] for event in LEFT_PROSECUTION if event in happened]
    return bool(received) and (not left or max(left) < max(received))


def expert_step_open(situation: Situation) -> bool:
    """Say whether an expert, technical or hearing step was begun and has not ended."""
    return situation.history.times("pause_expert") > situation.history.times("resume_expert")


def release_or_change_recorded(situation: Situation) -> bool:
    """Say whether the custody record bears out the answer: out of custody since the recommendation, or kept."""
    if situation.facts.get("outcome") == "kept":
        return True
    return happened_since(OUT_OF_CUSTODY, ("propose",))(situation)


# One guard a paragraph: name, test and articles; then what is missing when it does not hold.
# fmt: off
GUARDS = (
    guard(
        "at_prosecution_review", at_prosecution_review, "RULES 575", "CUST2023 19",
        en="the case is not under prosecution review", zh="案件不在审查起诉阶段",
    ),
    guard(
        "not_at_prosecution_review", no(at_prosecution_review), "CUST2023 19",
        en="the case is under prosecution review, where three days run", zh="案件在审查起诉阶段，适用三日期限",
    ),
    guard(
        "expert_step_open", expert_step_open, "CUST2023 19",
        en="no expert step is under way", zh="没有正在进行的专门性审查",
    ),
    guard(
        "no_expert_step_open", no(expert_step_open), "CUST2023 19",
        en="an expert step is already under way", zh="专门性审查正在进行",
    ),
    guard(
        "applicant_named", fact_given("applicant"), "RULES 582",
        en="there is no applicant", zh="没有申请人",
    ),
    of_facts(
        "release_or_change_recorded", release_or_change_recorded, "CPL 95",
        en="the custody record shows neither release nor a change of measure since the recommendation",
        zh="建议提出后，羁押记录中没有释放或者变更强制措施的登记",
    ),
    guard(
        "correction_served_since", happened_since(("correction_notice_issued",), ("no_reply",)), "RULES 581",
        en="the correction notice is not served yet", zh="纠正违法通知书尚未送达",
    ),
)

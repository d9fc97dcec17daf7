"""Conditions of filing supervision in both directions, each with its article."""

from coordination.law.conditions import (
    by_another_than,
    fact_is,
    happened,
    happened_since,
    never_taken,
    no,
    runs,
)
from coordination.law.guards.guard import guard, of_facts
from coordination.law.history import Situation

REVIEW = ("filing_review_general", "filing_review_economic", "filing_review_admin_transfer")
FILINGS = ("file_self", "comply", "filed_elsewhere")


def review_in_time(situation: Situation) -> bool:
    """Say whether a clock of the filing review runs and has not run out."""
    return any(limit in situation.history.running - situation.history.expired for limit in REVIEW)


def reply_settled(situation: Situation) -> bool:
    """Say whether the correction was answered since it was issued, or its reply date has passed."""
    issued, answer = situation.history.last("correct"), situation.history.last("answer_correction")
    answered = answer is not None and (issued is None or answer.at >= issued.at)
    return answered or "correction_notice_reply" in situation.history.expired


def handler_did_not_notify(situation: Situation) -> bool:
    """Say whether the prosecutor named is another one than who drafted the notice."""
    notice = situation.history.last("notice")
    return notice is None or situation.facts.get("handler") != notice.actor_id


# One guard a paragraph: name, test and articles; then what is missing when it does not hold.
# fmt: off
GUARDS = (
    guard(
        "filing_review_in_time", review_in_time, "RULES 562",
        en="no filing review is running in time", zh="没有尚在期限内的立案审查",
    ),
    guard(
        "filing_review_not_in_time", no(review_in_time), "RULES 562",
        en="the period of the filing review has not ended", zh="立案审查期限尚未届满",
    ),
    guard(
        "police_declined", fact_is("decision_or_delay", "not_filed"), "RULES 560",
        en="the police have not decided against filing: ask why they are late",
        zh="公安机关没有作出不立案决定，应当要求说明逾期理由",
    ),
    guard(
        "police_undecided", fact_is("decision_or_delay", "no_decision_in_time"), "RULES 562",
        en="the police have decided", zh="公安机关已经作出决定",
    ),
    guard(
        "reasons_not_explained", never_taken("explain"), "RULES 560",
        en="the reasons were already explained", zh="已经说明理由",
    ),
    guard(
        "reported_as_economic", happened("economic_report_accepted"), "JINGJI2017 15",
        en="not an economic-crime case", zh="不是经济犯罪案件",
    ),
    guard(
        "not_submitted_yet",
        no(happened("arrest_request_received", "prosecution_file_received", "file_rereceived")), "RULES 559",
        en="arrest or prosecution was already requested: the review of that request decides",
        zh="已经提请批准逮捕或者移送起诉，在审查中一并处理",
    ),
    guard(
        "correction_awaits_reply", runs("correction_notice_reply"), "RULES 553",
        en="no receipted correction notice awaits an answer", zh="没有已签收而待回复的纠正违法通知书",
    ),
    guard(
        "correction_reply_settled", reply_settled, "RULES 564",
        en="the correction is not answered and its reply date has not passed",
        zh="纠正意见尚未回复，且回复期限未届满",
    ),
    guard(
        "another_decides", by_another_than("notice"), "RULES 565",
        en="whoever drafted the notice may not reconsider it: another prosecutor decides",
        zh="承办原通知的检察官不得办理复议，应当另行指派检察官",
    ),
    of_facts(
        "handler_did_not_notify", handler_did_not_notify, "RULES 565",
        en="another prosecutor handles the reconsideration than the one who drafted the notice",
        zh="应当另行指派检察官，原承办检察官不得办理复议",
    ),
    guard(
        "request_not_taken_in", never_taken("receive_request"), "RULES 565",
        en="the request is already taken in", zh="复议申请已经受理",
    ),
    guard(
        "review_not_taken_in", never_taken("receive_review"), "RULES 565",
        en="the request is already taken in", zh="复核申请已经受理",
    ),
    guard(
        "ended_since_filing",
        happened_since(("investigation_concluded", "case_withdrawn"), FILINGS), "RULES 564",
        en="since the filing, neither the investigation was concluded nor the case withdrawn",
        zh="立案后尚未侦查终结，也未撤销案件",
    ),
)

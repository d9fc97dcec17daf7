"""Conditions of the review of an arrest request, each with its article."""

from coordination.law.conditions import fact_is, fact_is_not
from coordination.law.guards.guard import guard
from coordination.law.history import Situation

NO_CRIME = frozenset({"no_crime", "cpl16", "wrong_person"})
"""Grounds of a non-approval after which the case must be withdrawn or contested (RULES 287)."""


def released_or_changed(situation: Situation) -> bool:
    """Say whether a detained suspect was released, or put under a lighter measure, since the refusal."""
    if situation.history.fact("detained", "receive") is not True:
        return True
    served = situation.history.last("serve_refusal")
    events = ("released", "measure_changed", "bail_executed", "residential_surveillance_executed")
    instants = [situation.history.events[event] for event in events if event in situation.history.events]
    return bool(instants) and (served is None or max(instants) >= served.at)


# One guard a paragraph: name, test and articles; then what is missing when it does not hold.
# fmt: off
GUARDS = (
    guard(
        "supplement_is_asked", fact_is("supplement_asked", True), "RULES 285",
        en="supplementary investigation is not asked for", zh="未要求补充侦查",
    ),
    guard(
        "review_of_detained", fact_is("detained", True), "RULES 282",
        en="the suspect is not detained", zh="犯罪嫌疑人未被拘留",
    ),
    guard(
        "review_of_not_detained", fact_is("detained", False), "RULES 282",
        en="the suspect is detained: seven days, no extension",
        zh="犯罪嫌疑人已被拘留，审查期限为七日，不得延长",
    ),
    guard(
        "released_or_changed", released_or_changed, "CPL 91", "MPS 140",
        en="release or a change of measure is not recorded yet", zh="尚未记录释放或者变更强制措施",
    ),
    guard(
        "refused_for_no_crime", fact_is("ground", *sorted(NO_CRIME)), "RULES 287",
        en="refused on another ground", zh="系其他理由的不批准逮捕",
    ),
    guard(
        "refused_for_other_ground", fact_is_not("ground", *sorted(NO_CRIME)), "RULES 287",
        en="refused since there is no crime: withdraw, end or contest",
        zh="因不构成犯罪等不批准逮捕的，应当撤案、终止侦查或者要求复议",
    ),
    guard(
        "ending_withdrawn", fact_is("ending", "withdrawn"), "MPS 186",
        en="the case was not withdrawn", zh="案件未撤销",
    ),
    guard(
        "ending_terminated", fact_is("ending", "terminated"), "MPS 186",
        en="the investigation was not ended", zh="未终止侦查",
    ),
)

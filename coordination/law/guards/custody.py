"""Conditions of custody and lighter measures, each with its article."""

from coordination.law.conditions import (
    fact_is,
    fact_is_not,
    happened,
    never_taken,
    no,
    not_beside,
    runs,
    state_in,
)
from coordination.law.guards.guard import guard, of_facts
from coordination.law.history import Situation

HELD = frozenset({"detained", "arrest_review", "non_approved", "arrested", "arrested_review"})
"""States of `custody` in which the suspect is detained or arrested."""

LIGHTER = frozenset({"bail", "surveillance"})
"""States of `custody` with a measure that leaves the suspect at large."""

ROAMING = frozenset({"roaming", "repeat", "group"})
"""Grounds for thirty days of detention (CPL 91)."""

DETENTION_DAYS = {"special_circumstances": range(4, 8)} | {ground: range(8, 31) for ground in ROAMING}
"""Total days of detention that the grounds allow: three and one to four more, or up to thirty (CPL 91)."""


def days_of_ground(situation: Situation) -> bool:
    """Say whether the total days of detention are among those that the ground allows (CPL 91)."""
    days = situation.facts.get("new_total_days")
    return isinstance(days, int) and days in DETENTION_DAYS.get(str(situation.facts.get("ground")), range(0))


def obstruction_only_in_detention(situation: Situation) -> bool:
    """Say whether the reason holds: “may obstruct” is none after an arrest (CPL 85, 93)."""
    return situation.facts.get("reason") != "may_obstruct" or situation.history.state == "detained"


def bail_by_procuratorate(situation: Situation) -> bool:
    """Say whether the bail that runs was decided by the procuratorate."""
    last = situation.history.last("bail", "bail_after_refusal", "procuratorate_bail")
    return last is not None and last.step == "procuratorate_bail"


# One guard a paragraph: name, test and articles; then what is missing when it does not hold.
# fmt: off
GUARDS = (
    guard(
        "held_in_custody", state_in(HELD),
        en="the suspect is not in custody", zh="犯罪嫌疑人未被羁押",
    ),
    guard(
        "measure_ran", state_in(HELD | LIGHTER),
        en="no measure ran before", zh="此前没有强制措施",
    ),
    guard(
        "lighter_measure_ran", state_in(LIGHTER),
        en="no bail or surveillance ran", zh="此前没有取保候审或者监视居住",
    ),
    guard(
        "interrogation_owed", runs("detention_interrogation", "arrest_interrogation"), "CPL 86", "CPL 94",
        en="the first interrogation is already recorded", zh="首次讯问已经记录",
    ),
    guard(
        "detained_not_arrested", state_in({"detained", "arrest_review"}), "CPL 85",
        en="the suspect is not in detention", zh="犯罪嫌疑人未被拘留",
    ),
    guard(
        "already_arrested", state_in({"arrested"}), "CPL 93",
        en="the suspect is not arrested", zh="犯罪嫌疑人未被逮捕",
    ),
    guard(
        "notice_impossible", fact_is_not("reason", "may_obstruct"), "MPS 113",
        en="notice is possible", zh="能够通知",
    ),
    guard(
        "notice_obstructive", fact_is("reason", "may_obstruct"), "CPL 85",
        en="notice does not obstruct the investigation", zh="通知不妨碍侦查",
    ),
    of_facts(
        "obstruction_only_in_detention", obstruction_only_in_detention, "CPL 85", "CPL 93",
        en="obstruction excuses the notice of a detention only", zh="“有碍侦查”只适用于拘留后的通知",
    ),
    guard(
        "extended_to_thirty", fact_is("ground", *sorted(ROAMING)), "CPL 91",
        en="not extended to thirty days", zh="未延长至三十日",
    ),
    of_facts(
        "days_of_ground", days_of_ground, "CPL 91", "MPS 129",
        en="the ground does not allow this number of days (4 to 7, or 8 to 30)",
        zh="延长后的天数与理由不符（四至七日，或者八至三十日）",
    ),
    guard(
        "no_arrest_review_open", not_beside("arrest_review"), "CPL 87",
        en="an arrest review is already open", zh="审查逮捕正在进行",
    ),
    guard(
        "bail_by_procuratorate", bail_by_procuratorate, "RULES 96", "RULES 100",
        en="the bail was not decided by the procuratorate", zh="不是检察院决定的取保候审",
    ),
    guard(
        "termination_open", never_taken("end_for_suspect"), "MPS 186",
        en="the ending was already carried out for this suspect", zh="对该犯罪嫌疑人已经办理终止侦查",
    ),
    guard(
        "termination_not_recorded", no(happened("investigation_terminated")), "MPS 186",
        en="the ending is already recorded", zh="终止侦查已经记录",
    ),
)

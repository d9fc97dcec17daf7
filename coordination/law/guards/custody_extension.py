"""Conditions of the extension of custody, each with its article."""

from coordination.law.guards.guard import guard, of_facts
from coordination.law.history import Situation

PERIOD, LEAD = "investigation_custody", "custody_extension_request_lead"

LEVELS = {"ext1": "prefecture", "ext2": "province", "ext3": "province"}
"""Who grants a stage: the next level one month, the province the two further extensions."""


def period_runs(situation: Situation) -> bool:
    """Say whether the custody period runs and has not ended."""
    return PERIOD in situation.history.running and PERIOD not in situation.history.expired


def stage_in_order(situation: Situation) -> bool:
    """Say whether the stage is the next one: those granted are counted in the custody record above."""
    granted = sum(1 for taken in situation.history.opener if taken.step == "extend_custody")
    return situation.facts.get("stage") == f"ext{granted + 1}"


def seven_days_left(situation: Situation) -> bool:
    """Say whether the seventh day before the end has not passed."""
    return LEAD not in situation.history.expired


def level_of_stage(situation: Situation) -> bool:
    """Say whether the level that decided is the one which grants the stage asked for."""
    stage = situation.history.fact("stage", "send", "late_sent")
    return situation.facts.get("decided_by") == LEVELS.get(str(stage))


# One guard a paragraph: name, test and articles; then what is missing when it does not hold.
# fmt: off
GUARDS = (
    guard(
        "custody_not_expired", period_runs, "RULES 309", "CPL 98",
        en="the custody period has ended: an extension asked now is not accepted, the suspect is released",
        zh="侦查羁押期限已经届满，期满后提请延长的不予受理，应当释放或者变更强制措施",
    ),
    of_facts(
        "custody_stage_in_order", stage_in_order, "CPL 156", "CPL 158", "CPL 159",
        en="the extensions are granted one after the other", zh="延长羁押应当依次批准",
    ),
    guard(
        "seven_days_left", seven_days_left, "RULES 309",
        en="less than seven days are left: the request is sent as a late one",
        zh="距期限届满不足七日，应当按迟延报送办理",
    ),
    of_facts(
        "level_of_stage", level_of_stage, "CPL 156", "CPL 158", "CPL 159",
        en="one month is granted by the next level, the extensions of two months by the province",
        zh="延长一个月由上一级人民检察院批准，延长二个月由省级人民检察院批准",
    ),
)

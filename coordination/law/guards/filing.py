"""Conditions of the filing review, each with its article."""

from coordination.law.conditions import fact_is, fact_is_not, never_taken
from coordination.law.guards.guard import guard, of_facts
from coordination.law.history import Situation

REPORT_STAGES = {"economic": frozenset({"complex", "special"})}

STAGES_OF_OTHER_REPORTS = frozenset({"leads", "complex"})


def stage_of_report_kind(situation: Situation) -> bool:
    """Say whether the stage exists for the kind of report: 7 or 30 days, or 30 and 60 for economic crime."""
    stages = REPORT_STAGES.get(str(situation.fact("report_kind")), STAGES_OF_OTHER_REPORTS)
    return situation.fact("stage") in stages


# One guard a paragraph: name, test and articles; then what is missing when it does not hold.
# fmt: off
GUARDS = (
    guard(
        "report_economic", fact_is("report_kind", "economic"), "JINGJI2017 15",
        en="not an economic-crime report", zh="不是经济犯罪线索",
    ),
    guard(
        "report_not_economic", fact_is_not("report_kind", "economic"), "FILING2015 2(1)2",
        en="an economic-crime report", zh="属于经济犯罪线索",
    ),
    guard(
        "no_reception_receipt_yet", never_taken("hand_receipt"), "MPS 171",
        en="the receipt was already handed over", zh="受案回执已经出具",
    ),
    of_facts(
        "stage_of_report_kind", stage_of_report_kind, "FILING2015 2(1)2", "JINGJI2017 15",
        en="this stage does not exist for this kind of report", zh="该类案件没有这一审查阶段",
    ),
    guard(
        "has_complainant", fact_is("has_complainant", True), "MPS 178",
        en="there is no complainant", zh="没有控告人",
    ),
    guard(
        "has_no_complainant", fact_is_not("has_complainant", True), "MPS 178",
        en="there is a complainant to serve", zh="有控告人，应当送达",
    ),
)

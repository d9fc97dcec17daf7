"""Conditions of cases that an administrative agency transfers, each with its article."""

from coordination.law.conditions import fact_is, never_taken
from coordination.law.guards.guard import guard

# One guard a paragraph: name, test and articles; then what is missing when it does not hold.
# fmt: off
GUARDS = (
    guard(
        "transfer_economic", fact_is("is_economic", True), "JINGJI2017 16",
        en="not a case of economic crime", zh="不是经济犯罪案件",
    ),
    guard(
        "transfer_not_economic", fact_is("is_economic", False), "MPS 180",
        en="a case of economic crime", zh="属于经济犯罪案件",
    ),
    guard(
        "transfer_incomplete", fact_is("is_incomplete", True), "MPS 180",
        en="the material was complete", zh="移送材料齐全",
    ),
    guard(
        "gaps_not_notified", never_taken("gaps"), "MPS 180",
        en="the gaps were already notified", zh="已经通知补正",
    ),
    guard(
        "transfer_of_other_jurisdiction", fact_is("is_own_jurisdiction", False), "XINGXIAN 7",
        en="the case belongs to this organ", zh="案件属于本机关管辖",
    ),
    guard(
        "agency_holds_items", fact_is("has_items", True), "XINGXIAN 12",
        en="the agency holds no items of the case", zh="行政执法机关没有涉案物品",
    ),
    guard(
        "agency_not_reconsidered", never_taken("agency_asks"), "MPS 181",
        en="the agency has already been heard in reconsideration", zh="行政执法机关已经申请过复议",
    ),
)

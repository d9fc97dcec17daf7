"""Which instrument follows a breach that was found: the level chosen decides (RULES 552)."""

from coordination.law.conditions import fact_is
from coordination.law.guards.guard import guard
from coordination.law.history import Situation


def level_oral(situation: Situation) -> bool:
    """Say whether the breach is corrected orally: so concluded, or settled at once at the triage."""
    return situation.fact("level") == "oral" or situation.fact("outcome") == "settle_at_once"


# One guard a paragraph: name, test and articles; then what is missing when it does not hold.
# fmt: off
GUARDS = (
    guard(
        "level_oral", level_oral, "RULES 552",
        en="the level is not an oral correction", zh="处理层级不是口头纠正",
    ),
    guard(
        "level_written", fact_is("level", "written"), "RULES 552",
        en="the level is not a written correction", zh="处理层级不是书面纠正",
    ),
    guard(
        "level_recommendation", fact_is("level", "recommendation"), "RULES 552",
        en="the level is not a recommendation", zh="处理层级不是检察建议",
    ),
    guard(
        "level_exclude_evidence", fact_is("level", "exclude_evidence"), "RULES 73",
        en="the level is not the exclusion of evidence", zh="处理层级不是排除证据",
    ),
)

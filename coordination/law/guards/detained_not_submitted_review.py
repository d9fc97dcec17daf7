"""Conditions of the weekly review of detained persons who were not submitted for arrest."""

from datetime import date

from coordination.law.conditions import never_taken, runs
from coordination.law.guards.guard import guard, of_facts
from coordination.law.history import Situation

QUARTER_MONTHS = 3


def quarter_end(day: date) -> date:
    """Return the last day of the quarter in which `day` lies."""
    month = -(-day.month // QUARTER_MONTHS) * QUARTER_MONTHS + 1
    first = date(day.year + month // 13, (month - 1) % 12 + 1, 1)
    return date.fromordinal(first.toordinal() - 1)


def list_ends_quarter(situation: Situation) -> bool:
    """Say whether a quarter ends within the days of the list."""
    begin, end = situation.fact("from_on"), situation.fact("to_on")
    return isinstance(begin, date) and isinstance(end, date) and quarter_end(begin) <= end


def week_is_planned(situation: Situation) -> bool:
    """Say whether the week before says from which day this one counts."""
    return isinstance(situation.fact("week_from_on"), date)


def first_week(situation: Situation) -> bool:
    """Say whether no week before says from which day this one counts."""
    return not week_is_planned(situation)


# One guard a paragraph: name, test and articles; then what is missing when it does not hold.
# fmt: off
GUARDS = (
    guard(
        "list_not_due_yet", never_taken("due"),
        en="the week already runs", zh="本周期已经开始计算",
    ),
    of_facts(
        "week_is_planned", week_is_planned,
        en="no list before this one says when the week begins", zh="没有上一期清单可以确定本周期的起算日",
    ),
    of_facts(
        "first_week", first_week,
        en="the week begins with the planned end of the one before", zh="本周期自上一周期计划届满之日起算",
    ),
    of_facts(
        "list_ends_quarter", list_ends_quarter,
        en="no quarter ends within the days of the list", zh="清单期间内没有季度届满",
    ),
    guard(
        "files_still_owed", runs("detained_files_handover"),
        en="no files are owed", zh="没有尚未移交的案卷",
    ),
    guard(
        "quarter_feedback_owed", runs("detained_quarter_feedback"),
        en="no quarter ended with this list", zh="本清单期间没有季度届满",
    ),
)

"""Conditions of joint supervised cases: whatever binds both sides needs the mark of both heads since it was asked."""

from datetime import date

from coordination.law.conditions import Test, both, no, runs, taken_since
from coordination.law.guards.guard import guard, of_facts
from coordination.law.history import History, Situation
from coordination.law.zone import ZONE


def waits(for_step: str, asked_in: str, settled_in: str) -> Test:
    """Ask that `asked_in` was taken after `settled_in`, and that `for_step` has not answered it yet."""
    return both(taken_since(asked_in, settled_in), no(taken_since(for_step, asked_in)))


def dates_until(deadline: str) -> Test:
    """Ask that all report dates lie ahead, one at least, and none after the deadline that this fact states."""

    def test(situation: Situation) -> bool:
        dates, last = situation.facts.get("report_dates"), situation.fact(deadline)
        if not isinstance(dates, (list, tuple)) or not isinstance(last, date):
            return False
        today = situation.at.astimezone(ZONE).date()
        return bool(dates) and all(isinstance(day, date) and today < day <= last for day in dates)

    return test


def present_deadline(history: History) -> object:
    """Return the deadline that both sides agreed to last."""
    stated = history.fact("deadline_on", "list")
    asked = stated
    for taken in history.taken:
        asked = taken.facts.get("new_deadline_on", asked)
        stated = asked if taken.step == "extend" else stated
    return stated


def later_than_before(situation: Situation) -> bool:
    """Say whether the new deadline lies after the present one."""
    new, before = situation.facts.get("new_deadline_on"), present_deadline(situation.history)
    return isinstance(new, date) and isinstance(before, date) and new > before


# One guard a paragraph: name and test; then what is missing when it does not hold.
# fmt: off
GUARDS = (
    guard(
        "listing_open_to_procuratorate", no(taken_since("approve_proc", "propose")),
        en="the procuratorate has agreed already", zh="检察院已经同意",
    ),
    guard(
        "listing_open_to_police", no(taken_since("approve_police", "propose")),
        en="the police have agreed already", zh="公安机关已经同意",
    ),
    guard(
        "both_agree_to_list",
        both(taken_since("approve_proc", "propose"), taken_since("approve_police", "propose")),
        en="both heads must agree to the listing; one side alone can not list", zh="须经双方负责人同意，单方不得挂牌",
    ),
    of_facts(
        "report_dates_ahead", dates_until("deadline_on"),
        en="the report dates must lie ahead, and none after the deadline", zh="报告日期应当在今后且不晚于督办期限",
    ),
    of_facts(
        "new_report_dates_ahead", dates_until("new_deadline_on"),
        en="the report dates must lie ahead, and none after the new deadline", zh="报告日期应当在今后且不晚于新期限",
    ),
    guard(
        "joint_deadline_not_passed", lambda situation: "joint_case_deadline" not in situation.history.expired,
        en="the deadline has passed; what has run out cannot be extended", zh="督办期限已经届满，不能延长",
    ),
    of_facts(
        "new_deadline_is_later", later_than_before,
        en="the new deadline must lie after the present one", zh="新期限应当晚于现有期限",
    ),
    guard(
        "extension_open_to_procuratorate", waits("agree_extension_proc", "ask_extension", "extend"),
        en="no extension is asked for that the procuratorate has not agreed to", zh="没有待检察院同意的延期",
    ),
    guard(
        "extension_open_to_police", waits("agree_extension_police", "ask_extension", "extend"),
        en="no extension is asked for that the police have not agreed to", zh="没有待公安机关同意的延期",
    ),
    guard(
        "both_agree_to_extend",
        both(
            taken_since("agree_extension_proc", "ask_extension", "extend"),
            taken_since("agree_extension_police", "ask_extension", "extend"),
        ),
        en="both heads must agree to the extension; one side alone can not extend",
        zh="须经双方负责人同意，单方不得延期",
    ),
    guard(
        "no_report_awaited", no(runs("joint_report_cycle")),
        en="a report is awaited already", zh="已有待提交的进展报告",
    ),
    guard(
        "deadline_passes_first_time", no(taken_since("deadline_passes", "list", "extend")),
        en="the expiry is already recorded", zh="期限届满已经记录",
    ),
    guard(
        "coordination_without_minutes", taken_since("coordinate", "minutes"),
        en="there is no coordination meeting without minutes", zh="没有尚未印发纪要的会商",
    ),
    guard(
        "release_open_to_procuratorate", no(taken_since("agree_release_proc", "ask_release")),
        en="the procuratorate has agreed already", zh="检察院已经同意解除",
    ),
    guard(
        "release_open_to_police", no(taken_since("agree_release_police", "ask_release")),
        en="the police have agreed already", zh="公安机关已经同意解除",
    ),
    guard(
        "both_agree_to_release",
        both(taken_since("agree_release_proc", "ask_release"), taken_since("agree_release_police", "ask_release")),
        en="both heads must agree to the release; one side alone can not close",
        zh="须经双方负责人同意，单方不得解除",
    ),
)

"""The tests behind the named guards: small functions over a `Situation`, and makers of the common ones.

Which article a condition comes from, and how its absence is worded, stands in `guards.py`.
"""

from collections.abc import Callable, Iterable
from datetime import date

from coordination.law.history import Situation

Test = Callable[[Situation], bool]

HELD = frozenset({"detained", "arrest_review", "non_approved", "arrested", "arrested_review"})
"""States of `custody` in which the suspect is detained or arrested."""

LIGHTER = frozenset({"bail", "surveillance"})
"""States of `custody` with a measure that leaves the suspect at large."""

NO_CRIME = frozenset({"no_crime", "cpl16", "wrong_person"})
"""Grounds of a non-approval after which the case must be withdrawn or contested (RULES 287)."""

ROAMING = frozenset({"roaming", "repeat", "group"})
"""Grounds for thirty days of detention (CPL 91)."""

DETENTION_DAYS = {"special_circumstances": range(4, 8)} | {ground: range(8, 31) for ground in ROAMING}
"""Total days of detention that the grounds allow: three and one to four more, or up to thirty (CPL 91)."""

REPORT_STAGES = {"economic": frozenset({"complex", "special"})}
STAGES_OF_OTHER_REPORTS = frozenset({"leads", "complex"})

URGINGS = ("urge", "reply_insufficient", "superior_orders")
ANSWERS = ("reply", "comply_after", "object")


def fact_is(name: str, *values: object) -> Test:
    """Ask that the fact, of the step or an earlier one, has one of these values."""
    return lambda situation: situation.fact(name) in values


def fact_is_not(name: str, *values: object) -> Test:
    """Ask that the fact, of the step or an earlier one, has none of these values."""
    return lambda situation: situation.fact(name) not in values


def fact_given(name: str) -> Test:
    """Ask that the fact, of the step or an earlier one, is there and not empty."""
    return lambda situation: bool(situation.fact(name))


def state_in(states: Iterable[str]) -> Test:
    """Ask that the proceeding stands in one of these states."""
    wanted = frozenset(states)
    return lambda situation: situation.history.state in wanted


def never_taken(step: str) -> Test:
    """Ask that the step was not taken before in this proceeding."""
    return lambda situation: situation.history.times(step) == 0


def taken(step: str) -> Test:
    """Ask that the step was taken before in this proceeding."""
    return lambda situation: situation.history.times(step) > 0


def fewer_than(times: int, step: str) -> Test:
    """Ask that the step was taken less often than this."""
    return lambda situation: situation.history.times(step) < times


def happened(*events: str) -> Test:
    """Ask that one of the events is recorded for the case or the suspect."""
    return lambda situation: any(event in situation.history.events for event in events)


def not_happened_since(event: str, step: str) -> Test:
    """Ask that the event is not recorded, or only before the step was last taken."""

    def test(situation: Situation) -> bool:
        at, before = situation.history.events.get(event), situation.history.last(step)
        return at is None or (before is not None and at <= before.at)

    return test


def runs(*limits: str) -> Test:
    """Ask that one of the clocks is open."""
    return lambda situation: any(limit in situation.history.running for limit in limits)


def not_beside(*processes: str) -> Test:
    """Ask that none of these procedures is open for the case or the suspect."""
    return lambda situation: situation.history.beside.isdisjoint(processes)


def both(*tests: Test) -> Test:
    """Ask that all of the tests hold."""
    return lambda situation: all(test(situation) for test in tests)


def stage_of_report_kind(situation: Situation) -> bool:
    """Say whether the stage exists for the kind of report: 7 or 30 days, or 30 and 60 for economic crime."""
    stages = REPORT_STAGES.get(str(situation.fact("report_kind")), STAGES_OF_OTHER_REPORTS)
    return situation.fact("stage") in stages


def days_of_ground(situation: Situation) -> bool:
    """Say whether the total days of detention are among those that the ground allows (CPL 91)."""
    days = situation.facts.get("new_total_days")
    return isinstance(days, int) and days in DETENTION_DAYS.get(str(situation.facts.get("ground")), range(0))


def obstruction_only_in_detention(situation: Situation) -> bool:
    """Say whether the reason holds: “may obstruct” is none after an arrest (CPL 85, 93)."""
    return situation.facts.get("reason") != "may_obstruct" or situation.history.state == "detained"


def custody_stage_in_order(situation: Situation) -> bool:
    """Say whether the stages come one after the other: ext1, ext2, ext3 (CPL 156, 158, 159)."""
    return situation.facts.get("stage") == f"ext{situation.history.times('extend_custody') + 1}"


def bail_by_procuratorate(situation: Situation) -> bool:
    """Say whether the bail that runs was decided by the procuratorate."""
    last = situation.history.last("bail", "bail_after_refusal", "procuratorate_bail")
    return last is not None and last.step == "procuratorate_bail"


def released_or_changed(situation: Situation) -> bool:
    """Say whether a detained suspect was released, or put under a lighter measure, since the refusal."""
    if situation.history.fact("detained", "receive") is not True:
        return True
    served = situation.history.last("serve_refusal")
    events = ("released", "measure_changed", "bail_executed", "residential_surveillance_executed")
    instants = [situation.history.events[event] for event in events if event in situation.history.events]
    return bool(instants) and (served is None or max(instants) >= served.at)


def not_the_drafter(situation: Situation) -> bool:
    """Say whether somebody else drafted: nobody approves an own draft."""
    draft = situation.history.last("draft")
    return situation.actor is None or draft is None or draft.actor_id != situation.actor.id


def names_finding(*codes: str) -> Test:
    """Ask that the latest draft names one of these findings of the catalogue."""

    def test(situation: Situation) -> bool:
        named = situation.fact("findings", "draft")
        return isinstance(named, (list, tuple)) and any(code in named for code in codes)

    return test


def no(test: Test) -> Test:
    """Ask that the test does not hold."""
    return lambda situation: not test(situation)


def proof_of_correction(situation: Situation) -> bool:
    """Say whether what is called corrected is proved in the reply; an accepted refusal needs no proof."""
    if situation.facts.get("effect") == "not_corrected":
        return True
    return bool(situation.history.fact("proof", *ANSWERS))


def first_expiry_since_urging(situation: Situation) -> bool:
    """Say whether the expiry is not recorded yet since the latest urging: a clock speaks once."""
    urged, said = situation.history.last(*URGINGS), situation.history.last("decide_report")
    return said is None or (urged is not None and said.at < urged.at)


def no_answer_since_urging(situation: Situation) -> bool:
    """Say whether the police were urged and neither replied nor objected after it (RULES 553)."""
    urged, answer = situation.history.last(*URGINGS), situation.history.last(*ANSWERS)
    return urged is not None and (answer is None or answer.at <= urged.at)


def hearing_called(situation: Situation) -> bool:
    """Say whether a hearing was called that has not been held."""
    return situation.history.times("call_hearing") > situation.history.times("hear")


def internal_date_before_legal(situation: Situation) -> bool:
    """Say whether the date set for the unit lies before the date of the reply."""
    internal, legal = situation.facts.get("internal_due_on"), situation.fact("reply_due_on")
    return isinstance(internal, date) and isinstance(legal, date) and internal < legal

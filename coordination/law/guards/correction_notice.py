"""Conditions of correction notices, each with its article."""

from coordination.law.conditions import Test, happened_since, no, not_the_drafter
from coordination.law.guards.guard import guard, of_facts
from coordination.law.history import Situation

URGINGS = ("urge", "reply_insufficient", "superior_orders")

ANSWERS = ("reply", "comply_after", "object")


def names_finding(*codes: str) -> Test:
    """Ask that the latest draft names one of these findings of the catalogue."""

    def test(situation: Situation) -> bool:
        named = situation.fact("findings", "draft")
        return isinstance(named, (list, tuple)) and any(code in named for code in codes)

    return test


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


def no_hearing_open(situation: Situation) -> bool:
    """Say whether every hearing that was called is recorded or cancelled."""
    history = situation.history
    return history.times("call_hearing") <= history.times("hear", "hearing_cancelled")


def opened_by(*processes: str) -> Test:
    """Ask that one of these procedures opened the notice."""
    return lambda situation: situation.history.opened_by in processes


# One guard a paragraph: name, test and articles; then what is missing when it does not hold.
# fmt: off
GUARDS = (
    guard(
        "not_the_drafter", not_the_drafter,
        en="whoever drafted the notice may not approve it", zh="拟稿人不得审批本人起草的文书",
    ),
    guard(
        "notice_received", happened_since(("correction_notice_received",), ("serve", "serve_overstay")),
        "RULES 158", "RULES 553",
        en="the notice has not been received: it is receipted first", zh="尚未签收该通知书，应当先行签收",
    ),
    guard(
        "says_wrongly_filed", names_finding("FIL-2"), "MPS 183",
        en="the notice does not say that the case was wrongly filed", zh="不涉及不应当立案而立案",
    ),
    guard(
        "about_overstay", names_finding("CUS-1"), "RULES 618",
        en="the notice is not about overstay", zh="不涉及超期羁押",
    ),
    guard(
        "not_about_overstay", no(names_finding("CUS-1")), "RULES 618", "JIYA2006 32",
        en="a notice about overstay is served as such, with its three days",
        zh="涉及超期羁押的，按超期羁押送达（三日）",
    ),
    of_facts(
        "proof_of_correction", proof_of_correction, "RULES 553",
        en="proof of the correction is not in the record", zh="记录中没有纠正的证明材料",
    ),
    guard(
        "first_expiry_since_urging", first_expiry_since_urging,
        en="the expiry is already recorded", zh="督促期限届满已经记录",
    ),
    guard(
        "no_answer_since_urging", no_answer_since_urging, "RULES 553",
        en="the police have answered since they were urged", zh="督促后公安机关已经回复",
    ),
    guard(
        "no_hearing_open", no_hearing_open,
        en="a hearing of officers was called and is not recorded yet", zh="已召集听取办案人员意见，尚未记录",
    ),
    guard(
        "notice_on_evidence", opened_by("evidence_legality_check"), "RULES 73",
        en="the notice is not about excluded evidence", zh="不是针对非法取证的纠正意见",
    ),
    guard(
        "notice_on_obstruction", opened_by("lawyer_rights_complaint"), "RULES 58",
        en="the notice is not about obstructed defence rights", zh="不是针对阻碍诉讼权利的纠正意见",
    ),
    guard(
        "notice_on_conduct", no(opened_by("evidence_legality_check", "lawyer_rights_complaint")), "RULES 552",
        en="this notice has a form of its own", zh="该纠正意见使用专门文书",
    ),
    guard(
        "not_watched_as_overstay", no(opened_by("overstay_correction")), "JIYA2006 32",
        en="the correction of the overstay watches over the three days", zh="三日期限由超期羁押纠正程序计算",
    ),
)

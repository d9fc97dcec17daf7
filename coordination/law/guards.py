"""Named conditions over a history and the facts of a step, each with its article.

A guard either refuses a step (`Step.guards`) or decides whether a limit starts, an event is recorded, a
document is issued or a further proceeding is opened (`when=`). What only a person can judge is no guard:
it stands in `Step.guidance`. The tests behind the names are in `conditions.py`.
"""

from dataclasses import dataclass, replace

from coordination.law import conditions as c
from coordination.law.citation import Source
from coordination.law.history import DESIGN


@dataclass(frozen=True, slots=True)
class Guard:
    """A condition; `en` and `zh` say what is missing when it does not hold.

    `needs_facts`  it looks at facts of the step itself, so it is not asked before they are given.
    """

    name: str
    en: str
    zh: str
    test: c.Test
    sources: tuple[Source, ...]
    needs_facts: bool = False

    def wording(self, lang: str) -> str:
        """Return the wording in Chinese for a `lang` that starts with "zh", else in English."""
        return self.zh if lang.startswith("zh") else self.en


def _guard(name: str, test: c.Test, *places: str, en: str, zh: str) -> Guard:
    return Guard(name, en, zh, test, tuple(Source(*place.split(" ", 1)) for place in places) or (DESIGN,))


def _of_facts(name: str, test: c.Test, *places: str, en: str, zh: str) -> Guard:
    return replace(_guard(name, test, *places, en=en, zh=zh), needs_facts=True)


# One guard a paragraph: name, test and articles; then what is missing when it does not hold.
# fmt: off
FILING = (
    _guard(
        "report_economic", c.fact_is("report_kind", "economic"), "JINGJI2017 15",
        en="not an economic-crime report", zh="不是经济犯罪线索",
    ),
    _guard(
        "report_not_economic", c.fact_is_not("report_kind", "economic"), "FILING2015 2(1)2",
        en="an economic-crime report", zh="属于经济犯罪线索",
    ),
    _guard(
        "no_reception_receipt_yet", c.never_taken("hand_receipt"), "MPS 171",
        en="the receipt was already handed over", zh="受案回执已经出具",
    ),
    _of_facts(
        "stage_of_report_kind", c.stage_of_report_kind, "FILING2015 2(1)2", "JINGJI2017 15",
        en="this stage does not exist for this kind of report", zh="该类案件没有这一审查阶段",
    ),
    _guard(
        "has_complainant", c.fact_is("has_complainant", True), "MPS 178",
        en="there is no complainant", zh="没有控告人",
    ),
    _guard(
        "has_no_complainant", c.fact_is_not("has_complainant", True), "MPS 178",
        en="there is a complainant to serve", zh="有控告人，应当送达",
    ),
)

CASE = (
    _guard(
        "no_remedy_open", c.not_beside("filing_review", "filing_supervision_file"), "MPS 179", "RULES 557",
        en="a remedy or filing supervision is still open", zh="尚有救济程序或者立案监督未结",
    ),
    _guard(
        "case_is_filed", c.state_in({"investigation"}), "MPS 184",
        en="the case is not filed", zh="案件尚未立案",
    ),
    _guard(
        "withdrawal_not_recorded", c.not_happened_since("case_withdrawn", "reopen"), "MPS 187",
        en="the withdrawal is already recorded", zh="撤销案件已经记录",
    ),
    _guard(
        "suspect_was_arrested", c.happened("arrest_executed"), "CPL 96", "CPL 163",
        en="no suspect had been arrested", zh="犯罪嫌疑人未曾被逮捕",
    ),
    _guard(
        "fewer_than_two_adjournments", c.fewer_than(2, "adjourn"), "RULES 421",
        en="the trial was already adjourned twice", zh="延期审理以两次为限",
    ),
    _guard(
        "special_confiscation", c.fact_is("special_kind", "confiscation"), "CPL 298",
        en="not a confiscation of illegal gains", zh="不是违法所得没收程序",
    ),
    _guard(
        "special_treatment", c.fact_is("special_kind", "compulsory_treatment"), "MPS 343",
        en="not a compulsory treatment", zh="不是强制医疗程序",
    ),
    _guard(
        "confiscation_asked",
        c.both(c.fact_is("special_kind", "confiscation"), c.fact_is_not("reasons_rejected", True)),
        "RULES 524",
        en="reasons on confiscation are not asked", zh="未要求说明不启动没收程序的理由",
    ),
    _guard(
        "treatment_asked",
        c.both(c.fact_is("special_kind", "compulsory_treatment"), c.fact_is_not("reasons_rejected", True)),
        "RULES 540",
        en="reasons on treatment are not asked", zh="未要求说明不启动强制医疗程序的理由",
    ),
    _guard(
        "treatment_reasons_rejected",
        c.both(c.fact_is("special_kind", "compulsory_treatment"), c.fact_is("reasons_rejected", True)),
        "RULES 540",
        en="the reasons were not rejected", zh="尚未认定说明的理由不成立",
    ),
)

CUSTODY = (
    _guard(
        "held_in_custody", c.state_in(c.HELD),
        en="the suspect is not in custody", zh="犯罪嫌疑人未被羁押",
    ),
    _guard(
        "measure_ran", c.state_in(c.HELD | c.LIGHTER),
        en="no measure ran before", zh="此前没有强制措施",
    ),
    _guard(
        "lighter_measure_ran", c.state_in(c.LIGHTER),
        en="no bail or surveillance ran", zh="此前没有取保候审或者监视居住",
    ),
    _guard(
        "interrogation_owed", c.runs("detention_interrogation", "arrest_interrogation"), "CPL 86", "CPL 94",
        en="the first interrogation is already recorded", zh="首次讯问已经记录",
    ),
    _guard(
        "detained_not_arrested", c.state_in({"detained", "arrest_review"}), "CPL 85",
        en="the suspect is not in detention", zh="犯罪嫌疑人未被拘留",
    ),
    _guard(
        "already_arrested", c.state_in({"arrested"}), "CPL 93",
        en="the suspect is not arrested", zh="犯罪嫌疑人未被逮捕",
    ),
    _guard(
        "notice_impossible", c.fact_is_not("reason", "may_obstruct"), "MPS 113",
        en="notice is possible", zh="能够通知",
    ),
    _guard(
        "notice_obstructive", c.fact_is("reason", "may_obstruct"), "CPL 85",
        en="notice does not obstruct the investigation", zh="通知不妨碍侦查",
    ),
    _of_facts(
        "obstruction_only_in_detention", c.obstruction_only_in_detention, "CPL 85", "CPL 93",
        en="obstruction excuses the notice of a detention only", zh="“有碍侦查”只适用于拘留后的通知",
    ),
    _guard(
        "extended_to_thirty", c.fact_is("ground", *sorted(c.ROAMING)), "CPL 91",
        en="not extended to thirty days", zh="未延长至三十日",
    ),
    _of_facts(
        "days_of_ground", c.days_of_ground, "CPL 91", "MPS 129",
        en="the ground does not allow this number of days (4 to 7, or 8 to 30)",
        zh="延长后的天数与理由不符（四至七日，或者八至三十日）",
    ),
    _guard(
        "no_arrest_review_open", c.not_beside("arrest_review"), "CPL 87",
        en="an arrest review is already open", zh="审查逮捕正在进行",
    ),
    _of_facts(
        "custody_stage_in_order", c.custody_stage_in_order, "CPL 156", "CPL 158", "CPL 159",
        en="the extensions are granted one after the other", zh="延长羁押应当依次批准",
    ),
    _guard(
        "bail_by_procuratorate", c.bail_by_procuratorate, "RULES 96", "RULES 100",
        en="the bail was not decided by the procuratorate", zh="不是检察院决定的取保候审",
    ),
    _guard(
        "termination_open", c.never_taken("end_for_suspect"), "MPS 186",
        en="the ending was already carried out for this suspect", zh="对该犯罪嫌疑人已经办理终止侦查",
    ),
    _guard(
        "termination_not_recorded", c.no(c.happened("investigation_terminated")), "MPS 186",
        en="the ending is already recorded", zh="终止侦查已经记录",
    ),
)

ARREST_REVIEW = (
    _guard(
        "review_of_detained", c.fact_is("detained", True), "RULES 282",
        en="the suspect is not detained", zh="犯罪嫌疑人未被拘留",
    ),
    _guard(
        "review_of_not_detained", c.fact_is("detained", False), "RULES 282",
        en="the suspect is detained: seven days, no extension",
        zh="犯罪嫌疑人已被拘留，审查期限为七日，不得延长",
    ),
    _guard(
        "released_or_changed", c.released_or_changed, "CPL 91", "MPS 140",
        en="release or a change of measure is not recorded yet", zh="尚未记录释放或者变更强制措施",
    ),
    _guard(
        "refused_for_no_crime", c.fact_is("ground", *sorted(c.NO_CRIME)), "RULES 287",
        en="refused on another ground", zh="系其他理由的不批准逮捕",
    ),
    _guard(
        "refused_for_other_ground", c.fact_is_not("ground", *sorted(c.NO_CRIME)), "RULES 287",
        en="refused since there is no crime: withdraw, end or contest",
        zh="因不构成犯罪等不批准逮捕的，应当撤案、终止侦查或者要求复议",
    ),
    _guard(
        "ending_withdrawn", c.fact_is("ending", "withdrawn"), "MPS 186",
        en="the case was not withdrawn", zh="案件未撤销",
    ),
    _guard(
        "ending_terminated", c.fact_is("ending", "terminated"), "MPS 186",
        en="the investigation was not ended", zh="未终止侦查",
    ),
)

LEAD = (
    _guard(
        "lead_not_registered", c.never_taken("register"),
        en="the lead is already registered", zh="线索已经登记",
    ),
    _guard(
        "lead_registered", c.taken("register"), "RULES 551",
        en="the lead is not registered yet", zh="线索尚未登记",
    ),
    _guard(
        "triaged_verify", c.fact_is("outcome", "verify"),
        en="the triage did not choose verification", zh="分流结果不是核查",
    ),
    _guard(
        "triaged_settle_at_once", c.fact_is("outcome", "settle_at_once"),
        en="the triage did not choose to settle at once", zh="分流结果不是即时处理",
    ),
    _guard(
        "triaged_keep_on_file", c.fact_is("outcome", "keep_on_file"),
        en="the triage did not choose to keep on file", zh="分流结果不是备查",
    ),
    _guard(
        "triaged_hand_over", c.fact_is("outcome", "hand_over"),
        en="the triage did not choose to hand over", zh="分流结果不是移送",
    ),
    _guard(
        "lead_founded", c.fact_is_not("conclusion", "unfounded"), "RULES 552",
        en="the verification found the lead unfounded", zh="核查结论为不成立",
    ),
    _guard(
        "lead_unfounded", c.fact_is("conclusion", "unfounded"), "RULES 552",
        en="the verification did not find the lead unfounded", zh="核查结论不是不成立",
    ),
    _guard(
        "level_written", c.fact_is("level", "written"), "RULES 552",
        en="the level is not a written correction", zh="处理层级不是书面纠正",
    ),
    _guard(
        "lead_from_complaint", c.fact_is("source", "complaint"), "RULES 552",
        en="there is no complainant", zh="没有控告人、申诉人",
    ),
)

NOTICE = (
    _guard(
        "not_the_drafter", c.not_the_drafter,
        en="whoever drafted the notice may not approve it", zh="拟稿人不得审批本人起草的文书",
    ),
    _guard(
        "says_wrongly_filed", c.names_finding("FIL-2"), "MPS 183",
        en="the notice does not say that the case was wrongly filed", zh="不涉及不应当立案而立案",
    ),
    _guard(
        "about_overstay", c.names_finding("CUS-1"), "RULES 618",
        en="the notice is not about overstay", zh="不涉及超期羁押",
    ),
    _guard(
        "not_about_overstay", c.no(c.names_finding("CUS-1")), "RULES 618", "JIYA2006 32",
        en="a notice about overstay is served as such, with its three days",
        zh="涉及超期羁押的，按超期羁押送达（三日）",
    ),
    _of_facts(
        "proof_of_correction", c.proof_of_correction, "RULES 553",
        en="proof of the correction is not in the record", zh="记录中没有纠正的证明材料",
    ),
    _guard(
        "complainant_named", c.fact_given("complainant"), "RULES 553",
        en="there is no complainant", zh="没有控告人、申诉人",
    ),
    _guard(
        "first_expiry_since_urging", c.first_expiry_since_urging,
        en="the expiry is already recorded", zh="督促期限届满已经记录",
    ),
    _guard(
        "no_answer_since_urging", c.no_answer_since_urging, "RULES 553",
        en="the police have answered since they were urged", zh="督促后公安机关已经回复",
    ),
    _guard(
        "hearing_called", c.hearing_called,
        en="no hearing was called", zh="尚未召集听取意见",
    ),
)

LINK = (
    _guard(
        "not_received_yet", c.never_taken("receive"),
        en="the document is already receipted", zh="文书已经签收",
    ),
    _guard(
        "received_here", c.taken("receive"),
        en="the document is not receipted yet", zh="文书尚未签收",
    ),
    _of_facts(
        "internal_date_before_legal", c.internal_date_before_legal,
        en="the internal date must lie before the date of the reply", zh="内部期限应当早于回复期限",
    ),
)

GUARDS = {guard.name: guard for guard in (*FILING, *CASE, *CUSTODY, *ARREST_REVIEW, *LEAD, *NOTICE, *LINK)}

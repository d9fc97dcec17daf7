"""Conditions of the life of a case, each with its article."""

from coordination.law.conditions import (
    both,
    fact_is,
    fact_is_not,
    fewer_than,
    happened,
    not_beside,
    not_happened_since,
    state_in,
)
from coordination.law.guards.guard import guard

# One guard a paragraph: name, test and articles; then what is missing when it does not hold.
# fmt: off
GUARDS = (
    guard(
        "no_remedy_open", not_beside("filing_review", "filing_supervision_file"), "MPS 179", "RULES 557",
        en="a remedy or filing supervision is still open", zh="尚有救济程序或者立案监督未结",
    ),
    guard(
        "case_is_filed", state_in({"investigation"}), "MPS 184",
        en="the case is not filed", zh="案件尚未立案",
    ),
    guard(
        "withdrawal_not_recorded", not_happened_since("case_withdrawn", "reopen"), "MPS 187",
        en="the withdrawal is already recorded", zh="撤销案件已经记录",
    ),
    guard(
        "suspect_was_arrested", happened("arrest_executed"), "CPL 96", "CPL 163",
        en="no suspect had been arrested", zh="犯罪嫌疑人未曾被逮捕",
    ),
    guard(
        "fewer_than_two_adjournments", fewer_than(2, "adjourn"), "RULES 421",
        en="the trial was already adjourned twice", zh="延期审理以两次为限",
    ),
    guard(
        "special_confiscation", fact_is("special_kind", "confiscation"), "CPL 298",
        en="not a confiscation of illegal gains", zh="不是违法所得没收程序",
    ),
    guard(
        "special_treatment", fact_is("special_kind", "compulsory_treatment"), "MPS 343",
        en="not a compulsory treatment", zh="不是强制医疗程序",
    ),
    guard(
        "confiscation_asked",
        both(fact_is("special_kind", "confiscation"), fact_is_not("reasons_rejected", True)),
        "RULES 524",
        en="reasons on confiscation are not asked", zh="未要求说明不启动没收程序的理由",
    ),
    guard(
        "treatment_asked",
        both(fact_is("special_kind", "compulsory_treatment"), fact_is_not("reasons_rejected", True)),
        "RULES 540",
        en="reasons on treatment are not asked", zh="未要求说明不启动强制医疗程序的理由",
    ),
    guard(
        "treatment_reasons_rejected",
        both(fact_is("special_kind", "compulsory_treatment"), fact_is("reasons_rejected", True)),
        "RULES 540",
        en="the reasons were not rejected", zh="尚未认定说明的理由不成立",
    ),
)

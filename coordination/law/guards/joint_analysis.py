"""Conditions of the joint analysis: each head signs the draft as it stands, once."""

from coordination.law.conditions import no, taken_since
from coordination.law.guards.guard import guard

# fmt: off
GUARDS = (
    guard(
        "analysis_open_to_procuratorate", no(taken_since("sign_proc", "draft")),
        en="the procuratorate has signed this draft", zh="检察院已签认本稿",
    ),
    guard(
        "analysis_open_to_police", no(taken_since("sign_police", "draft")),
        en="the police have signed this draft", zh="公安机关已签认本稿",
    ),
    guard(
        "police_signed_analysis", taken_since("sign_police", "draft"),
        en="the police have not signed this draft", zh="公安机关尚未签认本稿",
    ),
    guard(
        "procuratorate_signed_analysis", taken_since("sign_proc", "draft"),
        en="the procuratorate has not signed this draft", zh="检察院尚未签认本稿",
    ),
)

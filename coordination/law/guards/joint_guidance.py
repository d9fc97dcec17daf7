"""Conditions of joint guidance: both heads sign, and both end it."""

from coordination.law.conditions import both, no, runs, taken_since
from coordination.law.guards.guard import guard

CONSULTED = ("consult", "consult_again")

# fmt: off
GUARDS = (
    guard(
        "guidance_in_consultation", runs("guidance_comment_period"),
        en="nobody is being consulted", zh="不在征求意见",
    ),
    guard(
        "guidance_open_to_procuratorate", no(taken_since("sign_proc", *CONSULTED)),
        en="the chief procurator has signed this text", zh="检察长已会签本稿",
    ),
    guard(
        "guidance_open_to_police", no(taken_since("sign_police", *CONSULTED)),
        en="the police chief has signed this text", zh="公安机关负责人已会签本稿",
    ),
    guard(
        "both_signed_guidance",
        both(taken_since("sign_proc", *CONSULTED), taken_since("sign_police", *CONSULTED)),
        en="the chief procurator and the police chief must both sign", zh="须经检察长和公安机关负责人会签",
    ),
    guard(
        "expiry_open_to_procuratorate", no(taken_since("agree_expiry_proc", "sign")),
        en="the chief procurator has agreed already", zh="检察长已同意废止",
    ),
    guard(
        "expiry_open_to_police", no(taken_since("agree_expiry_police", "sign")),
        en="the police chief has agreed already", zh="公安机关负责人已同意废止",
    ),
    guard(
        "both_agree_to_expiry",
        both(taken_since("agree_expiry_proc", "sign"), taken_since("agree_expiry_police", "sign")),
        en="both heads must agree; one side alone can not put it out of force", zh="须经双方负责人同意，单方不得废止",
    ),
)

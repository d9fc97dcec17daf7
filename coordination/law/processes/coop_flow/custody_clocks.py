"""Clocks of the measures of one suspect that end together; used by the steps of `custody`."""
# fmt: off

CUSTODY_ENDS = (
    "detention_send_to_detention_house",
    "detention_interrogation",
    "detention_family_notice",
    "detention_expiry_notice_30d",
    "arrest_request_after_detention",
    "arrest_interrogation",
    "arrest_family_notice",
    "investigation_custody",
    "custody_no_progress_refusal",
    "new_crime_recount",
    "identity_unknown_custody_start",
    "psychiatric_appraisal_exclusion",
    "improper_detention_release",
    "non_arrest_release",
)
"""What stops when the suspect leaves custody, in whatever way."""

GUARANTEE = ("bail_violation_opinion_decision", "guarantor_loss_notice", "guarantor_replacement_order")
"""What is decided about a running bail and its guarantee."""

NEXT_STAGE = ("stage_transfer_expiry_warning", "stage_transfer_measure_decision")
"""What the next organ owes when it takes over bail or surveillance (BAIL2022 26)."""

BAIL_ENDS = ("bail_max", "bail_execution_assignment", *GUARANTEE, *NEXT_STAGE)
"""What stops when bail is lifted."""

SURVEILLANCE_ENDS = ("residential_surveillance_max", "rs_execution_assignment", *NEXT_STAGE)
"""What stops when residential surveillance is lifted."""

LIBERTY_ENDS = (
    "bail_max",
    "bail_execution_assignment",
    *GUARANTEE,
    "residential_surveillance_max",
    "rs_execution_assignment",
    *NEXT_STAGE,
)
"""What stops when another measure takes the place of bail or residential surveillance."""

FAMILY_NOTICES = ("detention_family_notice", "arrest_family_notice", "designated_rs_family_notice")
"""The three duties to tell the family; one of them runs at a time."""

CUSTODY_PERIODS = (
    "investigation_custody",
    "custody_no_progress_refusal",
    "new_crime_recount",
    "identity_unknown_custody_start",
)
"""Periods of investigation custody; they end when the file is received for prosecution."""

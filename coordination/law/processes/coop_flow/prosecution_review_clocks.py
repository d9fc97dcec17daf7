"""Clocks of the prosecution review that end together; used by the steps of `prosecution_review`."""
# fmt: off

REVIEW = ("prosecution_review", "prosecution_review_fast_track")
"""The period of the review itself: one of the two runs."""

PERIODS = (*REVIEW, "custody_necessity_mandatory_before_indictment", "second_return_non_prosecution")
"""What stops when the review ends or stands still, in whatever way."""

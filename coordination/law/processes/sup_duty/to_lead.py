"""What the procedures of supervisory duty turn into a supervision lead: the lead is registered by the same act."""

from coordination.law.grammar import Field, Open

LEAD = (Field("unit", "ref"), Field("findings", "list"), Field("evidence_pin", "text"))
"""What a lead is registered with, beside its source."""

REGISTERED = Open("supervision_lead", takes="register", given=(("source", "case_review"),))
FROM_LIST = Open("supervision_lead", takes="register", given=(("source", "detained_list"),))

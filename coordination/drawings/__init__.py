"""Pictures that the server computes as numbers: templates write them as SVG, the style sheets colour them.

No Django, no query and no clock in here; text comes in already worded, colours never come in.
"""

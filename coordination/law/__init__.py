"""The law as data and pure functions: limits, calendars, the clock, the procedures.

Nothing in this package imports Django, or any package of this project outside `coordination.law`.
`README.md` beside this file says how to find, read and change a rule.
"""

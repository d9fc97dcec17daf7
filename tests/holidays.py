"""A holiday table of 2027 as it may come: a specimen for tests, not the notice."""

from __future__ import annotations

NEXT_YEAR = """
year = 2027

[notice]
zh = "国务院办公厅关于2027年部分节假日安排的通知（样张）"
en = "State Council General Office, notice on the 2027 holidays (specimen)"
number = "样张〔2026〕1号"
published_on = 2026-11-25

[[holidays]]
zh = "元旦"
en = "New Year"
off = [2027-01-01]
worked = []

[[holidays]]
zh = "春节"
en = "Spring Festival"
off = [2027-02-05, 2027-02-08, 2027-02-09, 2027-02-10, 2027-02-11]
worked = [2027-01-30, 2027-02-20]

[[holidays]]
zh = "清明节"
en = "Tomb-Sweeping Day"
off = [2027-04-05]
worked = []

[[holidays]]
zh = "劳动节"
en = "Labour Day"
off = [2027-05-03, 2027-05-04]
worked = [2027-05-08]

[[holidays]]
zh = "端午节"
en = "Dragon Boat Festival"
off = [2027-06-09]
worked = []

[[holidays]]
zh = "中秋节"
en = "Mid-Autumn Festival"
off = [2027-09-15]
worked = []

[[holidays]]
zh = "国庆节"
en = "National Day"
off = [2027-10-01, 2027-10-04, 2027-10-05, 2027-10-06, 2027-10-07]
worked = [2027-10-09]
"""

"""The clock of the law: every legal day and hour is one of Beijing (C18)."""

from datetime import timedelta, timezone

ZONE = timezone(timedelta(hours=8), "Asia/Shanghai")
"""The legal time zone. A fixed offset is exact since 1991, long before any of these laws."""

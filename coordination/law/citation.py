"""Where a rule comes from: a law's key and an article in it.

The names behind the keys are in `laws.toml`, read by `rulebook.py`; nothing here knows them.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """One place in one law; `law` is a key of `laws.toml`, `article` as the law numbers it ("91", "16(2)")."""

    law: str
    article: str = ""

    def __str__(self) -> str:
        return f"{self.law} {self.article}".rstrip()

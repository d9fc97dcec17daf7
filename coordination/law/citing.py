"""How a citation is read out: the short name with its article, and the full name behind it, in both languages.

A citation is written as "CPL 91", several as "CPL 91; RULES 282". What the laws are stands in `laws.toml`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from coordination.law.citation import Source
from coordination.law.rulebook import rulebook

_ARTICLE = re.compile(r"(\d+(?:[-,]\d+)*)(.*)")
_ITEM = re.compile(r"\((\d+)\)(?!\d)")
WHOLE = "whole text"
PARTLY = "published part"


@dataclass(frozen=True, slots=True)
class Cited:
    """One citation as people read it: "CPL 91" or “刑诉法第91条”; `full` has the whole name and the edition."""

    short: str
    full: str


def cited(source: Source | str, lang: str) -> tuple[Cited, ...]:
    """Read a citation in `lang`, Chinese for a tag that starts with "zh"; a key without a law stands as it is."""
    return tuple(_one(part, is_zh=lang.startswith("zh")) for part in _parts(str(source)))


def _parts(text: str) -> Iterator[str]:
    return (part.strip() for part in text.split(";") if part.strip())


def _one(text: str, *, is_zh: bool) -> Cited:
    key, _, article = text.partition(" ")
    law = rulebook().laws.get(key)
    if law is None:
        return Cited(text, text)
    if key.islower():  # "design" and "practice" are no laws
        return Cited(law.short, law.zh) if is_zh else Cited(law.en.partition(" (")[0], law.en)
    if not is_zh:
        return Cited(text, f"{law.en}, {law.edition}" if law.edition else law.en)
    place = _zh_article(article)
    return Cited(f"{law.short}{place}", f"《{law.zh}》{place}")


def _zh_article(article: str) -> str:
    plain = article.replace(WHOLE, "").replace(f", {PARTLY}", "（已公开部分）")
    found = _ARTICLE.fullmatch(plain)
    if found is None:
        return plain
    number, rest = found.groups()
    items = _ITEM.sub(r"第\1项", rest)
    return f"第{number.replace(',', '、')}条{items}"

"""The reader of a page or an answer: which language, its commas, and a reason of the law as a sentence in it."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import get_language, gettext

from coordination.law import citing
from coordination.law.history import Reason

NO_ARTICLE = frozenset({"design", "practice"})


def language() -> str:
    """The language of the reader, as the law's names ask for it."""
    return get_language() or settings.LANGUAGE_CODE


def listed(words: Iterable[str]) -> str:
    """Words one after the other, as the reader's language divides them: with a comma, or with “、”."""
    return gettext(", ").join(words)


def series(parts: Iterable[str]) -> str:
    """Longer parts one after the other: with a semicolon, or with “；”."""
    return gettext("; ").join(parts)


def places(sources: Iterable[object]) -> str:
    """Articles in a line, as people read them; what is of no law is left out."""
    cited = [citing.cited(str(source), language()) for source in sources]
    return series(one.short for found in cited for one in found)


def sentence(reason: Reason) -> str:
    """A reason as a sentence with its articles."""
    lang = language()
    words = reason.name(lang)
    articles = places(source for source in reason.sources if source.law not in NO_ARTICLE)
    words = words[:1].upper() + words[1:]
    return f"{words} ({articles})" if articles else words

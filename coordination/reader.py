"""The reader of a page or an answer: which language, and a reason of the law as a sentence in it."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import get_language

from coordination.law import citing
from coordination.law.history import Reason

NO_ARTICLE = frozenset({"design", "practice"})


def language() -> str:
    """The language of the reader, as the law's names ask for it."""
    return get_language() or settings.LANGUAGE_CODE


def sentence(reason: Reason) -> str:
    """A reason as a sentence with its articles."""
    lang = language()
    words = reason.name(lang)
    cited = [citing.cited(str(source), lang) for source in reason.sources if source.law not in NO_ARTICLE]
    places = "; ".join(one.short for found in cited for one in found)
    words = words[:1].upper() + words[1:]
    return f"{words} ({places})" if places else words

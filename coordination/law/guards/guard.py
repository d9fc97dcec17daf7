"""What a guard is: a named condition with its articles and its wording in both languages."""

from dataclasses import dataclass, replace

from coordination.law.citation import Source
from coordination.law.conditions import Test
from coordination.law.history import DESIGN


@dataclass(frozen=True, slots=True)
class Guard:
    """A condition; `en` and `zh` say what is missing when it does not hold.

    `needs_facts`  it looks at facts of the step itself, so it is not asked before they are given.
    """

    name: str
    en: str
    zh: str
    test: Test
    sources: tuple[Source, ...]
    needs_facts: bool = False

    def wording(self, lang: str) -> str:
        """Return the wording in Chinese for a `lang` that starts with "zh", else in English."""
        return self.zh if lang.startswith("zh") else self.en


def guard(name: str, test: Test, *places: str, en: str, zh: str) -> Guard:
    """Return a guard on what is on record; `places` are its articles ("CPL 91"), none where the design wants it."""
    return Guard(name, en, zh, test, tuple(Source(*place.split(" ", 1)) for place in places) or (DESIGN,))


def of_facts(name: str, test: Test, *places: str, en: str, zh: str) -> Guard:
    """Return a guard that also looks at the facts of the step itself."""
    return replace(guard(name, test, *places, en=en, zh=zh), needs_facts=True)

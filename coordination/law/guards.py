"""Named conditions over a history and the facts of a step, each with its article.

A guard either refuses a step (`Step.guards`) or decides whether a limit starts or an event is recorded
(`when=`). What only a person can judge is no guard: it stands in `Step.guidance`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from coordination.law.citation import Source
from coordination.law.history import Situation


@dataclass(frozen=True, slots=True)
class Guard:
    """A condition; `en` and `zh` say what is missing when it does not hold.

    `needs_facts`  it looks at facts of the step itself, so it is not asked before they are given.
    """

    name: str
    en: str
    zh: str
    test: Callable[[Situation], bool]
    sources: tuple[Source, ...] = ()
    needs_facts: bool = False


ALL: tuple[Guard, ...] = ()

GUARDS = {guard.name: guard for guard in ALL}

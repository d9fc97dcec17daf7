"""Named conditions over a history and the facts of a step, each with its article: a file a procedure.

A guard either refuses a step (`Step.guards`) or decides whether a limit starts, an event is recorded, a
document is issued or a further proceeding is opened (`when=`). What only a person can judge is no guard:
it stands in `Step.guidance`. A module here that holds a tuple `GUARDS` is found by itself.
"""

import importlib
import pkgutil

from coordination.law.guards.guard import Guard

__all__ = ["GUARDS", "Guard"]


class NamedTwice(ValueError):
    """Two guards bear the same name."""


def _all_guards() -> dict[str, Guard]:
    found: dict[str, Guard] = {}
    for module in pkgutil.iter_modules(__path__, prefix=f"{__name__}."):
        for guard in getattr(importlib.import_module(module.name), "GUARDS", ()):
            if guard.name in found:
                raise NamedTwice(guard.name)
            found[guard.name] = guard
    return found


GUARDS = _all_guards()

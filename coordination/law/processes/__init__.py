"""The declared procedures: a file each, a folder an area; long ones keep steps in files beside.

A module that holds a `PROCESS` is a procedure; nothing has to be registered.
"""

import importlib
import pkgutil
from functools import cache

from coordination.law.grammar import Process


class DeclaredTwice(ValueError):
    """Two files declare a procedure of the same id."""


@cache
def all_processes() -> dict[str, Process]:
    """Return every declared procedure by its id, in the order of the ids.

    Raise DeclaredTwice when two files declare the same id.
    """
    found: dict[str, Process] = {}
    for module in pkgutil.walk_packages(__path__, prefix=f"{__name__}."):
        process = getattr(importlib.import_module(module.name), "PROCESS", None)
        if not isinstance(process, Process):
            continue
        if process.id in found:
            raise DeclaredTwice(process.id)
        found[process.id] = process
    return dict(sorted(found.items()))


@cache
def only_opened() -> frozenset[str]:
    """Return the procedures that begin only where a step of another one opens them."""
    known = all_processes()
    opened = {
        child.process
        for process in known.values()
        for step in process.steps
        for child in step.opens
        if child.process != process.id
    }
    return frozenset(name for name in opened & known.keys() if not known[name].by_hand)

"""The case stories of the demo world, a file a story, as far as this edition's procedures carry them.

A module here that has a function `tell` is found by itself; it returns the scenes of its story up to the
reference day. What several stories name is in `supervision.demo.props`.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable

from supervision.demo.telling import Scene, instant

REFERENCE = instant("2026-11-23 09:30")


def tellers() -> dict[str, Callable[[], list[Scene]]]:
    """Every story by the name of its module."""
    names = (module.name for module in pkgutil.iter_modules(__path__))
    modules = {name: importlib.import_module(f"{__name__}.{name}") for name in names}
    return {name: module.tell for name, module in modules.items() if hasattr(module, "tell")}


def all_scenes() -> list[Scene]:
    """Every scene of every story, in no order."""
    return [scene for tell in tellers().values() for scene in tell()]

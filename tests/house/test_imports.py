"""The floors: supervision -> cases -> coordination -> coordination.law, and no Django in the law.

The contracts stand in pyproject.toml; the gate runs them as `lint-imports`. Here: that they are there, and that the
law can really be imported where Django is not.
"""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]


def test_contracts_name_every_floor() -> None:
    contracts = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]

    by_type = {contract["type"]: contract for contract in reversed(contracts)}

    assert by_type["layers"]["layers"] == ["supervision", "cases", "coordination"]
    assert by_type["forbidden"]["source_modules"] == ["coordination.law"]


def test_law_loads_without_django() -> None:
    program = (
        "import importlib, pkgutil, sys\n"
        "sys.modules.update({'django': None, 'celery': None, 'psycopg': None})\n"
        "import coordination.law\n"
        "for found in pkgutil.walk_packages(coordination.law.__path__, 'coordination.law.'):\n"
        "    importlib.import_module(found.name)\n"
        "assert 'coordination.settings' not in sys.modules\n"
    )

    done = subprocess.run(
        [sys.executable, "-c", program], cwd=CHECKOUT, capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stderr) == (0, "")

"""What the set-up says when something is missing, in words that a newcomer can act on."""

from __future__ import annotations

import ast
import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
FILE = CHECKOUT / "deploy" / "bootstrap.py"


@pytest.fixture(scope="module")
def bootstrap() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bootstrap", FILE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_old_python_is_told_so(bootstrap: ModuleType) -> None:
    with pytest.raises(bootstrap.Missing) as told:
        bootstrap.check_version((3, 9, 2), "/usr/bin/python3")

    assert str(told.value) == (
        "Python 3.11 or newer is needed; /usr/bin/python3 is 3.9.\n"
        "Install a newer one, or name it: make run PYTHON=/path/to/python3"
    )


def test_old_python_can_read_the_file() -> None:
    ast.parse(FILE.read_text(), feature_version=(3, 6))


def test_missing_venv_module_is_named() -> None:
    program = (
        "import runpy, sys\n"
        "sys.modules['ensurepip'] = None\n"
        f"sys.argv = [{str(FILE)!r}]\n"
        f"runpy.run_path({str(FILE)!r}, run_name='__main__')\n"
    )

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)

    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    assert done.returncode == 1
    assert done.stderr == (
        "Python's module ensurepip is missing.\n"
        f"On Debian and Ubuntu: apt install python{version}-venv. Elsewhere: install a complete Python.\n"
    )


def test_full_disk_is_told_in_numbers(bootstrap: ModuleType, tmp_path: Path) -> None:
    with pytest.raises(
        bootstrap.Missing, match=r"^The disk is full: about 999999999 MB are needed in .* MB are free"
    ):
        bootstrap.check_space(tmp_path, 999_999_999)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("ERROR: [Errno 28] No space left on device", "The disk is full: free about 500 MB where "),
        ("Failed to establish a new connection: [Errno 101]", "The package index cannot be reached: "),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM", "A package is not the one that was pinned. "),
        ("something that nobody foresaw", "The packages could not be installed. "),
    ],
)
def test_pip_failure_is_explained(bootstrap: ModuleType, said: str, sentence: str) -> None:
    explained = bootstrap.explain(said, 500)

    assert explained.startswith(sentence)
    assert explained.endswith(said)


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-dev.txt"])
def test_lock_file_has_hashes_and_no_address(lock: str) -> None:
    lines = (CHECKOUT / lock).read_text().splitlines()

    pinned = [at for at, line in enumerate(lines) if "==" in line]

    assert len(pinned) > 40
    assert all(lines[at + 1].startswith("    --hash=sha256:") for at in pinned)
    assert [line for line in lines if "://" in line or line.startswith("--")] == []


def test_development_pins_agree_with_the_product() -> None:
    product, development = (
        {
            line.split("==")[0]: line.split()[0]
            for line in (CHECKOUT / lock).read_text().splitlines()
            if "==" in line
        }
        for lock in ("requirements.txt", "requirements-dev.txt")
    )

    assert {name: development[name] for name in product} == product

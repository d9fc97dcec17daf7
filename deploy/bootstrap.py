"""Make the environment that the Makefile's commands run in, or say in plain words what is missing.

Uses the standard library only and the syntax of old Pythons, so that an old one can say that it is too old.
The packages and their hashes are in requirements.txt; --dev adds those of requirements-dev.txt.
"""

import errno
import hashlib
import importlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

NEEDED = (3, 11)
CHECKOUT = Path(__file__).resolve().parent.parent
VENV = CHECKOUT / ".venv"
STAMP = VENV / "jianjing.json"
# What an environment and an empty database take, in MB, rounded up.
SPACE_MB = {"requirements.txt": 500, "requirements-dev.txt": 900}
UNREACHABLE = "The package index cannot be reached: check the network, a proxy, or pip's settings."
HINTS = (
    ("No space left on device", "The disk is full: free about {space} MB where {checkout} is."),
    (
        "DO NOT MATCH THE HASHES",
        "A package is not the one that was pinned. Do not go on; tell whoever keeps this.",
    ),
    ("Failed to establish a new connection", UNREACHABLE),
    ("name resolution", UNREACHABLE),
    ("Read timed out", "The package index is too slow to answer; try again."),
    ("CERTIFICATE_VERIFY_FAILED", "The package index's certificate is not trusted here: check the clock."),
    (
        "No matching distribution",
        "A package is not to be had ready-made for this machine (Linux with glibc on x86-64 or ARM64 is needed).",
    ),
)


class Missing(Exception):
    """Something is missing; its text tells the person what, and what to do."""


def check_version(version, program):
    """Raise Missing where Python is older than NEEDED."""
    if tuple(version[:2]) < NEEDED:
        raise Missing(
            "Python {}.{} or newer is needed; {} is {}.{}.\n"
            "Install a newer one, or name it: make run PYTHON=/path/to/python3".format(
                NEEDED[0], NEEDED[1], program, version[0], version[1]
            )
        )


def check_venv():
    """Raise Missing where Python came without the modules that make an environment."""
    for name in ("venv", "ensurepip", "ssl", "ctypes", "fcntl"):
        try:
            importlib.import_module(name)
        except ImportError:
            raise Missing(
                "Python's module {0} is missing.\n"
                "On Debian and Ubuntu: apt install python{1}.{2}-venv. Elsewhere: install a complete Python.".format(
                    name, sys.version_info[0], sys.version_info[1]
                )
            ) from None


def check_space(folder, needed_mb):
    """Raise Missing where the disk of `folder` has less than `needed_mb` MB left."""
    free_mb = shutil.disk_usage(str(folder)).free // (1024 * 1024)
    if free_mb < needed_mb:
        raise Missing(
            "The disk is full: about {} MB are needed in {}, and {} MB are free.".format(
                needed_mb, folder, free_mb
            )
        )


def wanted(lock):
    """Return what tells whether the environment is the one that `lock` asks for."""
    version = ".".join(str(number) for number in sys.version_info[:2])
    return "{} on {}".format(hashlib.sha256(lock.read_bytes()).hexdigest(), version)


def stamps():
    """Return what the environment was made from, by lock file; empty where there is none that works."""
    if not (VENV / "bin" / "python").exists():
        return {}
    try:
        return json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return {}


def make_environment():
    """Make the folder .venv anew where it is absent or belongs to another Python."""
    python = VENV / "bin" / "python"
    if python.exists():
        asked = [str(python), "-c", "import sys, pip; print(*sys.version_info[:2])"]
        answer = subprocess.run(asked, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
        if answer.stdout.decode().split() == [str(number) for number in sys.version_info[:2]]:
            return
    made = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", str(VENV)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    if made.returncode != 0:
        raise Missing(
            "The environment could not be made in {}:\n{}".format(VENV, made.stdout.decode(errors="replace"))
        )


def install(lock, log):
    """Install what `lock` pins, each file checked against its hash; all that pip says goes to `log`."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("PIP_TARGET", "PIP_PREFIX", "PIP_USER")
    }
    command = [
        str(VENV / "bin" / "python"), "-m", "pip", "install", "--require-hashes", "--only-binary=:all:", "--no-input",
        "--disable-pip-version-check", "-r", str(lock),
    ]  # fmt: skip
    with log.open("wb") as out:
        done = subprocess.run(command, env=environment, stdout=out, stderr=subprocess.STDOUT, check=False)
    if done.returncode != 0:
        said = log.read_text(errors="replace")
        raise Missing(explain(said, SPACE_MB[lock.name]) + "\nAll that pip said is in {}.".format(log))


def explain(said, space_mb):
    """Return what a person should know of pip's failure: a sentence where it is a known one, and pip's last lines."""
    sentences = [hint.format(space=space_mb, checkout=CHECKOUT) for sign, hint in HINTS if sign in said]
    last = [line for line in said.splitlines() if line.strip()][-4:]
    return "\n".join([*sentences[:1], "The packages could not be installed. pip's last words:", *last])


def bring_up_to_date(lock):
    """Make the environment agree with `lock`; does nothing where it agrees already."""
    check_venv()
    if stamps().get(lock.name) == wanted(lock):
        return
    check_space(CHECKOUT, SPACE_MB[lock.name])
    print("Setting up the environment (once; a minute or two) …", flush=True)
    kept = stamps()
    make_environment()
    install(lock, VENV / "install.log")
    kept[lock.name] = wanted(lock)
    if lock.name == "requirements-dev.txt":
        kept["requirements.txt"] = wanted(CHECKOUT / "requirements.txt")
    STAMP.write_text(json.dumps(kept))


def main(words):
    """Do it, one at a time in this checkout; returns the exit code."""
    lock = CHECKOUT / ("requirements-dev.txt" if "--dev" in words else "requirements.txt")
    try:
        check_version(sys.version_info, sys.executable)
        check_venv()
        import fcntl  # noqa: PLC0415 - an incomplete Python lacks it, and is to be told so

        with (CHECKOUT / "requirements.txt").open() as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            bring_up_to_date(lock)
    except Missing as missing:
        print(missing, file=sys.stderr)
        return 1
    except OSError as fault:
        if fault.errno == errno.ENOSPC:
            print("The disk is full: free some space where {} is.".format(CHECKOUT), file=sys.stderr)
        else:
            print("{}: {}".format(fault.strerror, fault.filename or CHECKOUT), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nInterrupted; the next start goes on from here.", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

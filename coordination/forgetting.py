"""`make clean-data`: remove the embedded database with everything in it, after asking. No Django in here."""

from __future__ import annotations

import shutil
import sys

from coordination.children import end_leftovers
from coordination.embedded import ROOTS_FOLDER
from coordination.running import lock, say
from coordination.statefolder import CannotRun, StateFolder, state_folder


def forget(state: StateFolder) -> None:
    """Remove the state folder and what belongs to it elsewhere. Raises CannotRun while it is in use."""
    with lock(state):
        end_leftovers(state.mark, patience=10)
        for folder in (state.sockets, ROOTS_FOLDER / state.mark, state.path):
            shutil.rmtree(folder, ignore_errors=True)


def main() -> None:
    """Ask, then do it. Raises CannotRun where the answer is not yes."""
    state = state_folder()
    say(f"This removes the database in {state.path} with every case in it. Type yes to go on:")
    if sys.stdin.readline().strip().lower() != "yes":
        raise CannotRun("Nothing was removed.")
    forget(state)
    say("Removed. The next make run begins with a new database.")


if __name__ == "__main__":
    main()

"""A container's health check: `probe.py http://…` asks an address, `probe.py FILE SECONDS` how old a file is."""

from __future__ import annotations

import os
import sys
import time
import urllib.request
from pathlib import Path


def main(words: list[str]) -> int:
    """Return 0 when the address answers 200, or when the file was written within so many seconds."""
    if words[0].startswith("http"):
        # The name the site answers to; without it Django refuses the question.
        host = (
            os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].lstrip(".").replace("*", "localhost")
        )
        question = urllib.request.Request(words[0], headers={"Host": host})
        with urllib.request.urlopen(question, timeout=4) as answer:
            return 0 if answer.status == 200 else 1
    return 0 if time.time() - Path(words[0]).stat().st_mtime < float(words[1]) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

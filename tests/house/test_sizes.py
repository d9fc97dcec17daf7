"""Files of at most 400 lines, functions of at most 40. An exception is reviewed and says why."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
FOLDERS = ("coordination", "cases", "supervision", "tests", "bench", "deploy")
FILE_LINES, FUNCTION_LINES = 400, 40
# A story of the demo world is told from its beginning to its end; nothing in it branches.
STORIES, TELL = "supervision/demo/stories/", "::tell"
# "path" or "path::function": why it may be longer.
EXCEPTIONS: dict[str, str] = {
    "coordination/gallery/record.py::timeline": "samples, one after the other; nothing in it branches",
}


def _python_files() -> Iterator[tuple[str, str]]:
    for folder in FOLDERS:
        for file in sorted((CHECKOUT / folder).rglob("*.py")):
            if "migrations" not in file.parts:
                yield str(file.relative_to(CHECKOUT)), file.read_text()


def _long_functions(path: str, source: str) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > FUNCTION_LINES:
                yield f"{path}::{node.name}", lines


def _tells_a_story(name: str) -> bool:
    return name.startswith(STORIES) and name.endswith(TELL)


def test_files_are_short() -> None:
    lengths = {path: source.count("\n") for path, source in _python_files()}

    long = {path: lines for path, lines in lengths.items() if lines > FILE_LINES and path not in EXCEPTIONS}

    assert long == {}


def test_functions_are_short() -> None:
    found = (each for path, source in _python_files() for each in _long_functions(path, source))

    long = {name: lines for name, lines in found if name not in EXCEPTIONS and not _tells_a_story(name)}

    assert long == {}


def test_exceptions_are_still_needed() -> None:
    sources = dict(_python_files())
    functions = {name for path, source in sources.items() for name, _lines in _long_functions(path, source)}
    files = {path for path, source in sources.items() if source.count("\n") > FILE_LINES}

    assert set(EXCEPTIONS) <= functions | files

"""The titles of facts and of their options in both languages, read from `labels/*.toml`.

An option may be called differently under one fact: its key is then "fact.option". English is the name itself,
in words, where nothing else is written down.
"""

import tomllib
from functools import cache
from pathlib import Path


@cache
def _tables() -> dict[str, dict[str, list[str] | str]]:
    folder = Path(__file__).parent / "labels"
    return {path.stem: tomllib.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.toml"))}


def _title(table: str, keys: tuple[str, ...], lang: str) -> str:
    for key in keys:
        given = _tables()[table].get(key)
        if given is None:
            continue
        zh, en = (given, "") if isinstance(given, str) else (given[0], given[1])
        return zh if lang.startswith("zh") else (en or keys[-1].replace("_", " "))
    return keys[-1].replace("_", " ")


def fact(name: str, lang: str) -> str:
    """Return the title of a fact in Chinese for a `lang` that starts with "zh", else in English."""
    return _title("facts", (name,), lang)


def option(value: str, lang: str, *, fact: str = "") -> str:
    """Return the title of an enum's value, as it is called under `fact`."""
    return _title("options", (f"{fact}.{value}", value), lang)


def has_option(value: str, *, fact: str = "") -> bool:
    """Whether the value has a Chinese title."""
    return f"{fact}.{value}" in _tables()["options"] or value in _tables()["options"]


def has_fact(name: str) -> bool:
    """Whether the fact has a Chinese title."""
    return name in _tables()["facts"]

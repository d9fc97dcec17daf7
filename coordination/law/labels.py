"""The titles of facts and of their options in both languages, read from `labels/facts/` and `labels/options/`.

An option may be called differently under one fact: its key is then "fact.option". English is the name itself,
in words, where nothing else is written down.
"""

import tomllib
from functools import cache
from pathlib import Path


class TitledTwice(ValueError):
    """Two files give a title to the same key; args are the key and the second file."""


@cache
def _table(name: str) -> dict[str, list[str] | str]:
    found: dict[str, list[str] | str] = {}
    for path in sorted((Path(__file__).parent / "labels" / name).glob("*.toml")):
        for key, title in tomllib.loads(path.read_text("utf-8")).items():
            if key in found:
                raise TitledTwice(key, path.name)
            found[key] = title
    return found


def _title(table: str, keys: tuple[str, ...], lang: str) -> str:
    for key in keys:
        given = _table(table).get(key)
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
    return f"{fact}.{value}" in _table("options") or value in _table("options")


def has_fact(name: str) -> bool:
    """Whether the fact has a Chinese title."""
    return name in _table("facts")

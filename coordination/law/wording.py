"""The sentences of the clock in both languages, rendered only when somebody reads them.

`clock.py` records codes and values; the words, the rule and the article behind each code are in `wording.toml`.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple

from coordination.law.citation import Source
from coordination.law.history import Reason
from coordination.law.limit import Limit, Text
from coordination.law.periods import MIDNIGHT, Period
from coordination.law.rulebook import Event

Line = tuple[str, tuple[tuple[str, object], ...]]
"""A code of `wording.toml` with the values its sentence names, unrendered because most are never read."""


class _Sentence(NamedTuple):
    rule: str
    source: str
    en: str
    zh: str


@cache
def _words() -> tuple[Mapping[str, _Sentence], Mapping[str, Text]]:
    with Path(__file__).with_name("wording.toml").open("rb") as file:
        table = tomllib.load(file)
    return (
        {code: _Sentence(**sentence) for code, sentence in table["lines"].items()},
        {code: Text(**sentence) for code, sentence in table["refusals"].items()},
    )


@dataclass(frozen=True, slots=True)
class Because:
    """One line of how a date came about: `rule` is the clock's ("C7"), `source` the article or "design".

    `params` are strings that can be stored; a value that differs by language stands there twice, under
    names that end in `_en` and `_zh`.
    """

    code: str
    params: tuple[tuple[str, str], ...]
    rule: str
    source: str

    def text(self, lang: str = "en") -> str:
        """Return the sentence, in Chinese for a `lang` that starts with "zh", else in English."""
        sentence = _words()[0][self.code]
        return _fill(sentence.zh if lang.startswith("zh") else sentence.en, dict(self.params), lang)


class Impossible(Exception):
    """No date can be computed from what was asked; `reason` says why, in both languages."""

    def __init__(self, code: str, *, limit: Limit | None = None, **values: object) -> None:
        """`code` is a refusal of `wording.toml`, `values` what its sentence names."""
        named = dict(_rendered((*values.items(), *((("limit", limit),) if limit else ()))))
        words = _words()[1][code]
        english, chinese = (_fill(words.name(lang), named, lang) for lang in ("en", "zh"))
        sources = limit.sources if limit else (Source("design"),)
        self.reason = Reason(code, english, chinese, sources)
        super().__init__(english)

    def text(self, lang: str = "en") -> str:
        """Return why, in Chinese for a `lang` that starts with "zh", else in English."""
        return self.reason.name(lang)


def render(line: Line) -> Because:
    """Turn a recorded line into one that can be read, stored and translated."""
    code, values = line
    sentence = _words()[0][code]
    named = dict(values)
    cited = named.pop("source", None)
    source = _cite(cited) if sentence.source in ("limit", "stage", "reading") else sentence.source
    return Because(code, tuple(_rendered(named.items())), sentence.rule, source)


def _cite(cited: object) -> str:
    if isinstance(cited, tuple):
        return "; ".join(str(source) for source in cited)
    return str(cited) if cited else "design"


def _fill(words: str, params: Mapping[str, str], lang: str) -> str:
    """Put the values into the sentence, the Chinese one of a pair for a Chinese sentence."""
    mine = "_zh" if lang.startswith("zh") else "_en"
    chosen = {name.removesuffix(mine): value for name, value in params.items()}
    return words.format_map(chosen)


def _rendered(values: Iterable[tuple[str, object]]) -> Iterator[tuple[str, str]]:
    for name, value in values:
        words = _words_for(value)
        if isinstance(words, Text):
            yield f"{name}_en", words.en
            yield f"{name}_zh", words.zh
        else:
            yield name, words


def _words_for(value: object) -> Text | str:
    """Return a value as it is written: instants to the minute, periods and titles in both languages."""
    match value:
        case Text():
            return value
        case Period():
            return _length(value)
        case Limit() | Event():
            return Text(value.en, value.zh)
        case datetime() if value.time() == MIDNIGHT:
            return f"{value:%Y-%m-%d}"
        case datetime():
            return f"{value:%Y-%m-%d %H:%M}"
        case _:
            return str(value)


@cache
def _length(length: Period) -> Text:
    """Return a period in words: "1 month and 15 days"."""
    parts = [
        (count, f"{count} {unit}" if count == 1 else f"{count} {unit}s", f"{count}{chinese}")
        for count, unit, chinese in (
            (length.months, "month", "个月"),
            (length.days, "day", "日"),
            (length.hours, "hour", "小时"),
        )
        if count
    ]
    return Text(
        " and ".join(english for _, english, _ in parts) or "no days",
        "".join(chinese for _, _, chinese in parts) or "零日",
    )

"""The rulebook: every time limit, event and law, read from the data beside this file and validated.

Read with `rulebook()`, once. A fault in the data stops the reading with every fault named, so that nothing runs
on half a law. What a limit says is declared in `limit.py`; how it is computed, in `clock.py`.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from coordination.law.citation import Source
from coordination.law.limit import Limit, Overrun, Reading, Stage, Text
from coordination.law.limit_faults import limit_faults, missing_keys, unknown_keys

__all__ = [
    "Event",
    "Faulty",
    "Law",
    "Limit",
    "Overrun",
    "Reading",
    "Rulebook",
    "Stage",
    "Text",
    "UnknownEvent",
    "UnknownLimit",
    "read",
    "rulebook",
]

_HOME = Path(__file__).parent
_LAW_KEYS = frozenset(
    ("en", "zh", "short", "kind", "edition", "effective", "effective_certainty", "reading", "use", "note")
)


class UnknownLimit(KeyError):
    """No limit has this id."""

    def __str__(self) -> str:
        return f"unknown limit: {self.args[0]!r}"


class UnknownEvent(KeyError):
    """No event has this name."""

    def __str__(self) -> str:
        return f"unknown event: {self.args[0]!r}"


class Faulty(ValueError):
    """The data contradicts itself; `faults` has one sentence each."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happens and may start, stop, suspend or restart limits; `emitted_by` says who records it.

    `own_matter`  it is about one document or one procedure: it acts in the procedure that records it, in the one
                  which opened that, and in those it opened; in no other of the case.
    """

    id: str
    en: str
    zh: str
    emitted_by: tuple[str, ...]
    own_matter: bool = False

    def name(self, lang: str) -> str:
        """Return what happens, in the language asked for."""
        return self.zh if lang.startswith("zh") else self.en


@dataclass(frozen=True, slots=True)
class Law:
    """A law or other text: names, edition, and how far it was read (`reading`, a certainty).

    `short` is the Chinese name as people cite it; in English they cite by `key`.
    """

    key: str
    en: str
    zh: str
    short: str
    kind: str
    edition: str
    reading: str
    use: str
    effective: str = ""
    effective_certainty: str = ""
    note: str = ""

    def name(self, lang: str) -> str:
        """Return the name of the text in the language asked for."""
        return self.zh if lang.startswith("zh") else self.en


@dataclass(frozen=True, slots=True)
class Rulebook:
    """All limits, events and laws, in the order of the files, and the words the limits may use."""

    limits: Mapping[str, Limit]
    events: Mapping[str, Event]
    laws: Mapping[str, Law]
    terms: Mapping[str, Mapping[str, Text]]

    def limit(self, limit_id: str) -> Limit:
        """Return the limit of this id; UnknownLimit (a KeyError) where there is none."""
        try:
            return self.limits[limit_id]
        except KeyError:
            raise UnknownLimit(limit_id) from None

    def event(self, name: str) -> Event:
        """Return the event of this name; UnknownEvent (a KeyError) where there is none."""
        try:
            return self.events[name]
        except KeyError:
            raise UnknownEvent(name) from None

    def term(self, kind: str, word: str) -> Text:
        """Return what a word of the vocabulary means, such as ("party", "police"); KeyError where unknown."""
        return self.terms[kind][word]

    def started_by(self, event: str) -> tuple[Limit, ...]:
        """Return the enabled limits that `event` may start."""
        return tuple(limit for limit in self.limits.values() if limit.enabled and event in limit.trigger)


@cache
def rulebook() -> Rulebook:
    """Return the rulebook of this edition, read and validated once; Faulty where the data is wrong."""
    return read(_HOME)


def read(home: Path) -> Rulebook:
    """Read and validate the rulebook in the folder `home`; Faulty names every fault found."""
    faults: list[str] = []
    terms = {
        kind: {word: Text(**text) for word, text in words.items()}
        for kind, words in _table(home / "vocabulary.toml").items()
    }
    laws = {key: _law(key, table, faults) for key, table in _table(home / "laws.toml").items()}
    events = {
        name: Event(
            name, table["en"], table["zh"], tuple(table["from"]), bool(table.get("own_matter", False))
        )
        for name, table in _tables(home / "events", faults)
    }
    limits = {}
    for name, table in _tables(home / "limits", faults):
        missing = [f"{name}: needs {key!r}" for key in missing_keys(table)]
        if not missing:
            limits[name] = _limit(name, table, faults)
        faults += missing
    known = Rulebook(
        MappingProxyType(limits), MappingProxyType(events), MappingProxyType(laws), MappingProxyType(terms)
    )
    for limit in limits.values():
        faults += limit_faults(limit, known)
    if faults:
        raise Faulty(tuple(faults))
    return known


def _table(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        return tomllib.load(file)


def _tables(folder: Path, faults: list[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every table of every file in `folder`; a name used in two files is a fault."""
    seen: dict[str, str] = {}
    for path in sorted(folder.glob("*.toml")):
        for name, table in _table(path).items():
            if name in seen:
                faults.append(f"{name}: stands in {seen[name]} and in {path.name}")
            seen[name] = path.name
            yield name, table


def _law(key: str, table: dict[str, Any], faults: list[str]) -> Law:
    faults += [f"{key}: unknown key {name!r}" for name in table.keys() - _LAW_KEYS]
    return Law(key, **{name: value for name, value in table.items() if name in _LAW_KEYS})


def source(text: str) -> Source:
    """Read a citation as the data writes it: the law's key, a space, the article."""
    law, _, article = text.partition(" ")
    return Source(law, article)


def _text(table: dict[str, Any], key: str) -> Text | None:
    english = table.get(f"{key}_en")
    return Text(english, table[f"{key}_zh"]) if english else None


def _stage(table: dict[str, Any]) -> Stage:
    plain = (
        "id",
        "mode",
        "duration",
        "choose_from",
        "total_from_anchor",
        "anchor",
        "only",
        "repeatable",
        "approver",
    )
    return Stage(
        **{key: table[key] for key in plain if key in table},
        ground=_text(table, "ground"),
        source=source(table["source"]) if "source" in table else None,
    )


def _reading(table: dict[str, Any]) -> Reading:
    plain = ("id", "basis", "default", "duration", "duration_rule", "counting")
    return Reading(
        **{key: table[key] for key in plain if key in table},
        reading=Text(table["reading_en"], table["reading_zh"]),
        why=Text(table["why_en"], table["why_zh"]),
        trigger=tuple(table.get("trigger", ())),
    )


_PLAIN = (
    *("en", "zh", "certainty", "mechanism", "area", "responsible", "counterparty", "approver", "same_as"),
    *(
        "day_kind",
        "counting",
        "direction",
        "custodial",
        "rollover",
        "enabled",
        "confirm_first",
        "configurable",
        "ceiling",
    ),
    *("duration", "or_duration", "duration_rule", "bounded_by"),
)
_LISTS = ("trigger", "started_by", "stops_on", "suspends_on", "resumes_on", "resets_on")


def _limit(name: str, table: dict[str, Any], faults: list[str]) -> Limit:
    faults += [f"{name}: unknown key {key!r}" for key in unknown_keys(table)]
    said: dict[str, Any] = {key: table[key] for key in _PLAIN if key in table}
    said |= {key: tuple(table[key]) for key in _LISTS if key in table}
    return Limit(
        id=name,
        sources=tuple(source(text) for text in table["sources"]),
        runs_back_to=tuple((event, tuple(to)) for event, to in table.get("runs_back_to", {}).items()),
        overrun=Overrun(
            label=table["overrun_label"],
            actions=tuple(table["overrun_actions"]),
            findings=tuple(table.get("may_suggest", ())),
            note=_text(table, "overrun_note"),
        ),
        stages=tuple(_stage(stage) for stage in table.get("stages", ())),
        readings=tuple(_reading(reading) for reading in table.get("readings", ())),
        conditions=_text(table, "conditions"),
        notes=_text(table, "notes"),
        **said,
    )

"""The catalogue: areas, activities, findings, documents and registers, read from the data beside this file.

Read with `catalogue()`; each kind of data is read, and its faults found, when it is first asked for. What the
entries are is declared in `kinds.py`, what makes them faulty in `catalogue_faults.py`.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from coordination.law import catalogue_faults as check
from coordination.law import catalogue_rows as rows_of
from coordination.law.catalogue_rows import Table, table
from coordination.law.kinds import (
    ActivityEvent,
    ActivityKind,
    ActivityStart,
    Area,
    AutoCheck,
    Condition,
    DocumentKind,
    FieldSpec,
    FindingKind,
    Minimum,
    Need,
    Numbering,
    Option,
    RegisterKind,
)
from coordination.law.rulebook import Faulty

__all__ = [
    "ActivityEvent",
    "ActivityKind",
    "ActivityStart",
    "Area",
    "AutoCheck",
    "Catalogue",
    "Condition",
    "DocumentKind",
    "FieldSpec",
    "FindingKind",
    "Minimum",
    "Need",
    "Numbering",
    "Option",
    "RegisterKind",
    "UnknownKind",
    "catalogue",
]

HOME = Path(__file__).parent
Kind = TypeVar("Kind")


class UnknownKind(KeyError):
    """The catalogue has no entry of this code."""

    def __str__(self) -> str:
        return f"not in the catalogue: {self.args[0]!r}"


class Catalogue:
    """All kinds by their codes, in the order of the files; every part is read once, when it is first needed.

    Reading a part raises `Faulty` with every fault of that part.
    """

    def __init__(self, home: Path = HOME) -> None:
        self._home = home

    @cached_property
    def areas(self) -> Mapping[str, Area]:
        """The fourteen task areas in their order, then the Office."""
        rows = table(self._home / "areas.toml")
        return _sound(
            "areas", {code: rows_of.area(code, row) for code, row in rows.items()}, check.area_faults
        )

    @cached_property
    def activities(self) -> Mapping[str, ActivityKind]:
        """The kinds of investigation activity; `common_fields` come on top of their own fields."""
        rows = _folder(self._home / "activities", beside=("common", "enums"))
        kinds = {code: rows_of.activity(code, row, self._enums) for code, row in rows}
        return _sound("activities", kinds, lambda kind: check.activity_faults(kind, self.needs))

    @cached_property
    def common_fields(self) -> tuple[FieldSpec, ...]:
        """The fields of every activity."""
        return tuple(rows_of.field(row, self._enums) for row in self._common["fields"])

    @cached_property
    def common_events(self) -> tuple[str, ...]:
        """The events that every activity records on saving."""
        return tuple(self._common["emits"])

    @cached_property
    def common_starts(self) -> tuple[str, ...]:
        """The limits that every activity starts, and stops when it is saved."""
        return tuple(self._common["starts"])

    @cached_property
    def needs(self) -> Mapping[str, Need]:
        """What the required “if_…” of the fields depend on."""
        return MappingProxyType(
            {name: rows_of.need(name, row) for name, row in self._common["needs"].items()}
        )

    @cached_property
    def findings(self) -> Mapping[str, FindingKind]:
        """The possible breaches."""
        rows = _folder(self._home / "findings", beside=("words", "machine"))
        words = table(self._home / "findings" / "words.toml")
        kinds = {code: rows_of.finding(code, row) for code, row in rows}
        return _sound("findings", kinds, lambda kind: check.finding_faults(kind, words))

    @cached_property
    def finding_words(self) -> Mapping[str, Mapping[str, Option]]:
        """The levels and the groups of the findings, with their titles."""
        words = table(self._home / "findings" / "words.toml")
        return {table: rows_of.titles(words[table]) for table in ("levels", "groups")}

    @cached_property
    def documents(self) -> Mapping[str, DocumentKind]:
        """The instruments."""
        groups = table(self._home / "documents" / "words.toml")["groups"]
        files = sorted((self._home / "documents").glob("*.toml"))
        kinds: dict[str, DocumentKind] = {}
        for group in groups:
            for path in (path for path in files if path.stem.removesuffix("_further") == group):
                kinds |= {code: rows_of.document(code, group, row) for code, row in table(path).items()}
        return _sound("documents", kinds, check.document_faults)

    @cached_property
    def document_groups(self) -> Mapping[str, Option]:
        """The groups of the documents, with their titles."""
        return rows_of.titles(table(self._home / "documents" / "words.toml")["groups"])

    @cached_property
    def number_styles(self) -> Mapping[str, str]:
        """By kind of organ: the pattern of its numbers where a kind of document is numbered in the other's style."""
        return MappingProxyType(table(self._home / "documents" / "words.toml")["number_styles"])

    @cached_property
    def registers(self) -> Mapping[str, RegisterKind]:
        """The registers."""
        rows = {code: row for code, row in self._ledgers.items() if code != "columns"}
        kinds = {code: rows_of.register(code, row) for code, row in rows.items()}
        return _sound("registers", kinds, lambda kind: check.register_faults(kind, self.columns))

    @cached_property
    def columns(self) -> Mapping[str, Option]:
        """The titles of the registers' columns."""
        return rows_of.options(self._ledgers["columns"])

    def area(self, code: str) -> Area:
        """Return the area of this code; UnknownKind (a KeyError) where there is none."""
        return _found(self.areas, code)

    def activity(self, code: str) -> ActivityKind:
        """Return the kind of activity of this code; UnknownKind (a KeyError) where there is none."""
        return _found(self.activities, code)

    def finding(self, code: str) -> FindingKind:
        """Return the kind of finding of this code; UnknownKind (a KeyError) where there is none."""
        return _found(self.findings, code)

    def document(self, code: str) -> DocumentKind:
        """Return the kind of document of this code; UnknownKind (a KeyError) where there is none."""
        return _found(self.documents, code)

    def register(self, code: str) -> RegisterKind:
        """Return the register of this code; UnknownKind (a KeyError) where there is none."""
        return _found(self.registers, code)

    def needed(
        self, kind: ActivityKind, field: FieldSpec, entry: Mapping[str, object], context: frozenset[str]
    ) -> bool:
        """Whether the field must be filled in, beside what the entry has and what the form knows.

        `context` holds the names that are true: late, interpreter_needed, suspect_is_minor, …_is_female,
        security_case. Raise UnknownKind for a required word that `needs` does not have.
        """
        if isinstance(field.required, bool):
            return field.required
        if field.required == "auto":
            return False
        need = _found(self.needs, field.required)
        if need.kind is not None:
            return bool(getattr(kind, need.kind))
        own = {item.name for item in (*self.common_fields, *kind.fields)}
        for name, values in need.choices:
            if name in own:
                return entry.get(name) in values
        return bool(need.context) and context.issuperset(need.context)

    @cached_property
    def _common(self) -> Table:
        return table(self._home / "activities" / "common.toml")

    @cached_property
    def _enums(self) -> Mapping[str, tuple[Option, ...]]:
        rows = table(self._home / "activities" / "enums.toml")
        return {name: tuple(rows_of.options(values).values()) for name, values in rows.items()}

    @cached_property
    def _ledgers(self) -> Table:
        return table(self._home / "registers.toml")


@cache
def catalogue() -> Catalogue:
    """Return the catalogue of this edition; its parts are read when they are first asked for."""
    return Catalogue()


def _found(kinds: Mapping[str, Kind], code: str) -> Kind:
    try:
        return kinds[code]
    except KeyError:
        raise UnknownKind(code) from None


def _sound(
    part: str, kinds: dict[str, Kind], faults_of: Callable[[Kind], Iterator[str]]
) -> Mapping[str, Kind]:
    faults = [f"{part}, {code}: {fault}" for code, kind in kinds.items() for fault in faults_of(kind)]
    if faults:
        raise Faulty(tuple(faults))
    return MappingProxyType(kinds)


def _folder(folder: Path, *, beside: tuple[str, ...]) -> Iterator[tuple[str, Table]]:
    """Yield the tables of all files of a folder but those `beside`; a code in two files is a fault."""
    seen: dict[str, str] = {}
    for path in sorted(folder.glob("*.toml")):
        if path.stem in beside:
            continue
        for code, row in table(path).items():
            if code in seen:
                raise Faulty((f"{code}: stands in {seen[code]} and in {path.name}",))
            seen[code] = path.name
            yield code, row

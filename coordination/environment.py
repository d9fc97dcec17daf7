"""Reading the process's environment into typed values; a bad value stops the start with the variable's name.

What the values mean stands in `coordination.settings`. No Django in here, so that the start-up tools can use it.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar
from urllib.parse import parse_qs, unquote, urlsplit

T = TypeVar("T")

TRUE = frozenset({"1", "true", "yes", "on"})
FALSE = frozenset({"0", "false", "no", "off"})


class BadEnvironment(SystemExit):
    """An environment variable cannot be used. Ends the process with a sentence that names it."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(f"{name}: {problem}")
        self.name = name


@dataclass(frozen=True, slots=True)
class DatabaseAddress:
    """A PostgreSQL address taken apart. `options` go to libpq as they stand (sslmode, connect_timeout)."""

    name: str
    user: str
    password: str
    host: str
    port: str
    options: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MailAddress:
    """An SMTP server taken apart."""

    host: str
    port: int
    user: str
    password: str
    use_tls: bool
    use_ssl: bool
    sender: str


def text(name: str, default: str = "") -> str:
    """Return the variable, stripped; `default` where it is absent or empty."""
    return os.environ.get(name, "").strip() or default


def read(name: str, parse: Callable[[str], T], default: T) -> T:
    """Return `parse(value)`; `default` where the variable is absent or empty.

    Raises BadEnvironment with the message of the ValueError that `parse` raised.
    """
    value = text(name)
    if not value:
        return default
    try:
        return parse(value)
    except ValueError as fault:
        raise BadEnvironment(name, str(fault)) from None


def required(name: str, why: str) -> str:
    """Return the variable; raises BadEnvironment where it is absent or empty."""
    value = text(name)
    if not value:
        raise BadEnvironment(name, f"is not set. {why}")
    return value


def truth(value: str) -> bool:
    """Parse yes or no. Raises ValueError."""
    if value.lower() in TRUE:
        return True
    if value.lower() in FALSE:
        return False
    raise ValueError(f"{value!r} is neither yes nor no; write 1 or 0")


def count(value: str) -> int:
    """Parse a whole number from 0. Raises ValueError."""
    if not value.isascii() or not value.isdigit():
        raise ValueError(f"{value!r} is not a whole number")
    return int(value)


def port(value: str) -> int:
    """Parse a TCP port. Raises ValueError."""
    number = count(value)
    if not 1 <= number <= 65535:
        raise ValueError(f"{value} is not a port; ports go from 1 to 65535")
    return number


def words(value: str) -> tuple[str, ...]:
    """Parse a list separated by commas."""
    return tuple(word.strip() for word in value.split(",") if word.strip())


def origins(value: str) -> tuple[str, ...]:
    """Parse web origins separated by commas, each with its scheme. Raises ValueError."""
    found = words(value)
    for origin in found:
        parts = urlsplit(origin)
        if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path not in {"", "/"}:
            raise ValueError(f"{origin!r} is not an origin; write https://name or https://name:port")
    return tuple(origin.rstrip("/") for origin in found)


def instant(value: str) -> datetime:
    """Parse an ISO-8601 instant with its offset, such as 2026-11-23T09:00+08:00. Raises ValueError."""
    try:
        at = datetime.fromisoformat(value)
    except ValueError:
        raise ValueError(f"{value!r} is not an instant; write 2026-11-23T09:00+08:00") from None
    if at.tzinfo is None:
        raise ValueError(f"{value!r} has no offset; write {value}+08:00 for Beijing time")
    return at


def one_of(*allowed: str) -> Callable[[str], str]:
    """Return a parser that takes one of the words given."""

    def parse(value: str) -> str:
        if value not in allowed:
            raise ValueError(f"{value!r} is not one of {', '.join(allowed)}")
        return value

    return parse


def database_address(value: str) -> DatabaseAddress:
    """Parse postgresql://user:password@host:port/name?option=value; `?host=/folder` names a socket's folder."""
    parts = urlsplit(value)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError("only PostgreSQL is supported; write postgresql://user:password@host:5432/name")
    options = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    name = unquote(parts.path.lstrip("/"))
    if not name:
        raise ValueError("names no database; write postgresql://user:password@host:5432/name")
    try:
        number = parts.port
    except ValueError:
        raise ValueError("its port is not a number from 1 to 65535") from None
    host = options.pop("host", "") or unquote(parts.hostname or "")
    return DatabaseAddress(
        name=name,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        host=host,
        port=options.pop("port", "") or str(number or ""),
        options=options,
    )


def broker_address(value: str) -> str:
    """Check a Redis address: redis://, rediss:// or unix:///path. Raises ValueError."""
    parts = urlsplit(value)
    if parts.scheme not in {"redis", "rediss", "unix"}:
        raise ValueError("write redis://host:6379/0, rediss:// for TLS, or unix:///path/of/the/socket")
    if parts.scheme == "unix" and not parts.path:
        raise ValueError("names no socket; write unix:///path/of/the/socket")
    if parts.scheme != "unix" and not parts.hostname:
        raise ValueError("names no host; write redis://host:6379/0")
    return value


def mail_address(value: str) -> MailAddress:
    """Parse smtp://user:password@host:587?tls=1&from=office@example; smtps:// for TLS from the first byte."""
    parts = urlsplit(value)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ValueError("write smtp://user:password@host:587?tls=1, or smtps://user:password@host:465")
    options = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    use_ssl = parts.scheme == "smtps"
    return MailAddress(
        host=parts.hostname,
        port=parts.port or (465 if use_ssl else 25),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        use_tls=truth(options.get("tls", "0")),
        use_ssl=use_ssl,
        sender=options.get("from", ""),
    )

"""How the program's log lines look: plain for a person at a terminal, JSON for a collector.

Who did what to a case is not here: that is the audit (`coordination.audit`).
"""

from __future__ import annotations

import logging.config
from typing import Any

import structlog
from structlog.typing import Processor

SHARED: tuple[Processor, ...] = (
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.stdlib.ExtraAdder(),
    structlog.processors.TimeStamper(fmt="iso", utc=True),
)


ENDS: dict[str, tuple[Processor, ...]] = {
    "plain": (structlog.dev.ConsoleRenderer(colors=False),),
    "json": (structlog.processors.dict_tracebacks, structlog.processors.JSONRenderer(ensure_ascii=False)),
}


def configure(wanted: dict[str, Any]) -> None:
    """Send every log line to standard error in the wanted format ("plain" or "json") from the wanted level on."""
    line = {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": SHARED,
        "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *ENDS[wanted["format"]]],
    }
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {"line": line},
            "handlers": {"standard error": {"class": "logging.StreamHandler", "formatter": "line"}},
            "root": {"handlers": ["standard error"], "level": wanted["level"]},
            "loggers": {
                "django.server": {"level": "WARNING"},
                "django.utils.autoreload": {"level": "WARNING"},
            },
        }
    )
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *SHARED,
            structlog.processors.StackInfoRenderer(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )

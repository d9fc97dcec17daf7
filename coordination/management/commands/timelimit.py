"""`manage.py timelimit`: when a time limit runs out, and why; for people, and as JSON for other programs.

Needs no database, unless a jurisdiction is named: local rules are in the record. The questions and answers in JSON are
described in `coordination/law/asking.py`.
"""

import json
import sys
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError
from django.utils import timezone

from coordination import local_rules
from coordination.law.asking import Unclear, answer, answer_text
from coordination.law.calendar import national
from coordination.law.local import LocalRule
from coordination.law.rulebook import UnknownLimit, rulebook
from coordination.law.stages import Granted, own_anchor
from coordination.models import Organisation

FAILED = 2
"""The exit code when a question could not be answered."""


class Command(BaseCommand):
    """Print the end of a time limit with its derivation, or answer questions in JSON."""

    help = "Say when a time limit runs out, and why."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare either a limit with its start, or `--json -`."""
        parser.add_argument("limit", nargs="?", metavar="LIMIT", help="id of the limit")
        parser.add_argument(
            "--at", metavar="INSTANT", help="start, with offset: 2026-03-05T09:20+08:00; or a day"
        )
        parser.add_argument("--custody", action="store_true", help="the suspect is in custody")
        parser.add_argument(
            "--stage",
            nargs="+",
            action="extend",
            default=[],
            metavar="NAME",
            help="stages granted, in order; NAME=P4D where the approver chose a period",
        )
        parser.add_argument(
            "--reading", metavar="NAME", help="another reading of the text than the default one"
        )
        parser.add_argument(
            "--stated", metavar="END", help="day, instant or period (P15D) the document states"
        )
        parser.add_argument(
            "--jurisdiction",
            metavar="CODE",
            help="apply the local rule of this place (six digits) then in force",
        )
        parser.add_argument("--lang", choices=("en", "zh"), default="en", help="language of the derivation")
        parser.add_argument(
            "--json", choices=("-",), help="read one question or an array from standard input"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Answer, and leave with exit code 2 when something could not be answered."""
        if options["json"]:
            if options["limit"] or options["at"] or options["jurisdiction"]:
                raise CommandError(
                    "--json reads the limit, its events and the jurisdiction from standard input.",
                    returncode=FAILED,
                )
            self._answer_json(options["lang"])
        elif not (options["limit"] and options["at"]):
            raise CommandError("Give a LIMIT and --at INSTANT, or --json -.", returncode=FAILED)
        else:
            self._answer_one(options)

    def _answer_json(self, lang: str) -> None:
        source = getattr(sys.stdin, "buffer", sys.stdin)
        answers, complete = answer_text(source.read(), lang=lang, look_up=look_up)
        self.stdout.write(json.dumps(answers, indent=2))
        if not complete:
            sys.exit(FAILED)

    def _answer_one(self, options: dict[str, Any]) -> None:
        lang = options["lang"]
        found = answer(_question(options), lang=lang, calendar=national(), look_up=look_up)
        if "error" in found:
            raise CommandError(found["error"], returncode=FAILED)
        limit = rulebook().limit(options["limit"])
        self.stdout.write(f"{limit.name(lang)} ({limit.id})")
        for label, value in _summary(found, lang):
            self.stdout.write(f"  {label}: {value}")
        for line in found["because"]:
            self.stdout.write(f"  - {line['text']} [{line['rule']}; {line['source']}]")


def _question(options: dict[str, Any]) -> dict[str, Any]:
    """Put the options into the question that other programs ask; the limit's first event starts it."""
    stages = [stage.partition("=") for stage in options["stage"]]
    granted = tuple(Granted(name, value or None) for name, _, value in stages)
    try:
        limit = rulebook().limit(options["limit"])
    except UnknownLimit as fault:
        raise CommandError(str(fault), returncode=FAILED) from None
    return {
        "limit_id": limit.id,
        "events": [{"event": own_anchor(limit, granted) or limit.trigger[0], "at": options["at"]}],
        "custody": options["custody"],
        "extensions": [{"stage": grant.stage, "value": grant.value} for grant in granted],
        "reading": options["reading"],
        "stated": options["stated"],
        "jurisdiction": options["jurisdiction"],
    }


def look_up(limit: str, jurisdiction: str, on: date) -> LocalRule | None:
    """Return the local rule for the limit that is in force at the place on a day. Raises Unclear where none can say."""
    try:
        if not Organisation.objects.filter(jurisdiction=jurisdiction).exists():
            raise Unclear(f"no organ is known at {jurisdiction}")
        rules = local_rules.in_force([limit], jurisdiction, on=on, known_at=timezone.now())
    except OperationalError as fault:
        raise Unclear(f"the record of local rules cannot be reached: {fault}") from fault
    return local_rules.as_law(rules[limit]) if limit in rules else None


_LABELS = {
    "due": ("ends", "届满"),
    "outer_due": ("literal bound", "文义界限"),
    "plan_day": ("plan on", "安排在"),
    "starts_on": ("extension starts", "延长起始"),
    "fires_at": ("overdue from", "超期起算"),
    "provisional": ("provisional", "暂定"),
}


def _summary(found: dict[str, Any], lang: str) -> list[tuple[str, str]]:
    """Return the labelled values of an answer, days with the 24:00 at which they end."""
    rows = []
    for key, (english, chinese) in _LABELS.items():
        value = found.get(key)
        if value is None or value is False:
            continue
        shown = str(value).replace("T", " ") if "T" in str(value) and value is not True else str(value)
        if key in ("due", "outer_due") and "T" not in str(value):
            shown += " 24:00"
        if value is True:
            shown = "是" if lang == "zh" else "yes"
        rows.append((chinese if lang == "zh" else english, shown))
    return rows

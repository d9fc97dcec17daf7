"""`manage.py timelimit` as people and programs call it."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from coordination.law.asking import answer
from coordination.law.calendar import national

ROOT = Path(__file__).parents[2]


MOVED = (
    "  - 2024-10-05 is not a working day (Saturday): moved to 2024-10-08, the first working day after it "
    "(CN 2020-2026 (2025-11-04)). [C7; CPL 105]"
)


def run(*args, **options):
    out = io.StringIO()
    call_command("timelimit", *args, stdout=out, **options)
    return out.getvalue()


def ask_json(monkeypatch, text):
    monkeypatch.setattr("sys.stdin", io.StringIO(text))
    return run("--json", "-")


def test_local_rules_are_refused_where_no_record_is_at_hand():
    asked = {"limit_id": "lead_triage_norm", "events": [], "jurisdiction": "990102"}

    assert answer(asked, calendar=national()) == {
        "error": "local rules are not known here: ask without a jurisdiction"
    }


def test_end_is_printed_with_its_reasons():
    # 5 October 2024 is inside National Day
    assert run("arrest_review_not_detained", "--at", "2024-09-20T09:00+08:00").splitlines() == [
        "Decide arrest request – suspect at liberty (arrest_review_not_detained)",
        "  ends: 2024-10-08 24:00",
        "  overdue from: 2024-10-09 00:00:00+08:00",
        "  - Runs from 2024-09-20 09:00: the procuratorate receives the arrest request. [C17; RULES 282]",
        "  - 15 days, the first day not counted: the last day is 2024-10-05. [C1; CPL 105]",
        MOVED,
    ]


def test_end_is_printed_in_chinese():
    printed = run("detention_interrogation", "--at", "2025-03-05T09:20+08:00", "--custody", "--lang", "zh")

    assert printed.startswith("拘留后讯问 (detention_interrogation)\n  届满: 2025-03-06 09:20:00+08:00\n")
    assert "文义界限: 2025-03-06 10:00:00+08:00" in printed


def test_stages_readings_and_stated_ends_can_be_given():
    staged = run(
        "arrest_request_after_detention", "--at", "2025-04-30T15:30+08:00", "--stage", "special=P2D", "thirty"
    )
    read = run("prison_delivery", "--at", "2025-03-03", "--reading", "mps300")
    stated = run("correction_notice_reply", "--at", "2025-09-15", "--stated", "P15D")
    own = run("letter_reply", "--at", "2025-03-03", "--stage", "result")

    assert "ends: 2025-05-30 15:30:00+08:00" in staged
    assert "ends: 2025-04-03 24:00" in read
    assert "ends: 2025-09-30 24:00" in stated
    assert "ends: 2025-06-03 24:00" in own


def test_provisional_and_planning_day_are_printed():
    provisional = run("correction_reexamination", "--at", "2026-12-26")
    planned = run("custody_extension_request_lead", "--at", "2025-03-15", "--custody")

    assert "provisional: yes" in provisional
    assert "plan on: 2025-03-07" in planned


@pytest.mark.parametrize(
    ("args", "message"),
    [
        ((), "Give a LIMIT and --at INSTANT"),
        (("bail_max",), "Give a LIMIT and --at INSTANT"),
        (("no_such_limit", "--at", "2025-03-03"), "unknown limit: 'no_such_limit'"),
        (("bail_max", "--at", "2025-03-03T09:00"), "carries no offset"),
        (("bail_max", "--at", "2025-02-30"), "is no date"),
        (("bail_max", "--at", "2025-03-03", "--stage", "ext1"), "has no stage ext1"),
        (("bail_max", "--at", "2025-03-03", "--json", "-"), "--json reads the limit"),
    ],
)
def test_what_cannot_be_answered_ends_with_code_2(args, message):
    with pytest.raises(CommandError, match=message) as refused:
        run(*args)

    assert refused.value.returncode == 2


def test_json_keeps_shape_and_order_and_ends_with_code_2_when_one_fails(monkeypatch, capsys):
    good = {"limit_id": "bail_max", "events": [{"event": "bail_executed", "at": "2024-02-29"}]}

    assert json.loads(ask_json(monkeypatch, json.dumps(good)))["due"] == "2025-02-28"
    assert [each["due"] for each in json.loads(ask_json(monkeypatch, json.dumps([good, good])))] == [
        "2025-02-28"
    ] * 2
    out = io.StringIO()
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps([good, {}, good])))
    with pytest.raises(SystemExit) as left:
        call_command("timelimit", "--json", "-", stdout=out)
    assert left.value.code == 2
    assert ["error" in each for each in json.loads(out.getvalue())] == [False, True, False]


def test_command_answers_from_a_shell():
    question = [
        {"limit_id": "bail_max", "events": [{"event": "bail_executed", "at": "2024-02-29"}]},
        {"limit_id": "汉"},
    ]

    found = subprocess.run(
        [sys.executable, "manage.py", "timelimit", "--json", "-"],
        cwd=ROOT,
        input=json.dumps(question, ensure_ascii=False).encode(),
        capture_output=True,
        check=False,
        timeout=60,
    )

    assert found.returncode == 2, found.stderr.decode()
    first, second = json.loads(found.stdout)
    assert (first["due"], second) == ("2025-02-28", {"error": "unknown limit: '汉'"})

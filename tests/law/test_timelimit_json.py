"""Questions to the clock as JSON: the shape of the answers, and every way to ask wrongly."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coordination.law.asking import answer, answer_text
from coordination.law.calendar import national
from coordination.law.rulebook import rulebook

ARREST = {
    "limit_id": "arrest_review_detained",
    "events": [{"event": "arrest_request_received", "at": "2024-09-27T15:00:00+08:00"}],
    "custody": True,
    "extensions": [],
}


def ask(**changes):
    question = {**ARREST, **changes}
    return answer({key: value for key, value in question.items() if value is not ...}, calendar=national())


def test_day_limit_is_answered_with_a_date_and_its_lines():
    # 1–7 October 2024 are National Day; in custody nothing moves
    assert ask() == {
        "due": "2024-10-04",
        "provisional": False,
        "fires_at": "2024-10-05T00:00:00+08:00",
        "because": [
            {
                "text": "Runs from 2024-09-27 15:00: the procuratorate receives the arrest request.",
                "rule": "C17",
                "source": "RULES 282; CPL 91",
            },
            {
                "text": "7 days, the first day not counted: the last day is 2024-10-04.",
                "rule": "C1",
                "source": "CPL 105",
            },
            {"text": "Custody: no holiday moves the end.", "rule": "C8", "source": "CPL 105"},
        ],
    }


def test_hours_are_answered_with_instants():
    found = ask(
        limit_id="detention_interrogation",
        events=[{"event": "detention_executed", "at": "2025-03-05T01:20:00Z"}],
    )

    assert found["due"] == found["fires_at"] == "2025-03-06T09:20:00+08:00"
    assert found["outer_due"] == "2025-03-06T10:00:00+08:00"


def test_full_days_are_answered_with_an_instant_and_an_outer_day():
    found = ask(
        limit_id="arrest_request_after_detention",
        events=[{"event": "detention_executed", "at": "2025-04-30T15:30:00+08:00"}],
        extensions=[{"stage": "special", "value": "P2D"}],
    )

    assert found["due"] == found["fires_at"] == "2025-05-05T15:30:00+08:00"
    assert found["outer_due"] == "2025-05-05"
    assert found["starts_on"] == "2025-05-04"


def test_backward_limit_is_answered_with_its_planning_day():
    found = ask(
        limit_id="custody_extension_request_lead", events=[{"event": "custody_expiry", "at": "2025-03-15"}]
    )

    assert (found["due"], found["plan_day"]) == ("2025-03-08", "2025-03-07")
    assert found["fires_at"] == "2025-03-09T00:00:00+08:00"


def test_extension_is_answered_with_its_first_day():
    found = ask(
        limit_id="investigation_custody",
        events=[{"event": "arrest_executed", "at": "2025-01-15"}],
        extensions=[{"stage": "ext1"}, {"stage": "ext2", "value": None}],
    )

    assert (found["due"], found["starts_on"]) == ("2025-06-15", "2025-04-16")
    assert "plan_day" not in found
    assert "outer_due" not in found


def test_provisional_result_says_so():
    found = ask(
        limit_id="correction_reexamination",
        events=[{"event": "correction_objection_received", "at": "2026-12-26"}],
    )

    assert (found["due"], found["provisional"]) == ("2027-01-02", True)


def test_stated_end_is_taken():
    events = [{"event": "correction_notice_received", "at": "2025-09-15T10:00+08:00"}]

    assert ask(limit_id="correction_notice_reply", events=events, stated="2025-10-01")["due"] == "2025-10-09"
    assert ask(limit_id="correction_notice_reply", events=events, stated="P15D")["due"] == "2025-09-30"
    at = ask(limit_id="correction_notice_reply", events=events, stated="2025-09-20T17:00+08:00")
    assert at["due"] == "2025-09-20T17:00:00+08:00"


def test_after_and_occurrence_pick_the_anchor():
    events = [
        {"event": "file_rereceived", "at": "2025-11-27"},
        {"event": "prosecution_file_received", "at": "2025-07-29"},
        {"event": "file_rereceived", "at": "2025-09-28"},
    ]

    def review(**more):
        return ask(limit_id="prosecution_review", events=events, **more)["due"]

    assert review() == "2025-12-27"
    assert review(occurrence=2) == "2025-10-28"
    assert review(after="2025-08-01", occurrence=1) == "2025-10-28"
    assert review(after="2025-09-28T00:00:01+08:00") == "2025-12-27"
    assert review(after="prosecution_file_received", occurrence=1) == "2025-10-28"


def test_answers_come_in_the_language_asked_for():
    found = answer(ARREST, lang="zh-hans", calendar=national())

    assert found["because"][2]["text"] == "在押：不因节假日顺延。"
    assert answer({**ARREST, "extensions": [{"stage": "x"}]}, lang="zh", calendar=national()) == {
        "error": "“审查逮捕(已拘留)”没有阶段 x。"
    }


NAIVE = [{"event": "arrest_request_received", "at": "2024-09-27T15:00:00"}]
DETAINED = {"limit_id": "detention_interrogation"}

WRONG = [
    ({"limit_id": "no_such_limit"}, "unknown limit: 'no_such_limit'"),
    ({"limit_id": ...}, "limit_id must be a text, not null"),
    ({"limit_id": 7}, "limit_id must be a text, not 7"),
    ({"limit_id": "\ud800"}, 'limit_id must be a text, not "\\ud800"'),
    ({"limit_id": "custody_extension_decision"}, "is switched off"),
    ({"custody": "yes"}, 'custody must be true or false, not "yes"'),
    ({"custody": 1}, "custody must be true or false, not 1"),
    ({"custody": None}, "custody must be true or false, not null"),
    ({"events": ...}, "events must be an array, not null"),
    ({"events": {}}, "events must be an array, not {}"),
    ({"events": []}, "None of the events starts"),
    ({"events": ["arrest"]}, 'events[0] must be an object, not "arrest"'),
    ({"events": [{"event": "arrest_request_received"}]}, "at must be a text, not null"),
    ({"events": [{"event": "arrest_request_received", "at": 20240927}]}, "at must be a text"),
    ({"events": [{"event": "tea_served", "at": "2024-09-27"}]}, "unknown event: 'tea_served'"),
    (
        {"events": [{"event": "arrest_executed", "at": "2024-09-27"}]},
        "it is started by: arrest_request_received",
    ),
    (
        {"events": [{"event": "released", "at": "2024-09-27", "by": "x"}]},
        'events[0] has an unknown key: "by"',
    ),
    ({"events": NAIVE}, '"2024-09-27T15:00:00" carries no offset: add +08:00'),
    ({"events": [{"event": "arrest_request_received", "at": "2024-02-30"}]}, "is no date"),
    ({"events": [{"event": "arrest_request_received", "at": "2024-09-27T25:00+08:00"}]}, "is no date"),
    ({"events": [{"event": "arrest_request_received", "at": "27.9.2024"}]}, "is not a day like"),
    ({"events": [{"event": "arrest_request_received", "at": ""}]}, "is not a day like"),
    ({"events": [{"event": "arrest_request_received", "at": "9999-12-30"}]}, "outside the years"),
    ({"events": [{"event": "arrest_request_received", "at": "0001-01-01T00:00+14:00"}]}, "outside the years"),
    ({"extensions": {}}, "extensions must be an array, not {}"),
    ({"extensions": [{"value": "P1D"}]}, "stage must be a text, not null"),
    ({"extensions": [{"stage": "ext1"}]}, "has no stage ext1"),
    ({"extensions": [{"stage": "a", "value": 4}]}, "value must be a text, not 4"),
    ({"extensions": [{"stage": "a", "days": 4}]}, 'extensions[0] has an unknown key: "days"'),
    ({"reading": "other"}, "has no reading other"),
    ({"reading": True}, "reading must be a text, not true"),
    ({"after": "2024-09-27T15:00:00"}, "carries no offset"),
    ({"after": "whenever"}, "is not an event, a day like"),
    ({"after": "arrest_executed"}, "arrest_executed did not happen"),
    ({"occurrence": 0}, "occurrence must be a whole number from 1, not 0"),
    ({"occurrence": True}, "occurrence must be a whole number from 1, not true"),
    ({"occurrence": 1.0}, "occurrence must be a whole number from 1, not 1.0"),
    ({"occurrence": 2}, "There are 1 starting events, not 2."),
    ({"occurrence": 10**100}, "There are 1 starting events, not 1000"),
    ({"stated": "soon"}, "is not a period such as P15D, a day like"),
    ({"stated": "P1X"}, "P1X is not a period"),
    ({"stated": "2024-12-01"}, "lies beyond what the law gives, 2024-10-04"),
    ({"detained": True}, 'a question has an unknown key: "detained"'),
    (
        {**DETAINED, "events": [{"event": "detention_executed", "at": "2025-03-05"}]},
        "detention_interrogation is counted from an instant: give the time of detention_executed",
    ),
]


@pytest.mark.parametrize(("changes", "message"), WRONG, ids=[message for _, message in WRONG])
def test_wrong_question_is_answered_with_what_is_wrong(changes, message):
    found = ask(**changes)

    assert found.keys() == {"error"}
    assert message in found["error"]


@pytest.mark.parametrize("question", [None, 3, "x", [], True, 1.5])
def test_question_that_is_no_object_is_answered_with_an_error(question):
    assert "must be an object" in answer(question, calendar=national())["error"]


def test_array_is_answered_in_its_order_with_errors_in_place():
    answers, complete = answer_text(json.dumps([ARREST, {"limit_id": "x"}, 5, ARREST]))

    assert not complete
    assert ["due" in each for each in answers] == [True, False, False, True]


def test_object_is_answered_with_an_object_and_an_empty_array_with_none():
    assert answer_text(json.dumps(ARREST)) == (ask(), True)
    assert answer_text("[]") == ([], True)


@pytest.mark.parametrize(
    "text", ["", "{", "[1,", "nonsense", b"\xff\xfe\xff", "[" * 100_000, '{"occurrence": ' + "9" * 5000 + "}"]
)
def test_text_that_is_no_json_is_one_error(text):
    found, complete = answer_text(text)

    assert not complete
    assert found.keys() == {"error"}
    assert found["error"].startswith("not JSON: ")


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=5,
)
names = st.sampled_from(sorted(rulebook().limits))
questions = st.fixed_dictionaries(
    {
        "limit_id": names | anything,
        "events": st.lists(
            st.fixed_dictionaries(
                {
                    "event": st.sampled_from(sorted(rulebook().events)) | anything,
                    "at": st.datetimes(timezones=st.timezones()).map(lambda at: at.isoformat()) | anything,
                }
            ),
            max_size=3,
        )
        | anything,
    },
    optional={
        "custody": st.booleans() | anything,
        "extensions": st.lists(st.fixed_dictionaries({"stage": st.sampled_from(["ext1", "base"]) | anything}))
        | anything,
        "reading": anything,
        "after": anything | st.just("arrest_executed"),
        "occurrence": anything,
        "stated": anything | st.just("P9999M"),
    },
)


@settings(deadline=None)
@given(st.lists(questions | anything, max_size=4))
def test_whatever_is_asked_gets_as_many_answers_that_can_be_written(asked):
    answers, complete = answer_text(json.dumps(asked))

    assert isinstance(answers, list)
    assert len(answers) == len(asked)
    assert complete is not any("error" in each for each in answers)
    assert json.loads(json.dumps(answers)) == answers


@settings(deadline=None)
@given(st.sampled_from(sorted(rulebook().limits)), st.datetimes(timezones=st.timezones()), st.booleans())
def test_any_limit_at_any_instant_is_answered(limit_id, start, custody):
    limit = rulebook().limit(limit_id)
    events = [{"event": limit.trigger[0], "at": start.isoformat(timespec="microseconds")}]

    found = answer({"limit_id": limit_id, "events": events, "custody": custody}, calendar=national())

    assert {"due", "fires_at", "because"} <= found.keys() or found.keys() == {"error"}

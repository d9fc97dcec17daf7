"""The rulebook as it stands, and what makes it refuse to load."""

import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from coordination.law import rulebook as module
from coordination.law.citation import Source
from coordination.law.rulebook import Faulty, UnknownEvent, UnknownLimit, read, rulebook

HOME = Path(module.__file__).parent


def test_rulebook_holds_every_limit_event_and_law():
    book = rulebook()

    assert (len(book.limits), len(book.events)) == (239, 445)
    assert Counter(limit.certainty for limit in book.limits.values()) == {
        "verified": 166,
        "design": 38,
        "secondary": 17,
        "unverified": 14,
        "practice": 4,
    }
    assert {limit.id for limit in book.limits.values() if not limit.enabled} == {
        limit.id for limit in book.limits.values() if limit.certainty == "unverified"
    }
    assert {"CPL", "RULES", "MPS", "OPINIONS2021", "design", "practice"} <= book.laws.keys()


def test_limit_reads_as_the_law_is_written():
    limit = rulebook().limit("arrest_review_detained")

    assert limit.name("zh-hans") == "审查逮捕(已拘留)"
    assert limit.sources == (Source("RULES", "282"), Source("CPL", "91"))
    assert (limit.duration, limit.counting, limit.custodial, limit.rollover) == (
        "P7D",
        "day_excluded",
        "yes",
        "no",
    )
    assert limit.trigger == ("arrest_request_received",)
    assert limit.suspends_on == ("psychiatric_appraisal_decided",)
    assert limit.resumes_on == ("psychiatric_appraisal_resumed",)


def test_one_month_extension_cites_article_156_and_postponement_157():
    custody = rulebook().limit("investigation_custody")

    cited = {stage.id: str(stage.source) for stage in custody.stages}

    assert cited == {
        "base": "CPL 156",
        "ext1": "CPL 156",
        "ext2": "CPL 158",
        "ext3": "CPL 159",
        "postponed": "CPL 157",
    }


def test_every_limit_has_both_titles_a_source_and_a_known_actor():
    book = rulebook()

    for limit in book.limits.values():
        assert limit.en
        assert limit.zh
        assert all(source.law in book.laws for source in limit.sources)
        assert book.term("party", limit.responsible).zh


def test_norms_never_cite_a_law_and_laws_are_never_norms():
    for limit in rulebook().limits.values():
        own = {source.law for source in limit.sources} & {"design", "practice"}

        assert not own or limit.is_norm
        assert not own or limit.overrun.label in ("norm", "document_period", "information")


def test_custody_conditions_are_told_in_both_languages():
    limit = rulebook().limit("prosecution_review")

    assert limit.custodial_if is not None
    assert limit.custodial_if.name("zh") == "期限内任何时间犯罪嫌疑人在押"
    assert limit.rollover_if is not None
    assert "at liberty" in limit.rollover_if.name("en")


def test_limits_started_by_an_event_are_the_enabled_ones():
    found = {limit.id for limit in rulebook().started_by("another_serious_crime_found")}

    assert found == {"new_crime_recount", "new_crime_recount_approval"}
    assert rulebook().started_by("nothing_of_the_kind") == ()


def test_unknown_names_are_key_errors_with_the_name():
    with pytest.raises(UnknownLimit, match="unknown limit: 'thirty_seven_days'"):
        rulebook().limit("thirty_seven_days")
    with pytest.raises(UnknownEvent, match="unknown event: 'tea_served'"):
        rulebook().event("tea_served")
    assert issubclass(UnknownLimit, KeyError)


FAULTS = [
    ('certainty = "verified"', 'certainty = "surely"', "'surely' is no certainty"),
    ('sources = ["RULES 282", "CPL 91"]', "sources = []", "has no source"),
    ('sources = ["RULES 282", "CPL 91"]', 'sources = ["RULE 282"]', "cites an unknown law: RULE 282"),
    (
        'trigger = ["arrest_request_received"]',
        'trigger = ["arrest_asked"]',
        "names an unknown event: arrest_asked",
    ),
    ('trigger = ["arrest_request_received"]', "trigger = []", "nothing starts it"),
    ('duration = "P7D"', 'duration = "7 days"', "not a period: '7 days'"),
    ('duration = "P7D"', "", "needs exactly one of duration, stages, duration_rule"),
    ('duration = "P7D"', 'durration = "P7D"', "unknown key 'durration'"),
    ('rollover = "no"', 'rollover = "yes"', "a custody period may never roll over (CPL 105)"),
    ('area = "COOP-FLOW"', 'area = "COOP-FLAW"', "'COOP-FLAW' is no area"),
    ('certainty = "verified"', 'certainty = "unverified"', "an unverified limit must stay disabled"),
    ('certainty = "verified"', "", "needs 'certainty'"),
    ('conditions_zh = "收到提请批准逮捕书时犯罪嫌疑人已被拘留"', "", "needs 'conditions_zh'"),
    (
        'resumes_on = ["psychiatric_appraisal_resumed"]',
        "",
        "is suspended and never resumed, or the other way round",
    ),
]


@pytest.mark.parametrize(("written", "instead", "fault"), FAULTS, ids=[fault for _, _, fault in FAULTS])
def test_fault_in_a_limit_is_named(tmp_path, written, instead, fault):
    home = _copy(tmp_path)
    _rewrite(home / "limits" / "arrest.toml", "[arrest_review_detained]", written, instead)

    with pytest.raises(Faulty) as refused:
        read(home)

    assert f"arrest_review_detained: {fault}" in refused.value.faults


def test_two_default_readings_are_a_fault(tmp_path):
    home = _copy(tmp_path)
    _rewrite(home / "limits" / "arrest.toml", 'id = "cpl92"', 'id = "cpl92"', 'id = "cpl92"\ndefault = true')

    with pytest.raises(Faulty, match="non_arrest_review_decision: exactly one reading must be the default"):
        read(home)


def test_total_that_does_not_add_up_is_a_fault(tmp_path):
    home = _copy(tmp_path)
    _rewrite(home / "limits" / "custody.toml", 'id = "ext2"', "P5M", "P6M")

    with pytest.raises(Faulty, match="stage ext2: the total from the anchor would be P5M, not P6M"):
        read(home)


def test_same_id_in_two_files_is_a_fault(tmp_path):
    home = _copy(tmp_path)
    shutil.copy(home / "limits" / "arrest.toml", home / "limits" / "arrest_again.toml")

    with pytest.raises(
        Faulty, match=r"arrest_review_detained: stands in arrest\.toml and in arrest_again\.toml"
    ):
        read(home)


def test_data_files_stay_short_enough_to_read():
    files = [*HOME.glob("*.toml"), *HOME.glob("limits/*.toml"), *HOME.glob("events/*.toml")]

    assert {path.name: lines for path in files if (lines := len(path.read_text().splitlines())) > 400} == {}


def _copy(folder: Path) -> Path:
    for name in ("limits", "events"):
        shutil.copytree(HOME / name, folder / name)
    for name in ("laws.toml", "vocabulary.toml"):
        shutil.copy(HOME / name, folder)
    return folder


def _rewrite(path: Path, after: str, written: str, instead: str) -> None:
    """Replace the first `written` that stands after `after`."""
    before, found, rest = path.read_text(encoding="utf-8").partition(after)
    assert found
    text = found + rest
    assert written in text
    path.write_text(before + text.replace(written, instead, 1), encoding="utf-8")


def test_law_runs_without_django_and_without_the_libraries_it_is_checked_against():
    blocked = "import sys; sys.modules.update(dict.fromkeys(('django', 'chinese_calendar', 'holidays')))"
    asked = "from coordination.law.asking import answer_text; print(answer_text('[]'))"

    found = subprocess.run(
        [sys.executable, "-c", f"{blocked}; {asked}"],
        cwd=HOME.parents[1],
        capture_output=True,
        check=False,
        timeout=60,
    )

    assert (found.returncode, found.stdout.strip()) == (0, b"([], True)")

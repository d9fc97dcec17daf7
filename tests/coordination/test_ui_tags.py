"""The filters and tags of the look: instants, spans, names, citations, icons, fields. No database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from coordination.law.citation import Source
from coordination.law.history import Reason
from coordination.law.zone import ZONE
from coordination.templatetags import ui

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=ZONE)


@dataclass(frozen=True, slots=True)
class _Ending:
    at: datetime
    on: date | None


def _shown(source: str, **context: object) -> str:
    return Template("{% load ui %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("lang", "at", "expected"),
    [
        ("zh-hans", NOW, "2026-11-23 周一 09:30"),
        ("en", NOW, "2026-11-23 Mon 09:30"),
        ("en", datetime(2026, 11, 22, 16, 0, tzinfo=UTC), "2026-11-23 Mon 00:00"),  # midnight in Shanghai
        ("zh-hans", datetime(2026, 11, 29, 15, 59, tzinfo=UTC), "2026-11-29 周日 23:59"),
    ],
)
def test_instant_is_shown_on_the_clock_of_shanghai(lang: str, at: datetime, expected: str) -> None:
    with translation.override(lang):
        assert ui.instant_text(at) == expected


def test_instant_carries_the_machine_readable_time() -> None:
    with translation.override("en"):
        shown = ui.instant(NOW)

    assert shown == '<time datetime="2026-11-23T09:30+08:00">2026-11-23 Mon 09:30</time>'


def test_naive_instant_is_refused() -> None:
    with pytest.raises(ValueError, match="offset"):
        ui.instant_text(datetime(2026, 11, 23, 9, 30))  # noqa: DTZ001 - naive on purpose


@pytest.mark.parametrize("shown", [ui.instant, ui.day, ui.until])
def test_nothing_is_shown_for_none(shown: object) -> None:
    assert callable(shown)
    assert shown(None) == ""


def test_day_of_an_instant_is_the_day_in_shanghai() -> None:
    with translation.override("en"):
        shown = ui.day(datetime(2026, 11, 22, 17, 0, tzinfo=UTC))

    assert shown == '<time datetime="2026-11-23">2026-11-23 Mon</time>'


@pytest.mark.parametrize(
    ("ending", "expected"),
    [
        (_Ending(datetime(2026, 11, 28, tzinfo=ZONE), date(2026, 11, 27)), "2026-11-27 Fri 24:00"),
        (_Ending(datetime(2026, 11, 23, 20, 15, tzinfo=ZONE), None), "2026-11-23 Mon 20:15"),
    ],
)
def test_ends_shows_the_last_day_or_the_instant(ending: _Ending, expected: str) -> None:
    with translation.override("en"):
        assert f">{expected}<" in ui.ends(ending)


def test_until_writes_midnight_as_the_end_of_the_day_before() -> None:
    with translation.override("en"):
        midnight = ui.until(datetime(2026, 11, 27, 16, 0, tzinfo=UTC))
        afternoon = ui.until(datetime(2026, 11, 21, 8, 40, tzinfo=UTC))

    assert midnight == '<time datetime="2026-11-28T00:00+08:00">2026-11-27 Fri 24:00</time>'
    assert afternoon == '<time datetime="2026-11-21T16:40+08:00">2026-11-21 Sat 16:40</time>'


@pytest.mark.parametrize(
    ("at", "en"),
    [
        ("2026-11-26 13:30", "in 3 d 4 h"),
        ("2026-11-26 09:30", "in 3 d"),
        ("2026-11-23 20:15", "in 10 h 45 min"),
        ("2026-11-23 11:30", "in 2 h"),
        ("2026-11-23 09:31", "in 1 min"),
        ("2027-02-20 00:00", "in 88 d"),  # from ten days on the hours say nothing
        ("2026-11-21 09:30", "overdue since 2 d"),
        ("2026-11-23 09:30", "overdue since 1 min"),  # the instant itself is over (C16)
    ],
)
def test_remaining_says_how_far_in_two_units(at: str, en: str) -> None:
    ending = datetime.fromisoformat(at).replace(tzinfo=ZONE)

    with translation.override("en"):
        assert ui.remaining(ending, NOW) == en


def test_named_picks_the_reader_s_language() -> None:
    reason = Reason("role", "Not your role.", "与角色不符。", (Source("CPL", "91"),))
    spoken = SimpleNamespace(name=lambda lang: f"named in {lang}")

    with translation.override("zh-hans"):
        assert (ui.named(reason), ui.named(spoken)) == ("与角色不符。", "named in zh-hans")
    with translation.override("en"):
        assert (ui.named(reason), ui.named("plain")) == ("Not your role.", "plain")


def test_cited_shows_the_short_name_and_keeps_the_full_one() -> None:
    with translation.override("zh-hans"):
        shown = ui.cited(Source("CPL", "91"))

    assert shown == ('<abbr class="cited" title="《中华人民共和国刑事诉讼法》第91条">刑诉法第91条</abbr>')
    assert ui.cited("") == ""


def test_cited_reads_an_item_of_an_article_as_the_law_counts_it() -> None:
    with translation.override("zh-hans"):
        shown = ui.cited(Source("RULES", "567(13)"))

    assert "《人民检察院刑事诉讼规则》第567条第13项" in shown


def test_whole_keeps_dates_together_and_escapes_the_rest() -> None:
    shown = ui.whole("<7 days> from 2026-11-20 17:20 to 2026-11-27.")

    assert shown == (
        '&lt;7 days&gt; from <span class="number">2026-11-20 17:20</span> '
        'to <span class="number">2026-11-27</span>.'
    )


@pytest.mark.parametrize(
    ("number", "expected"), [("990102199001011234", "990•••••••••••••34"), ("12345", "•••••"), ("", "")]
)
def test_masked_hides_the_middle_of_an_identity_number(number: str, expected: str) -> None:
    assert ui.masked(number) == expected


@pytest.mark.parametrize("state", sorted(ui.DEADLINE_WORDS))
def test_deadline_badge_has_word_shape_and_class(state: str) -> None:
    with translation.override("en"):
        shown = _shown("{% deadline_badge state %}", state=state)

    word, icon = ui.DEADLINE_WORDS[state]
    assert f'class="due due-{state}"' in shown
    assert f"icons.svg#{icon}" in shown
    with translation.override("en"):
        assert str(word) in shown


@pytest.mark.parametrize(
    ("cookie", "expected"), [("dark", "dark"), ("light", "light"), ("", ""), ('"><script>', "")]
)
def test_theme_takes_only_what_it_knows(rf: RequestFactory, cookie: str, expected: str) -> None:
    request = rf.get("/")
    request.COOKIES["jianjing_theme"] = cookie

    assert _shown("{% theme %}", request=request) == expected


def test_theme_is_the_system_s_without_a_request() -> None:
    assert _shown("{% theme %}") == ""


class _SampleForm(forms.Form):
    officers = forms.CharField(label="Officers", help_text="Two at the least.")
    recorded = forms.ChoiceField(label="Recorded", choices=[("y", "yes")], widget=forms.RadioSelect)
    note = forms.CharField(label="Note", required=False)


def test_field_shows_rule_mark_help_and_error() -> None:
    form = _SampleForm({"officers": ""})

    with translation.override("en"):
        shown = _shown("{% field bound rule='CPL 118' by_law=True %}", bound=form["officers"])

    assert 'for="id_officers"' in shown
    assert "required by law" in shown
    assert '<p class="field-rule">CPL 118</p>' in shown
    assert 'id="id_officers_helptext"' in shown
    assert 'id="id_officers_error"' in shown
    assert 'aria-describedby="id_officers_helptext id_officers_error"' in shown
    assert 'aria-invalid="true"' in shown


def test_field_says_what_may_stay_empty_and_groups_options() -> None:
    form = _SampleForm()

    with translation.override("en"):
        note = _shown("{% field bound %}", bound=form["note"])
        recorded = _shown("{% field bound %}", bound=form["recorded"])

    assert "may stay empty" in note
    assert 'role="group"' in recorded
    assert 'aria-labelledby="id_recorded_label"' in recorded

"""The look as a whole: contrast of the tokens, colours only in tokens, every component in the gallery."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.template.loader import get_template
from django.test import Client

CHECKOUT = Path(__file__).resolve().parents[2]
STYLES = CHECKOUT / "coordination" / "static" / "coordination" / "css"
COMPONENTS = sorted((CHECKOUT / "templates" / "components").glob("_*.html"))

GROUNDS = ("page", "surface")
INKS = (
    "ink", "ink-2", "ink-3", "accent", "procuratorate", "police", "office", "detention-house",
    "soon-ink", "over-ink", "met-ink",
)  # fmt: skip
PAIRS = (
    *((ink, ground) for ink in INKS for ground in GROUNDS),
    ("ink-2", "sunken"), ("ink-3", "sunken"), ("ink", "selected"), ("ink-2", "selected"), ("ink-3", "selected"),
    ("action-ink", "action"), ("action-ink", "action-hover"), ("accent", "accent-tint"), ("accent", "selected"),
    ("soon-ink", "soon-tint"), ("over-fill-ink", "over-fill"), ("over-ink", "over-tint"), ("met-ink", "met-tint"),
)  # fmt: skip
SHAPES = (("line-strong", "surface"), ("line-strong", "page"), ("focus", "page"), ("over-fill", "surface"))


def _blocks() -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """The tokens of light, of dark by the system's wish, and of dark by the person's own."""
    text = (STYLES / "tokens.css").read_text()
    rules = re.findall(r":root(?:[^{]*)\{([^}]*)\}", text)
    light, system, own = (dict(re.findall(r"--([\w-]+):\s*([^;]+);", rule)) for rule in rules[:3])
    return light, system, own


def _luminance(colour: str) -> float:
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_pair_of_ink_and_ground_has_contrast(theme: str) -> None:
    light, dark, _ = _blocks()
    tokens = light if theme == "light" else light | dark

    weak = {
        (ink, ground): round(_contrast(tokens[ink], tokens[ground]), 2)
        for pairs, least in ((PAIRS, 4.5), (SHAPES, 3.0))
        for ink, ground in pairs
        if _contrast(tokens[ink], tokens[ground]) < least
    }

    assert weak == {}


def test_both_copies_of_dark_are_equal() -> None:
    _, system, own = _blocks()

    assert system == own
    assert len(own) > 30


@pytest.mark.parametrize(
    "sheet",
    sorted(set(STYLES.glob("*.css")) - {STYLES / "tokens.css", STYLES / "print.css"}),
    ids=lambda sheet: sheet.name,
)
def test_colours_are_set_in_tokens_only(sheet: Path) -> None:
    raw = re.findall(r"#[0-9a-f]{3,8}\b|\brgb\(", sheet.read_text())

    assert raw == []


@pytest.mark.parametrize("template", COMPONENTS, ids=lambda template: template.name)
def test_every_component_says_what_it_takes(template: Path) -> None:
    first = template.read_text().partition("\n")[0]

    assert re.fullmatch(r"\{# .+ (Takes|Use the tag)\b.+ #\}", first), first
    assert get_template(f"components/{template.name}")


@pytest.mark.parametrize(
    "template", sorted((CHECKOUT / "templates").rglob("*.html")), ids=lambda path: path.name
)
def test_no_template_has_style_or_script_of_its_own(template: Path) -> None:
    inline = re.findall(r"<style|\sstyle=|\son\w+=|<script(?![^>]*src=)", template.read_text())

    assert inline == []


def test_every_icon_that_is_named_is_drawn() -> None:
    drawn = set(re.findall(r'id="([\w-]+)"', (STYLES.parent / "img" / "icons.svg").read_text()))
    named = {
        name
        for template in (CHECKOUT / "templates").rglob("*.html")
        for name in re.findall(r'\{% icon "([\w-]+)" %\}', template.read_text())
    }

    assert named - drawn == set()


@pytest.mark.parametrize(("language", "word"), [("en", "Why this date"), ("zh-hans", "日期由来")])
def test_gallery_shows_every_component_in_both_languages(
    client: Client, settings: LazySettings, language: str, word: str
) -> None:
    settings.DEMO = True

    response = client.get("/gallery/", headers={"accept-language": language})

    assert response.status_code == 200
    page = response.content.decode()
    assert word in page
    assert "'unsafe-inline'" not in response.headers["Content-Security-Policy"]
    used = {origin.name for origin in response.templates if origin.name}
    shown = {f"components/{template.name}" for template in COMPONENTS}
    assert shown - used == {"components/_version.html"}  # the two sides of a conflict stand on 409.html


def test_gallery_is_not_there_outside_of_a_demonstration(client: Client, settings: LazySettings) -> None:
    settings.DEMO = settings.DEBUG = False

    assert client.get("/gallery/").status_code == 404


def test_gallery_is_only_read(client: Client, settings: LazySettings) -> None:
    settings.DEMO = True

    assert client.post("/gallery/").status_code == 405

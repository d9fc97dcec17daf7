"""Sample counts: tiles and the fourteen areas. The titles are those of the catalogue, the numbers invented."""

from __future__ import annotations

from coordination.components import AreaCard, Mechanism, Tile
from coordination.gallery.words import both
from coordination.law.catalogue import catalogue


def tiles(lang: str) -> tuple[Tile, ...]:
    """Return tiles with a small, a large and no number."""
    note = both(lang, "2 of the police, 3 of ours", "公安 2 件，检察 3 件")
    return (
        Tile(both(lang, "overdue", "逾期"), 5, "#overdue", "overdue", note),
        Tile(both(lang, "due in three days", "三日内到期"), 12, "#soon", "due_soon"),
        Tile(both(lang, "in progress", "在办"), 1284, "#open"),
        Tile(both(lang, "asked and not answered", "已要求未答复"), 0, "#asked", "overdue"),
    )


def mechanisms(lang: str) -> tuple[Mechanism, ...]:
    """Return the three mechanisms with their areas."""
    titles = {
        "supervision": ("I", both(lang, "Supervision and restriction", "监督制约机制")),
        "cooperation": ("II", both(lang, "Coordination and cooperation", "协作配合机制")),
        "information": ("III", both(lang, "Information sharing", "信息共享机制")),
    }
    words = (
        ("", both(lang, "open", "在办")),
        ("due_soon", both(lang, "due soon", "将到期")),
        ("overdue", both(lang, "overdue", "逾期")),
    )
    cards: dict[str, list[AreaCard]] = {key: [] for key in titles}
    for area in catalogue().areas.values():
        if area.number is None:
            continue
        counts = tuple(
            Tile(word, (area.number * 7 + 3) % 11 // (place * 2 + 1), "#list", state)
            for place, (state, word) in enumerate(words)
        )
        matters = Tile(both(lang, "open matters", "在办事项"), area.number % 4, "#matters")
        cards[area.mechanism].append(AreaCard(area.number, area.name(lang), "#area", counts, matters))
    return tuple(Mechanism(numeral, title, tuple(cards[key])) for key, (numeral, title) in titles.items())

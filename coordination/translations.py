"""The Chinese catalogue: compiled without gettext's programs, and compared with what the code says.

The catalogue itself is coordination/locale/zh_Hans/LC_MESSAGES/django.po; its terms are those of the glossary.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings

LOCALE = "zh_Hans"
CATALOGUE = Path(LOCALE) / "LC_MESSAGES" / "django.po"
# What holds strings to translate; makemessages is run over a copy of these.
SOURCES = ("coordination", "cases", "supervision", "templates")


def locale_folder() -> Path:
    """Return the folder of all catalogues."""
    return Path(settings.LOCALE_PATHS[0])


def read(po: Path) -> Catalog:
    """Return a catalogue from its .po file."""
    with po.open("rb") as file:
        return read_po(file, locale=LOCALE)


def compile_all() -> list[Path]:
    """Write the .mo beside each .po that is newer, or has none; returns the files written."""
    written = []
    for po in sorted(locale_folder().glob("*/LC_MESSAGES/*.po")):
        mo = po.with_suffix(".mo")
        if mo.exists() and mo.stat().st_mtime_ns >= po.stat().st_mtime_ns:
            continue
        draft = mo.with_suffix(".mo.new")
        with draft.open("wb") as out:
            write_mo(out, read(po))
        draft.replace(mo)
        written.append(mo)
    return written


def untranslated(catalogue: Catalog) -> list[str]:
    """Return the strings without a translation, or with one that only a machine proposed (fuzzy)."""
    return [
        _said(message) for message in catalogue if message.id and (message.fuzzy or not _is_whole(message))
    ]


def missing(catalogue: Catalog, extracted: Iterable[Message]) -> list[str]:
    """Return the strings of the code that the catalogue lacks."""
    return [
        _said(message) for message in extracted if catalogue.get(message.id, context=message.context) is None
    ]


def needless(catalogue: Catalog, extracted: Iterable[Message]) -> list[str]:
    """Return the strings of the catalogue that the code no longer says."""
    wanted = {(_said(message), message.context) for message in extracted}
    return [
        _said(message)
        for message in catalogue
        if message.id and (_said(message), message.context) not in wanted
    ]


def extract() -> Iterator[Message] | None:
    """Return every translatable string of the code and the templates; None where xgettext is not installed.

    Runs makemessages over a copy, so that the catalogue of the checkout stays as it is.
    """
    if shutil.which("xgettext") is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name in SOURCES:
            source = settings.BASE_DIR / name
            if source.exists():
                shutil.copytree(
                    source, root / name, ignore=shutil.ignore_patterns("*.pyc", "static", "locale")
                )
        (root / "locale").mkdir()
        code = (
            "import django, sys\n"
            "from django.conf import settings\n"
            "settings.configure(USE_I18N=True)\n"
            "django.setup()\n"
            "from django.core.management import call_command\n"
            f"call_command('makemessages', locale=['{LOCALE}'], no_wrap=True, verbosity=0)\n"
        )
        subprocess.run([sys.executable, "-c", code], cwd=root, check=True, capture_output=True, text=True)
        found = read(root / "locale" / CATALOGUE)
    return (message for message in found if message.id)


def _said(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _is_whole(message: Message) -> bool:
    said = message.string
    return bool(said) if isinstance(said, str) else all(said or ("",))

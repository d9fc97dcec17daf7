"""`manage.py translations`: compile the catalogue, or check that it is whole."""

from __future__ import annotations

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from coordination import translations


class Command(BaseCommand):
    """Compile the Chinese catalogue; with --check, fail where it is not whole."""

    help = __doc__
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take --check and --merge."""
        parser.add_argument(
            "--check", action="store_true", help="fail where a string is missing, fuzzy or needless"
        )

    def handle(self, *args: object, check: bool, **options: object) -> None:
        """Compile, or check and say everything that is wrong."""
        if not check:
            for file in translations.compile_all():
                self.stdout.write(f"compiled {file.name} of {file.parent.parent.name}")
            return
        po = translations.locale_folder() / translations.CATALOGUE
        faults = self._faults(po) if po.exists() else [f"there is no catalogue at {po}"]
        if faults:
            raise CommandError(f"The Chinese catalogue is not whole ({len(faults)}):\n" + "\n".join(faults))
        self.stdout.write("The Chinese catalogue is whole.")

    def _faults(self, po: Path) -> list[str]:
        catalogue = translations.read(po)
        faults = [f"not translated: {said!r}" for said in translations.untranslated(catalogue)]
        extracted = translations.extract()
        if extracted is None:
            self.stderr.write(
                "xgettext is not installed: strings missing from the catalogue were not looked for."
            )
            return faults
        said = list(extracted)
        faults += [f"missing: {each!r}" for each in translations.missing(catalogue, said)]
        faults += [f"no longer said: {each!r}" for each in translations.needless(catalogue, said)]
        return faults

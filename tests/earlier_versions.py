"""What earlier versions of the program made; tests/fixtures/versions/README.md says what it is."""

from __future__ import annotations

from tests.builders import ROOT

VERSIONS = sorted(folder for folder in (ROOT / "tests" / "fixtures" / "versions").iterdir() if folder.is_dir())
DOSSIERS = [pdf.with_suffix(".json") for version in VERSIONS for pdf in sorted(version.glob("*.pdf"))]

"""What the app runs on, as CycloneDX, for programs that watch such lists: `make sbom`, `python -m tools.sbom FILE`.

Each package with its licence, the hashes of the archives that may be installed and what it needs in turn; fonts too.
The same pins give the same list, but for its date.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from cyclonedx.model import ExternalReference, ExternalReferenceType, HashAlgorithm, HashType, XsUri
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import DisjunctiveLicense, License, LicenseExpression
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL
from packaging.utils import canonicalize_name

from tools.licences import SHIPPED, licensed
from tools.pins import APP, ROOT, Pin, asked_of, needs, pins_of


class NotAsTheSchemaSaysError(Exception):
    """The list is none that another program could read."""


def bom() -> Bom:
    """Only what is installed here is in it: on another machine or Python a few packages differ."""
    pinned = {name: pin for name, pin in pins_of(APP.read_text("utf-8")).items() if pin.applies}
    parts = {name: _package(pin) for name, pin in pinned.items()}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    app = Component(
        name=project["name"],
        version=project["version"],
        type=ComponentType.APPLICATION,
        licenses=[DisjunctiveLicense(id=project["license"])],
        bom_ref="pensebete",
    )
    files = [_file(path, licence) for _, where, licence, _ in SHIPPED for path in sorted(ROOT.glob(where))]
    found = Bom(components=[*parts.values(), *files], serial_number=uuid5(NAMESPACE_URL, APP.read_text("utf-8")))
    found.metadata.component = app
    asked = asked_of((ROOT / "requirements.in").read_text("utf-8"))
    found.register_dependency(app, [*(parts[name] for name in asked), *files])
    for name, pin in pinned.items():
        extras = frozenset(asked[name].extras) if name in asked else frozenset(pin.requirement.extras)
        found.register_dependency(parts[name], [parts[one] for one in needs(name, extras) if one in parts])
    return found


def _package(pin: Pin) -> Component:
    known = licensed(pin)
    archives = ExternalReference(
        type=ExternalReferenceType.DISTRIBUTION,
        url=XsUri(APP.name),
        comment="the archives that may be installed",
        hashes=[_sha256(one) for one in pin.hashes],
    )
    return Component(
        name=pin.name,
        version=pin.version,
        type=ComponentType.LIBRARY,
        licenses=_licences(known.licence) if known else [],
        purl=PackageURL("pypi", name=canonicalize_name(pin.name), version=pin.version),
        external_references=[archives],
        bom_ref=f"{pin.name}=={pin.version}",
    )


def _file(path: Path, licence: str) -> Component:
    place, content = path.relative_to(ROOT).as_posix(), path.read_bytes()
    digest = sha256(content).hexdigest()
    return Component(
        name=place, type=ComponentType.FILE, hashes=[_sha256(digest)], licenses=_licences(licence), bom_ref=place
    )


def _licences(expression: str) -> Iterable[License]:
    return [LicenseExpression(expression) if " " in expression else DisjunctiveLicense(id=expression)]


def _sha256(digest: str) -> HashType:
    return HashType(alg=HashAlgorithm.SHA_256, content=digest)


def as_json(found: Bom) -> str:
    """Raises NotAsTheSchemaSaysError."""
    text = JsonV1Dot6(found).output_as_string(indent=2)
    if (error := JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)) is not None:
        raise NotAsTheSchemaSaysError(str(error))
    return text


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(as_json(bom()) + "\n", "utf-8")

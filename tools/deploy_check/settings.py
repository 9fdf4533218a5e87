"""The files of deploy/ as the programs that read them see them."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.deploy_check.said import DEPLOY, ROOT, SUPPLY, VENV, CannotTellError, FailedError, program, run

# What systemd says of a unit at most: 0 is closed, 10 is open.
MOST_EXPOSED = 1.1
KUBERNETES = "1.34"
_INSTALLED = "/opt/pensebete/current"


@contextmanager
def _units() -> Iterator[list[Path]]:
    """As they are installed, but that the program is here, with one process of the app by its name."""
    with tempfile.TemporaryDirectory() as folder:
        found = []
        for unit in sorted((DEPLOY / "systemd").glob("*.*")):
            if unit.suffix in (".service", ".target", ".timer"):
                here = Path(folder) / unit.name.replace("@.", "@1.")
                here.write_text(unit.read_text("utf-8").replace(_INSTALLED, str(ROOT)), "utf-8")
                found.append(here)
        yield found


def units_are_sound() -> str:
    analyze = program("systemd-analyze")
    with _units() as units:
        run([analyze, "verify", "--recursive-errors=no", *map(str, units)])
    return f"{len(units)} units, by systemd-analyze verify"


def units_are_closed() -> str:
    analyze, said = program("systemd-analyze"), []
    with _units() as units:
        for unit in units:
            if unit.suffix == ".service":
                try:
                    found = run([analyze, "security", "--offline=yes", str(unit)])
                except FailedError as error:
                    if "offline" in str(error):  # older than systemd 250
                        raise CannotTellError("this systemd does not judge files") from None
                    raise
                exposed = re.search(r"Overall exposure level for \S+: ([\d.]+)", found)
                if not exposed or float(exposed[1]) > MOST_EXPOSED:
                    raise FailedError(f"{unit.name} is exposed: {exposed[1] if exposed else found[-200:]}")
                said.append(f"{unit.name} {exposed[1]}")
    return f"exposure, of 10, by systemd-analyze security: {', '.join(said)}"


def compose_is_sound() -> str:
    run(
        [
            program("check-jsonschema", VENV),
            "--builtin-schema",
            "vendor.compose-spec",
            str(DEPLOY / "compose/compose.yaml"),
        ]
    )
    return "compose.yaml, against the schema of the Compose specification"


def kubernetes_is_sound() -> str:
    """Each file by itself, and what kustomize makes of them where it is here."""
    validate = program("kubernetes-validate", SUPPLY)
    files = [
        file
        for folder in ("base", "migrate")
        for file in sorted((DEPLOY / "kubernetes" / folder).glob("*.yaml"))
        if file.name != "kustomization.yaml"
    ]
    call = [validate, "--kubernetes-version", KUBERNETES, "--strict", "--quiet"]
    run([*call, *map(str, files)])
    return f"{len(files)} files, against the schemas of Kubernetes {KUBERNETES}, nothing beside them allowed"


def kustomize_makes_it() -> str:
    try:
        kustomize = [program("kustomize"), "build"]
    except CannotTellError:
        kustomize = [program("kubectl"), "kustomize"]
    validate = program("kubernetes-validate", SUPPLY)
    with tempfile.TemporaryDirectory() as folder:
        for name in ("base", "migrate", "example", "example/migrate"):
            made = Path(folder) / f"{name.replace('/', '-')}.yaml"
            made.write_text(run([*kustomize, str(DEPLOY / "kubernetes" / name)]), "utf-8")
            run([validate, "--kubernetes-version", KUBERNETES, "--strict", "--quiet", str(made)])
    return "base, migrate and the example, built by kustomize and checked again"

"""What is installed for the tests, and for several processes, serves nobody by itself."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.builders import ROOT

APT = """#!/bin/sh
[ "$1" = update ] || { cat "$POLICY"; test -x "$POLICY"; } >>"$ASKED"
"""


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """In the place of those that would change the machine."""
    folder = tmp_path / "programs"
    folder.mkdir()
    for name, text in (("id", "#!/bin/sh\necho 1000\n"), ("apt-get", APT), ("sudo", '#!/bin/sh\nexec "$@"\n')):
        (folder / name).write_text(text)
        (folder / name).chmod(0o755)
    return folder


def install(programs: Path, policy: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [ROOT / "tools" / "apt-install", "nginx"],
        env={"PATH": f"{programs}:/usr/bin:/bin", "POLICY": str(policy), "ASKED": str(policy.with_name("asked"))},
        capture_output=True,
        text=True,
        check=False,
    )


def test_no_service_is_started_while_it_is_installed_and_nothing_says_so_afterwards(programs, tmp_path):
    policy = tmp_path / "policy-rc.d"
    assert install(programs, policy).returncode == 0
    assert (tmp_path / "asked").read_text() == "#!/bin/sh\nexit 101\n"
    assert not policy.exists()


def test_what_the_operator_says_of_services_stays_as_it_is(programs, tmp_path):
    policy = tmp_path / "policy-rc.d"
    policy.write_text("#!/bin/sh\nexit 0\n")
    policy.chmod(0o755)
    install(programs, policy)
    assert policy.read_text() == "#!/bin/sh\nexit 0\n"


@pytest.mark.skipif(shutil.which("sudo", path="/usr/bin:/bin") is not None, reason="there is a sudo here")
def test_without_the_right_to_install_it_is_said_in_both_languages_what_is_missing(programs, tmp_path):
    (programs / "sudo").unlink()
    done = install(programs, tmp_path / "policy-rc.d")
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "Installez nginx, puis recommencez\u00a0: il faut root, et il n’y a pas de sudo.",
        "Please install nginx, then try again: it takes root, and there is no sudo.",
    ]

"""The files of deploy/ say what the program does: its settings, its addresses, its names.

The programs that read them try them in `make deploy-check`.
"""

from __future__ import annotations

import fnmatch
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from pensebete.web.server.drain import DRAINED_WITHIN
from pensebete.web.server.health import HEALTH, READY
from pensebete.web.server.this_process import PROCESS, PROCESS_COOKIE
from tests.builders import ROOT
from tools.processes.__main__ import AS_STREAMLIT_DOES

DEPLOY = ROOT / "deploy"
FILES = {file: file.read_text("utf-8") for file in sorted(DEPLOY.rglob("*")) if file.is_file()}
GUIDE = (ROOT / "docs" / "operations.md").read_text("utf-8")
CODE = "\n".join(
    file.read_text("utf-8") for folder in ("pensebete", "tools/processes") for file in (ROOT / folder).rglob("*.py")
)
CONTAINERFILE = FILES[DEPLOY / "container" / "Containerfile"]
SERVICE = FILES[DEPLOY / "systemd" / "pensebete@.service"]
COMPOSE = yaml.safe_load(FILES[DEPLOY / "compose" / "compose.yaml"])
SETTING = re.compile(r"\b(?:PENSEBETE|STREAMLIT_SERVER)_[A-Z_]*[A-Z]\b")
# Read by compose.yaml itself; and by the start of a container, for what comes as a file.
OF_COMPOSE = {"PENSEBETE_BASE", "PENSEBETE_IMAGE", "PENSEBETE_HOST", "PENSEBETE_BACKUPS"}
ACCOUNT = "10001"


def kubernetes() -> Iterator[dict[str, Any]]:
    for file, said in FILES.items():
        if file.suffix == ".yaml" and "kubernetes" in file.parts and "kustomization" not in file.name:
            yield from (one for one in yaml.safe_load_all(said) if "kind" in one)


def of_kind(kind: str) -> dict[str, Any]:
    [found] = [one for one in kubernetes() if one["kind"] == kind]
    return found


POD = of_kind("Deployment")["spec"]["template"]["spec"]
APP = POD["containers"][0]


def test_each_setting_in_deploy_is_one_that_the_program_reads_and_the_guide_explains():
    for file, said in FILES.items():
        for name in set(SETTING.findall(said)) - OF_COMPOSE:
            name = name.removesuffix("_FILE")
            assert name in CODE or name.startswith("STREAMLIT_SERVER_"), f"{file.name}: {name}"
            assert f"`{name}`" in GUIDE, f"{file.name}: {name} is not in docs/operations.md"


def test_each_setting_of_the_program_is_explained_in_the_guide():
    assert {
        name for name in SETTING.findall(CODE) if f"`{name}`" not in GUIDE and name.startswith("PENSEBETE")
    } == set()


def test_each_setting_of_compose_is_explained_in_the_guide():
    assert {name for name in OF_COMPOSE - {"PENSEBETE_BACKUPS"} if f"`{name}" not in GUIDE} == set()


def test_each_command_of_the_guide_that_names_a_file_of_deploy_names_one_that_is_there():
    named = set(re.findall(r"deploy/[a-z-]+/[\w@.-]+[\w]", GUIDE))
    assert len(named) > 5
    assert {name for name in named if not (ROOT / name).exists() and "à-vous" not in name} == set()


def test_the_ports_are_the_same_everywhere():
    assert "EXPOSE 8501 9501" in CONTAINERFILE
    assert '"--port", "8501"' in CONTAINERFILE
    assert {port["name"]: port["containerPort"] for port in APP["ports"]} == {"http": 8501, "metrics": 9501}
    assert "--port 850%i" in SERVICE
    assert "PENSEBETE_METRICS_PORT=127.0.0.1:950%i" in SERVICE
    caddyfile = FILES[DEPLOY / "compose" / "Caddyfile"]
    for name, service in COMPOSE["services"].items():
        if name.startswith("app-"):
            assert f"{name}:8501" in caddyfile
            number = service["environment"][PROCESS]
            assert f"{PROCESS_COOKIE}={number}(;|$)" in caddyfile
            assert service["environment"]["PENSEBETE_METRICS_PORT"].endswith(":9501")


def test_the_health_of_a_process_is_asked_at_its_addresses():
    assert APP["livenessProbe"]["httpGet"]["path"] == APP["startupProbe"]["httpGet"]["path"] == HEALTH
    assert APP["readinessProbe"]["httpGet"]["path"] == f"{READY}?exclude=database"
    assert f":8501{HEALTH}'" in CONTAINERFILE
    assert f"{READY}?exclude=database" in FILES[DEPLOY / "systemd" / "wait-until-ready"]
    assert f"{READY}?exclude=database" in FILES[DEPLOY / "compose" / "Caddyfile"]
    assert f"{READY}?exclude=database" in COMPOSE["services"]["app-1"]["healthcheck"]["test"][-1]


def test_each_process_has_its_name_and_time_to_let_go_of_its_visits():
    least = 2 * DRAINED_WITHIN
    assert f"{PROCESS}=%i" in SERVICE
    assert int(re.search(r"TimeoutStopSec=(\d+)", SERVICE)[1]) >= least
    names = [one["environment"][PROCESS] for name, one in COMPOSE["services"].items() if name.startswith("app-")]
    assert len(set(names)) == len(names) >= 2
    assert all(
        int(one["stop_grace_period"].removesuffix("s")) >= least
        for name, one in COMPOSE["services"].items()
        if name.startswith("app-")
    )
    [named] = [one for one in APP["env"] if one["name"] == PROCESS]
    assert named["valueFrom"]["fieldRef"]["fieldPath"] == "metadata.name"
    assert POD["terminationGracePeriodSeconds"] >= least + APP["lifecycle"]["preStop"]["sleep"]["seconds"]


def test_uvicorn_is_told_the_same_everywhere():
    for option in AS_STREAMLIT_DOES:
        assert option in CONTAINERFILE
        assert option in SERVICE


def test_the_account_is_the_same_everywhere_and_none_with_rights():
    assert f"USER {ACCOUNT}:{ACCOUNT}" in CONTAINERFILE
    for one in COMPOSE["services"]["app-1"], COMPOSE["services"]["migrate"], COMPOSE["services"]["command"]:
        assert one["user"] == f"{ACCOUNT}:{ACCOUNT}"
        assert one["read_only"] is True
        assert one["cap_drop"] == ["ALL"]
    jobs = [of_kind("Job"), of_kind("CronJob")["spec"]["jobTemplate"]]
    for pod in POD, *(job["spec"]["template"]["spec"] for job in jobs):
        assert str(pod["securityContext"]["runAsUser"]) == ACCOUNT
        for container in pod["containers"]:
            assert container["securityContext"] == {
                "allowPrivilegeEscalation": False,
                "readOnlyRootFilesystem": True,
                "capabilities": {"drop": ["ALL"]},
            }


def test_the_python_of_the_base_is_one_that_the_program_runs_on():
    assert "debian:bookworm" in CONTAINERFILE  # 3.11
    assert "bookworm" in FILES[DEPLOY / "container" / "base"]
    assert COMPOSE["services"]["app-1"]["build"]["args"]["BASE"].endswith("debian:bookworm-slim}")
    assert 'requires-python = ">=3.11"' in (ROOT / "pyproject.toml").read_text("utf-8")


def test_what_the_container_is_built_from_is_there_and_not_left_out():
    left_in = [line[1:] for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line.startswith("!")]
    copied = [part for line in re.findall(r"^COPY (.+)$", CONTAINERFILE, re.M) for part in line.split()[:-1]]
    assert len(copied) > 7
    for part in copied:
        assert (ROOT / part).exists(), part
        assert any(fnmatch.fnmatch(part, one) for one in left_in), part
    # Nor does anything of this machine come along.
    assert not {"data", ".venv", ".git", "*"} & set(left_in)


def test_the_autoscaler_asks_for_a_metric_that_the_program_has():
    [metric] = of_kind("HorizontalPodAutoscaler")["spec"]["metrics"]
    name = metric["pods"]["metric"]["name"]
    assert f'"{name}"' in CODE
    assert f"as: {name}" in FILES[DEPLOY / "kubernetes" / "prometheus-adapter.yaml"]


def test_each_metric_of_the_guide_is_one_that_the_program_has():
    named = set(re.findall(r"`(pensebete_[a-z_]+)", GUIDE))
    assert len(named) >= 4
    assert {name for name in named if f'"{name.removesuffix("_total")}"' not in CODE} == set()


def test_each_unit_is_closed_as_the_others_are():
    def closed(said: str) -> set[str]:
        part = said.partition("StateDirectory=")[2].partition("[Install]")[0]
        return {line for line in part.splitlines() if "=" in line and not line.startswith(("#", "ReadWritePaths"))}

    for file, said in FILES.items():
        if file.suffix == ".service":
            assert closed(said) == closed(SERVICE), file.name
            assert "NoNewPrivileges=yes" in closed(said)


def test_the_proxy_of_compose_is_the_example_of_caddy_at_other_addresses():
    example = (ROOT / "docs" / "serving" / "Caddyfile").read_text("utf-8").partition("\n{\n")[2]
    for here, there in ("127.0.0.1:8501", "app-1:8501"), ("127.0.0.1:8502", "app-2:8501"):
        assert here in example
        example = example.replace(here, there)
    assert FILES[DEPLOY / "compose" / "Caddyfile"].partition("\n{\n")[2] == example.replace(
        "\npense-bete.example {", "\n{$PENSEBETE_HOST} {"
    )


def test_the_example_of_nginx_has_the_first_processes_of_systemd():
    example = (ROOT / "docs" / "serving" / "nginx.conf").read_text("utf-8")
    for number in "12":
        assert f"server 127.0.0.1:850{number}" in example
        assert re.search(rf"^ +{number} +pense_bete_{number};", example, re.M)


@pytest.mark.parametrize("program", ["deploy/container/start", "deploy/container/base", "deploy/systemd/pensebete"])
def test_each_script_is_one_that_runs(program):
    assert os.access(ROOT / program, os.X_OK)
    subprocess.run(["sh", "-n", str(ROOT / program)], check=True)


def test_a_container_reads_its_secrets_from_files(tmp_path: Path):
    secret = tmp_path / "database_url"
    secret.write_text("postgresql://u:p%20w'd@h/d\n", "utf-8")
    environment = {
        "PATH": os.environ["PATH"],
        "PENSEBETE_DATABASE_URL_FILE": str(secret),
        "PENSEBETE_STAFF_KEY": "kept",
    }
    call = [str(DEPLOY / "container" / "start"), "env"]
    said = subprocess.run(call, env=environment, capture_output=True, text=True, check=True).stdout.splitlines()
    assert "PENSEBETE_DATABASE_URL=postgresql://u:p%20w'd@h/d" in said
    assert "PENSEBETE_STAFF_KEY=kept" in said
    assert not [line for line in said if "_FILE" in line]
    environment["PENSEBETE_STAFF_KEY_FILE"] = str(tmp_path / "none")
    done = subprocess.run(call, env=environment, capture_output=True, text=True)
    assert done.returncode
    assert not done.stdout

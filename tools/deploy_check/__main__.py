"""One line a check: `holds`, `FAILS`, or `not tried` and why; exit 1 where one fails."""

from __future__ import annotations

import sys

from tools.deploy_check import container, proxy, settings, system_calls
from tools.deploy_check.said import CannotTellError, FailedError

CHECKS = {
    "systemd: units": settings.units_are_sound,
    "systemd: hardening": settings.units_are_closed,
    "systemd: system calls": system_calls.are_allowed,
    "compose: file": settings.compose_is_sound,
    "compose: proxy": proxy.caddy_keeps_visits,
    "kubernetes: files": settings.kubernetes_is_sound,
    "kubernetes: kustomize": settings.kustomize_makes_it,
    "container: built": container.is_built,
    "container: run": container.is_run_by_buildah,
    "container: read-only": container.is_run_read_only,
}
# What no check here can show.
NEVER_TRIED = (
    "a unit started by systemd, compose by its engine, a pod in a cluster, an autoscaler with its adapter: "
    "docs/operations.md says how to look at each the first time"
)


def main() -> int:
    failed = 0
    for name, check in CHECKS.items():
        try:
            print(f"holds      {name}: {check()}", flush=True)
        except CannotTellError as reason:
            print(f"not tried  {name}: {reason}", flush=True)
        except FailedError as error:
            failed += 1
            print(f"FAILS      {name}: {error}", flush=True)
    container.forget()
    print(f"not tried  {NEVER_TRIED}")
    return min(failed, 1)


if __name__ == "__main__":
    sys.exit(main())

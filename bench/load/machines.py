"""Machines of their own on this one, each a network namespace, and the networks between them, which can be cut.

The app's machines reach nginx over one network, the databases over another, and these each other over a third: a cut is
a port of a switch that goes down, and what was on its way is gone without a word. It takes root and Linux.
"""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

NETWORKS = ("front", "back", "log")  # to nginx; to the databases; between these
_FIRST_HOST = 10
# What is set aside for tests of networks (RFC 2544): four of its networks for each run.
_RUNS = 60


class RefusedError(Exception):
    """This system gives no machines, with what it said."""


class Machines:
    def __init__(self, names: Sequence[str]) -> None:
        self._names = tuple(names)
        self._mark = f"pb{secrets.token_hex(2)}"  # names of interfaces are short
        self._third = 4 * secrets.randbelow(_RUNS)

    def make(self) -> None:
        for network in NETWORKS:
            _ip("link", "add", self._switch(network), "type", "bridge")
            _ip("address", "add", f"{self.address('', network)}/24", "dev", self._switch(network))
            _ip("link", "set", self._switch(network), "up")
        for machine in self._names:
            _ip("netns", "add", self._space(machine))
            _ip("-n", self._space(machine), "link", "set", "lo", "up")
            for network in NETWORKS:
                port = self._port(machine, network)
                _ip("link", "add", port, "type", "veth", "peer", "name", network, "netns", self._space(machine))
                _ip("link", "set", port, "master", self._switch(network), "up")
                address = f"{self.address(machine, network)}/24"
                _ip("-n", self._space(machine), "address", "add", address, "dev", network)
                _ip("-n", self._space(machine), "link", "set", network, "up")

    def remove(self) -> None:
        for machine in self._names:
            for network in NETWORKS:  # a namespace that a process still holds would keep them
                with suppress(RefusedError):
                    _ip("link", "delete", self._port(machine, network))
            with suppress(RefusedError):
                _ip("netns", "delete", self._space(machine))
        for network in NETWORKS:
            with suppress(RefusedError):
                _ip("link", "delete", self._switch(network))

    def address(self, machine: str, network: str) -> str:
        """Of "": this machine itself, which is on each network."""
        host = _FIRST_HOST + self._names.index(machine) if machine else 1
        return f"198.18.{self._third + NETWORKS.index(network)}.{host}"

    def within(self, machine: str) -> tuple[str, ...]:
        """What a command begins with to run there."""
        return ("ip", "netns", "exec", self._space(machine))

    def cut(self, machine: str, network: str) -> None:
        _ip("link", "set", self._port(machine, network), "down")

    def mend(self, machine: str, network: str) -> None:
        _ip("link", "set", self._port(machine, network), "up")

    def _space(self, machine: str) -> str:
        return f"{self._mark}-{machine}"

    def _switch(self, network: str) -> str:
        return f"{self._mark}{network[0]}"

    def _port(self, machine: str, network: str) -> str:
        return f"{self._mark}{network[0]}{machine}"


@contextmanager
def machines(*names: str) -> Iterator[Machines]:
    """Raises RefusedError."""
    made = Machines(names)
    try:
        made.make()
        yield made
    finally:
        made.remove()


def why_not() -> str:
    """Why there can be no such machines here; "" where there can."""
    if os.geteuid() != 0:
        return "network namespaces take root"
    if shutil.which("ip") is None:
        return "there is no program `ip` (Debian's package iproute2)"
    try:
        with machines("try"):
            return ""
    except RefusedError as error:
        return str(error)


def _ip(*words: str) -> None:
    done = subprocess.run(["ip", *words], capture_output=True, text=True)
    if done.returncode:
        raise RefusedError(f"ip {' '.join(words)}: {done.stderr.strip()}")

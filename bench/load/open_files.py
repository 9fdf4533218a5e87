"""The limit of open files: each simulated user holds a socket on both sides."""

import resource

_WANTED = 20_000


def allow_many_sockets() -> None:
    """Raise the limit of this process and of those it starts."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _WANTED if hard == resource.RLIM_INFINITY else min(_WANTED, hard)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))

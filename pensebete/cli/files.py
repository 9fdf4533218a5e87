"""A file written whole or not at all; and why one could not be opened or written, in words."""

from __future__ import annotations

from errno import errorcode
from os import getpid
from pathlib import Path

from pensebete.text.wording import Wording

# What the system says -> cli.reason.…; anything else is named by its code.
_REASONS = (
    "ENOENT",
    "EACCES",
    "EPERM",
    "EEXIST",
    "EISDIR",
    "ENOTDIR",
    "ENOSPC",
    "EDQUOT",
    "EROFS",
    "ENAMETOOLONG",
    "EIO",
)


def write_whole(file: Path, content: bytes) -> None:
    """A device, a pipe or a link, such as /dev/stdout, takes it as it comes."""
    if file.is_symlink() or (file.exists() and not file.is_file()):
        file.write_bytes(content)
        return
    beside = file.with_name(f".pensebete-{getpid()}.new")
    try:
        with beside.open("xb") as opened:
            if file.exists():
                beside.chmod(file.stat().st_mode)
            opened.write(content)
        beside.replace(file)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def reason(error: OSError, say: Wording) -> str:
    code = errorcode.get(error.errno or 0, str(error.errno))
    return say(f"cli.reason.{code}") if code in _REASONS else code

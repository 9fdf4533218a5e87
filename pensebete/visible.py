"""Lines for a terminal or a log, whatever the text in them comes from."""


def visible(line: str) -> str:
    """A line in which what comes from a file can neither begin another line nor command the terminal."""
    return "".join(c if c.isprintable() or c == "\u00a0" else c.encode("unicode_escape").decode() for c in line)

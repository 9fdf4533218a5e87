"""The program's own Python, parsed once for the many tests that look through it."""

from __future__ import annotations

import ast
from functools import cache


@cache
def nodes(source: str) -> tuple[ast.AST, ...]:
    """Every node of a Python text, as ast.walk finds them: the text itself first."""
    return tuple(ast.walk(ast.parse(source)))

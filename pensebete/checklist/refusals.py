"""How a value of the checklist is refused where pydantic would say why in English: by a name of ours.

The name is a key of diagnostics.codes.EXPECTED; validation/schema_errors.py reads it from the error. What pydantic's
own types of error say well enough (`missing`, `string_too_short`, `date_parsing`) is left to them.
"""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError, ValidatorFunctionWrapHandler, WrapValidator
from pydantic_core import PydanticCustomError

REFUSED = "refused"  # the type of these errors; their context is `expected` and the parts that say it


def refused_as(expected: str, *instead_of: str, **parts: str) -> WrapValidator:
    """Put in the place of errors of those types of pydantic's, or of any, one that names what was expected.

    The pattern or bounds stay a constraint beside it: they are in the JSON Schema, and tried outside Python.
    """

    def fitting(value: Any, fits: ValidatorFunctionWrapHandler) -> Any:
        try:
            return fits(value)
        except ValidationError as error:
            if instead_of and error.errors(include_url=False)[0]["type"] not in instead_of:
                raise
            raise PydanticCustomError(REFUSED, "expected: {expected}", {"expected": expected, **parts}) from None

    return WrapValidator(fitting)

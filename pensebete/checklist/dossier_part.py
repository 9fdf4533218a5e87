"""What the parts of a dossier file have in common: another version of the program may have written them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

from pydantic import AfterValidator, BaseModel, ConfigDict, Field


def _in_order(value: Any) -> Any:
    """A copy of a JSON value, its names sorted: equal values give equal bytes. ValueError for NaN, which is no JSON."""
    return json.loads(json.dumps(value, sort_keys=True, allow_nan=False))


class DossierPart(BaseModel):
    """Frozen, and strict about the fields it has; those it does not know are kept, and count for nothing.

    They are written back after the others, by name, so that equal dossiers are equal files.
    """

    model_config = ConfigDict(frozen=True, extra="allow")
    __pydantic_extra__: dict[str, Annotated[Any, AfterValidator(_in_order)]] = Field(init=False)

    @property
    def unknown_fields(self) -> dict[str, Any]:
        return self.__pydantic_extra__

    def model_post_init(self, _context: Any, /) -> None:
        fields = self.__pydantic_extra__
        for name in sorted(fields) if len(fields) > 1 else ():
            fields[name] = fields.pop(name)

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> NoReturn:
            """Pydantic offers such fields as attributes: a file could answer to any name that is looked for here."""
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")

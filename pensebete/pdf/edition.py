"""Which PDF is asked for: for whom, on which paper, with what in it. The pages themselves are made in editions/."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

EditionName = Literal["full", "board", "lender", "blank"]
PaperName = Literal["letter", "a4"]
EDITION_NAMES: tuple[EditionName, ...] = get_args(EditionName)
PAPER_NAMES: tuple[PaperName, ...] = get_args(PaperName)


@dataclass(frozen=True, slots=True)
class Edition:
    """`notes` stands for all that explains in free text: notes, reasons, comments. Only the full edition has any.

    `contact` stands for whom to call and how soon, the payroll and the money; None: in the full edition and no other.
    """

    name: EditionName = "full"
    paper: PaperName = "letter"
    notes: bool = True
    not_applicable: bool = True
    contact: bool | None = None

    @property
    def tells_contact(self) -> bool:
        return self.name == "full" if self.contact is None else self.contact

    @property
    def complete(self) -> bool:
        """Whether nothing is left out; only then the file carries the dossier, which would hold what is left out."""
        return self.name == "full" and self.notes and self.not_applicable and self.tells_contact

    @property
    def file_kind(self) -> Literal["plan", "board", "lender", "blank"]:
        """What its file is called (export/file_name.py)."""
        return "plan" if self.name == "full" else self.name


COMPLETE = Edition()

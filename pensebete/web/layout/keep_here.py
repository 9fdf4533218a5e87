"""« Garder sur ce téléphone »: the offer to keep an unsaved dossier in this browser beyond its tab, and its undoing."""

from __future__ import annotations


def keep_here() -> None:
    """Where one may ask for it: whether this dossier is kept in this browser, since when, and how to undo it.

    It draws nothing where there is nothing to keep: nothing said, a dossier that is saved, a trial.
    """

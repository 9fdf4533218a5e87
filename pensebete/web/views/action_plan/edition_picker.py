"""The other PDFs, folded: whom each is for, on which paper, and what a full plan leaves out."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from pensebete.evaluation.evaluation import Evaluation
from pensebete.export.size_estimate import about_size, about_size_words
from pensebete.pdf.edition import PAPER_NAMES, Edition, EditionName
from pensebete.text.markdown_escape import plain
from pensebete.web import session

# In the order they are offered. The complete plan has a button of its own, above.
_OFFERED: tuple[EditionName, ...] = ("board", "lender", "blank", "full")
_SIZES: Mapping[EditionName, str] = {"full": "pdf", "board": "pdf_board", "lender": "pdf_lender", "blank": "pdf_blank"}


def edition_choice(evaluation: Evaluation, of_file: str) -> Edition | None:
    """Choose an edition, in the language `of_file`; the one chosen, in the run that its button asks for it."""
    say, language = session.say(), session.language()
    name = st.radio(
        say("edition.which"),
        _OFFERED,
        format_func=lambda name: say(f"edition.name.{name}"),
        key=session.key("edition_name"),
    )
    read = say.listing(domain.title[language] for domain in evaluation.checklist.for_lenders)
    about = st.empty()
    paper = st.radio(
        say("edition.paper"),
        PAPER_NAMES,
        format_func=lambda paper: say(f"edition.paper.{paper}"),
        horizontal=True,
        key=session.key("edition_paper"),
    )
    notes = not_applicable = True
    if name == "full":
        notes = st.toggle(say("edition.notes"), True, key=session.key("edition_notes"))
        not_applicable = st.toggle(say("edition.not_applicable"), True, key=session.key("edition_not_applicable"))
    contact = None
    if name != "blank" and evaluation.assessment.contact.reaches:
        # Each edition has a choice of its own: what is told to a board is not told to a lender unasked.
        contact = st.toggle(say("edition.contact"), name == "full", key=session.key(f"edition_contact_{name}"))
    edition = Edition(name, paper, notes, not_applicable, contact)
    said = [say(f"edition.for.{name}", domains=read)]
    if name != "blank":
        with_notes = name == "full" and notes
        kept = "carries" if edition.complete else "carries_no_dossier" if with_notes else "carries_nothing"
        said.append(say(f"edition.{kept}"))
    about.caption(plain(" ".join(said)))
    carried = session.review() if edition.complete else None
    size = about_size_words(about_size(_size(edition), evaluation, of_file, carried), say)
    label = say("export.with_size", what=say(f"edition.download.{name}"), size=size)
    return edition if st.button(label, key=session.key("edition")) else None


def _size(edition: Edition) -> str:
    return _SIZES[edition.name] if edition.notes else "pdf_without_notes"

"""Notes that say otherwise than « Fait »: what trips the words, and what must not."""

from __future__ import annotations

import time

import pytest

from pensebete.desk.doubt import MOST_QUOTED, clause_in_doubt, doubt_words
from pensebete.text.folded import folded
from tests.builders import mended, sound
from tests.yardstick import slowness

NB = "\u00a0"
DOUBTED = {
    "Pas encore de résolution, on en a parlé au téléphone.": "Pas encore de résolution",
    "pas encore fait, la comptable revient en janvier": "pas encore fait",
    "À faire. Appeler la caisse.": "À faire",
    "A FAIRE": "A FAIRE",
    "Lettre prête; reste à la signer": "reste à la signer",
    "Il n’est pas encore signé": "Il n’est pas encore signé",
    "Oui. Tout est à faire": "Tout est à faire",
    "En cours, avec la caisse": "En cours",
    f"La liste est incomplète{NB}: il manque deux prêteurs": "La liste est incomplète",
    "La liste n’est pas encore faite": "La liste n’est pas encore faite",
    "La facture no 12 reste à payer": "La facture no 12 reste à payer",
    "Je ne sais pas où est la police": "Je ne sais pas où est la police",
    "Honnêtement, rien de fait encore": "rien de fait encore",
    "Not yet, the board meets in December": "Not yet",
    "To do": "To do",
    "Still need to call the lender": "Still need to call the lender",
    "We don't know": "We don't know",
    "In progress": "In progress",
}
FINE = (
    "",
    "   ",
    "N/A",
    "n/a.",
    "S. O.",
    "Rien n’est à faire",
    "Rien n'est à faire avant 2028.",
    "Il n’y a plus rien à faire",
    "Plus rien à faire.",
    "Aucune démarche à faire",
    "Liste des choses à faire affichée dans la cuisine",
    "L’équipe sait quoi faire",
    "Entente en cours de validité",
    "L’assurance n’est pas échue",
    "L’entente n’est pas encore échue",
    "Pas encore eu besoin de le faire",
    "Ce n’est plus à faire",
    "The to do list is posted",
    "Fait le 17 novembre; la preuve est dans le classeur « Crise » du serveur",
    "Résolution du 12 novembre : on maintient l’atelier. Prochaine rencontre le 2 décembre.",
    "RISQ : moratoire accordé. Caisse : réponse le 1er décembre.",
    "Called the farm lender. Waiting for their answer, due Nov 30.",
    "Nothing is left to do",
    "Nothing to do",
    "Everyone knows what to do if we close",
    "Subvention versée d’avance.",
    "Oui! mais vérifié en juin",
    "Satisfait. Défaire le contrat : fait.",
)


@pytest.mark.parametrize(("note", "clause"), DOUBTED.items())
def test_a_note_that_says_it_is_not_done_is_found_and_its_clause_quoted(checklist, note, clause):
    assert clause_in_doubt(note, doubt_words(checklist)) == clause


@pytest.mark.parametrize("note", FINE)
def test_a_note_that_says_nothing_of_the_kind_raises_no_doubt(checklist, note):
    assert clause_in_doubt(note, doubt_words(checklist)) is None


def test_a_checklist_may_have_words_of_its_own_and_keeps_those_of_the_languages_it_says_nothing_of():
    own = sound(mended(("languages: [fr, en]", "languages: [fr, en]\ndoubt_words: {fr: [au brouillon]}")))
    words = doubt_words(own)
    assert clause_in_doubt("Lettre au brouillon", words) == "Lettre au brouillon"
    assert clause_in_doubt("Pas encore signée", words) is None
    assert clause_in_doubt("Not yet", words) == "Not yet"


def test_a_checklist_without_such_words_is_as_sound_as_before(minimal):
    assert minimal.doubt_words == {}
    assert clause_in_doubt("pas encore", doubt_words(minimal)) == "pas encore"


def test_what_is_quoted_is_one_line_and_short(checklist):
    found = clause_in_doubt("pas encore " + "long\t " * 400, doubt_words(checklist))
    assert found is not None
    assert len(found) == MOST_QUOTED
    assert found.endswith("…")
    assert "\t" not in found


def test_words_are_compared_without_accents_capitals_or_kinds_of_apostrophe():
    assert folded("À  FAIRE") == folded("a faire") == ("a", "faire")
    assert folded("n’est") == folded("n'est")


@pytest.mark.parametrize("note", ["pas " * 400_000, "'" * 1_500_000, "(" * 1_500_000, " - " * 500_000, "é" * 1_500_000])
def test_a_note_made_to_be_slow_is_read_at_once(checklist, note):
    words = doubt_words(checklist)
    began = time.process_time()
    clause_in_doubt(note, words)
    assert time.process_time() - began < 1 * slowness()

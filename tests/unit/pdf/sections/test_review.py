"""« Avis »: what advisors remarked, as a manager reads it on paper."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import cycle
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pensebete.assessment import dossier_file
from pensebete.assessment.edits import with_answer
from pensebete.assessment.review.digest import digest_of
from pensebete.assessment.review.model import About, Author
from pensebete.evaluation.readiness_text import score_words
from pensebete.pdf.build import action_plan_pdf
from pensebete.pdf.edition import Edition
from pensebete.pdf.fonts.fpdf_fonts import Face
from pensebete.pdf.layout.style import LEFT, PAPERS
from pensebete.text.wording import LANGUAGES, wording
from tests.builders import MONDAY, ROOT, assess, evaluate, every
from tests.cases_tried import few
from tests.dossiers import full, own_action, with_domains
from tests.pdf_reading import bookmarks, has, pages, squashed
from tests.unit.assessment.review.reviews import DOSSIER, MARIE, PAUL, THEN, event, remark, review
from tests.unit.pdf.conformance import faults
from tests.unit.pdf.spoken import spoken
from tests.unit.pdf.test_nothing_typed_is_lost import _texts as pasted
from tests.unit.pdf.test_nothing_typed_is_lost import heard

CASES = sorted((ROOT / "tests/fixtures/cases").glob("*.json"))
OTHER = About(item="old-item", action="old-action")


@pytest.fixture(scope="module")
def evaluation(checklist):
    own = (own_action(5, "Appeler la caisse", owner="Ginette", due=date(2026, 4, 2)),)
    answers = every(checklist, "done", cash_forecast="to_do")
    return evaluate(checklist, assess(answers, id=DOSSIER, profile={"staff": "10-49"}, own_actions=own))


def of(evaluation, *remarks, language="fr", **details) -> bytes:
    return action_plan_pdf(evaluation, language, Edition(**details), review(*remarks))


def said_in(evaluation, *remarks, language="fr") -> str:
    """The text of the second page."""
    return squashed(pages(of(evaluation, *remarks, language=language))[1])


def in_order(text: str, *words: str) -> bool:
    at = 0
    for word in map(squashed, words):
        at = text.find(word, at)
        if at < 0:
            return False
        at += len(word)
    return True


def test_the_page_after_the_first_is_that_of_the_remarks_and_the_plan_begins_on_the_next(evaluation):
    pdf = of(evaluation, remark(1, text="Quelle résolution?"))
    found = [(title, page) for level, title, page in bookmarks(pdf) if level == 0]
    assert found[:3] == [("En bref", 1), ("Avis", 2), ("Plan d’action", 3)]
    assert squashed(pages(pdf)[1]).count(squashed("Quelle résolution?")) == 1


def test_each_line_is_said_with_the_managers_answer_the_remarks_and_what_became_of_them(evaluation, checklist):
    item = checklist.items["board-position"]
    text = said_in(
        evaluation,
        remark(3, item="cash-forecast", kind="advice", text="Allez jusqu’en juin."),
        remark(1, text="Quelle résolution?", events=(event(9, "reply", text="Celle du 12"),)),
        remark(2, kind="status", proposed="in_progress", text="Elle manque.", author=PAUL),
        remark(4, about=About(question="staff"), item=None, text="À temps partiel aussi?"),
        remark(5, about=About(action=str(UUID(int=5))), text="Laquelle?"),
    )
    assert in_order(
        text,
        "Combien de personnes",
        "Votre réponse : De 10 à 49 personnes",
        "À préciser : À temps partiel aussi?",
        f"{item.ref} · {item.title['fr']}",
        "Votre réponse : Fait",
        "Réponse donnée",
        "À préciser : Quelle résolution?",
        "Marie Roy, Pôle de Québec, 20 mars 2026",
        "Réponse (direction, Coop du Fleuve, 21 mars 2026) : Celle du 12",
        "Ouverte",
        "Autre réponse proposée : En cours. Elle manque.",
        "Paul Côté, Pôle de Québec, 20 mars 2026",
        checklist.items["cash-forecast"].title["fr"],
        "Votre réponse : À faire",
        "Conseil : Allez jusqu’en juin.",
        "Appeler la caisse",
        "Au plan : À commencer · Ginette · 2026-04-02",
        "À préciser : Laquelle?",
    )


@pytest.mark.parametrize(
    ("language", "events", "said"),
    [
        ("fr", (), "Ouverte"),
        ("fr", (event(9, "upheld"),), "Réponse donnée"),
        ("fr", (event(9, "closed", MARIE),), "Réglée"),
        ("fr", (event(9, "withdrawn", MARIE),), "Retirée"),
        ("en", (), "Open"),
        ("en", (event(9, "reply"),), "Answered"),
        ("en", (event(9, "closed", MARIE),), "Settled"),
        ("en", (event(9, "withdrawn", MARIE),), "Withdrawn"),
    ],
)
def test_a_remark_says_where_it_stands(evaluation, language, events, said):
    pdf = of(evaluation, remark(1, text="?", events=events), language=language)
    assert said in [words.strip() for words in spoken(pdf)]


def test_a_line_that_changed_since_says_so(evaluation):
    before = digest_of(assess({"board-position": "unknown"}), About(item="board-position"))
    said = with_answer(evaluation.assessment, "board-position", THEN + timedelta(days=2), status="to_do")
    evaluation = evaluate(evaluation.checklist, said)
    assert has(said_in(evaluation, remark(1, text="?", seen=before)), "La réponse a changé depuis cette remarque.")


def test_who_saw_it_and_when_is_told_and_that_seen_is_not_verified(evaluation):
    about = About(item="board-position")
    seen = remark(1, kind="seen", seen=digest_of(evaluation.assessment, about))
    text = said_in(evaluation, seen, remark(2, kind="seen", seen="0" * 16, author=PAUL))
    assert has(
        text,
        "Vu le 20 mars 2026 par Marie Roy, Pôle de Québec; rien n’a changé depuis.",
        "Vu le 20 mars 2026 par Paul Côté, Pôle de Québec; 1 réponse a changé depuis.",
        "Les auteurs sont déclarés, non vérifiés; « vu » ne veut pas dire « vérifié ».",
    )
    assert not has(text, "Ouverte")


def test_what_was_written_beside_seen_is_printed_too(evaluation):
    assert has(said_in(evaluation, remark(1, kind="seen", text="Beau travail")), "Vu : Beau travail")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", "Selon la personne-conseil : {theirs} (vous : {yours})"),
        ("en", "According to the advisor: {theirs} (you: {yours})"),
    ],
)
def test_with_another_answer_proposed_two_figures_are_said_each_with_whose_it_is(evaluation, language, words):
    say = wording(language)
    yours = score_words(evaluation.readiness.overall, say)
    less = evaluate(
        evaluation.checklist,
        assess({**evaluation.assessment.answers, "board-position": "to_do"}, profile=evaluation.assessment.profile),
    )
    theirs = score_words(less.readiness.overall, say)
    assert theirs != yours
    proposed = remark(1, kind="status", proposed="to_do")
    pdf = of(evaluation, proposed, language=language)
    first, second = map(squashed, pages(pdf)[:2])
    assert has(second, words.format(theirs=theirs, yours=yours))
    asked = pages(of(evaluation, remark(1, text="?"), language=language))[0]
    assert has(first, yours)
    assert first.split("page1")[0] == squashed(asked).split("page1")[0]


def test_without_another_answer_proposed_no_other_figure_is_said(evaluation):
    assert not has(said_in(evaluation, remark(1, text="?")), "Selon la personne-conseil")


@pytest.mark.parametrize(
    ("language", "remarks", "words"),
    [
        ("fr", [remark(1), remark(2)], "2 remarques de Marie Roy, Pôle de Québec : page 2"),
        (
            "fr",
            [remark(1), remark(2, author=PAUL)],
            "2 remarques de Marie Roy, Pôle de Québec; Paul Côté, Pôle de Québec : page 2",
        ),
        ("fr", [remark(1, author=Author())], "1 remarque de la personne-conseil : page 2"),
        ("fr", [remark(1, kind="seen")], "Vu par Marie Roy, Pôle de Québec : page 2"),
        ("fr", [remark(1, author=Author(name="M" * 300))], "1 remarque : page 2"),
        ("en", [remark(1), remark(2)], "2 remarks from Marie Roy, Pôle de Québec: page 2"),
    ],
)
def test_the_first_page_leads_to_the_remarks(evaluation, language, remarks, words):
    assert has(squashed(pages(of(evaluation, *remarks, language=language))[0]), words)


def test_a_name_in_two_lines_is_said_on_one(evaluation):
    texts = spoken(of(evaluation, remark(1, author=Author(name="Marie\r\nRoy"))))
    assert "1 remarque de Marie Roy\u00a0: page 2" in texts


# Each case on the one paper or the other.
@pytest.mark.parametrize(("case", "paper"), list(zip(CASES, cycle(PAPERS), strict=False)))
def test_that_line_takes_no_room_from_the_first_page(checklist, case, paper):
    assessment = dossier_file.read(case.read_bytes(), checklist)
    evaluation = evaluate(checklist, assessment.model_copy(update={"id": DOSSIER}), date(2026, 11, 26))
    with_it = squashed(pages(of(evaluation, remark(1), paper=paper))[0])
    without = squashed(pages(action_plan_pdf(evaluation, "fr", Edition(paper=paper)))[0])
    words = squashed("1 remarque de Marie Roy, Pôle de Québec : page 2")
    assert words in with_it
    assert with_it.replace(words, "").split("page1de")[0] == without.split("page1de")[0]


def test_where_the_first_page_is_several_the_number_is_still_that_of_the_remarks(checklist):
    many = tuple(
        checklist.domains[0].model_copy(
            update={"id": f"d{n}", "items": (checklist.domains[0].items[0].model_copy(update={"id": f"i{n}"}),)}
        )
        for n in range(30)
    )
    wide = with_domains(checklist, *many)
    pdf = of(evaluate(wide, assess(every(wide, "to_do"), id=DOSSIER)), remark(1, item="i3"))
    on = next(page for _, title, page in bookmarks(pdf) if title == "Avis")
    assert on > 2
    assert has(squashed(pages(pdf)[0]), f": page {on}")


def test_what_a_later_version_or_another_checklist_wrote_is_printed_as_it_is(evaluation):
    text = said_in(
        evaluation,
        remark(1, kind="praise", text="Bravo"),
        remark(2, kind="praise"),
        remark(3, item="old-item", text="Où en est-ce?"),
        remark(4, about=OTHER, text="Et ceci?"),
        remark(5, kind="status", proposed="excellent"),
        remark(6, events=(event(9, "applause", text="Clap"),)),
    )
    assert has(text, "Bravo", "praise", "old-item", "Où en est-ce?", "old-item · old-action", "Et ceci?", "excellent")
    assert has(text, "Clap", "Ce pense-bête n’a pas de ligne de ce nom.")


@few(4)
@given(texts=st.lists(pasted, min_size=4, max_size=4))
def test_whatever_is_pasted_is_heard(evaluation, texts):
    first, second, name, organisation = texts
    pdf = of(
        evaluation,
        remark(1, text=first, author=Author(name=name, organisation=organisation)),
        remark(2, item=None, kind="status", proposed="done", text=second, events=(event(9, "reply", text=first),)),
    )
    words = [heard(text) for text in spoken(pdf)]
    assert [text for text in texts if text.strip() and not any(heard(text.strip()) in word for word in words)] == []
    assert faults(pdf) == []


def test_hundreds_of_long_remarks_are_all_there_and_none_is_cut(evaluation, checklist):
    items = list(checklist.items)
    remarks = [remark(n, item=items[n % 26], text=f"mot{n:04} " + "et encore " * 60 + f"fin{n:04}") for n in range(400)]
    text = squashed("".join(pages(of(evaluation, *remarks))))
    assert [n for n in range(400) if f"mot{n:04}" not in text or f"fin{n:04}" not in text] == []


@pytest.mark.parametrize("sheet", PAPERS)
def test_nothing_is_drawn_outside_the_margins(evaluation, monkeypatch, sheet):
    outside, draw, paper = [], Face.draw, PAPERS[sheet]

    def watched(self, x, baseline, text, size, colour):
        right = x + self.typeface.width(text.rstrip(" "), size)
        if x < LEFT - 2 or right > paper.right + 0.5 or not 30 < baseline < paper.height - 20:
            outside.append((x, baseline, text))
        draw(self, x, baseline, text, size, colour)

    monkeypatch.setattr(Face, "draw", watched)
    token = "M" * 500
    author = Author(name=token, role=token, organisation=token)
    remarks = [
        remark(n, kind=kind, item=item, text=token, author=author, proposed=token, events=(event(9, "reply", author),))
        for n, (kind, item) in enumerate(
            (kind, item)
            for kind in ("clarify", "status", "seen", "x")
            for item in (None, "board-position", token[:200])
        )
    ]
    for language in ("fr", "en"):
        of(evaluation, *remarks, language=language, paper=sheet)
    assert outside == []


def test_a_file_made_to_be_endless_ends_and_says_where_the_rest_is(evaluation, monkeypatch):
    monkeypatch.setattr("pensebete.pdf.sections.review._MOST_SHOWN", 2_500)
    endless = remark(1, text="a\n" * 500_000), remark(2, text="M" * 900_000), remark(3, text="la suite")
    text = pages(of(evaluation, *endless))
    assert len(text) < 60
    assert has(squashed("".join(text)), "la suite")
    monkeypatch.setattr("pensebete.pdf.sections.review._MOST_PAGES", 5)
    events = tuple(event(n, "reply", text="a\n" * 1_200) for n in range(9))
    text = pages(of(evaluation, remark(1, events=events), remark(99, item="cash-forecast", text="la suite")))
    assert len(text) < 60
    assert has(squashed("".join(text)), "La suite est dans le fichier joint, revue.json.")


def test_it_conforms_on_both_papers_and_in_both_languages(checklist):
    evaluation = evaluate(checklist, full(checklist).model_copy(update={"id": DOSSIER}), MONDAY)
    items = list(checklist.items)
    remarks = [
        remark(n, kind=kind, item=items[n % 26], proposed="to_do", text=f"Remarque {n} شكرا 🙂", at=THEN + timedelta(n))
        for n, kind in enumerate(["clarify", "status", "advice", "seen"] * 20)
    ]
    for paper, language in zip(PAPERS, LANGUAGES, strict=True):
        assert faults(of(evaluation, *remarks, language=language, paper=paper)) == []

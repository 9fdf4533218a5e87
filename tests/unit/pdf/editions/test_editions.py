"""The editions: what each is for, what is in it, and what must not be."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from itertools import product

import pikepdf
import pytest

from pensebete.assessment import dossier_file
from pensebete.assessment.model import Answer, Contact, Planned
from pensebete.evaluation.action_text import action_text
from pensebete.evaluation.contact_text import contact_words
from pensebete.evaluation.first_actions import first_actions
from pensebete.evaluation.readiness_text import domain_score_words, essentials_words, score_words
from pensebete.pdf.build import action_plan_pdf, edition_pdf
from pensebete.pdf.edition import EDITION_NAMES, PAPER_NAMES, Edition
from pensebete.pdf.layout.style import PAPERS
from pensebete.text.wording import LANGUAGES, wording
from tests.builders import MONDAY, NOW, assess, evaluate, every
from tests.dossiers import PROFILE, full, own_action, with_domains
from tests.pdf_reading import has, pages, squashed
from tests.unit.pdf.conformance import faults
from tests.unit.pdf.damages import elements
from tests.unit.pdf.spoken import spoken

FR = wording("fr")
LONG = "Corporation de développement communautaire " * 4
# Each is in no other text of the program or of the checklist.
NOTE, REASON, COMMENT, REACHED = "Жабка", "Щука", "Ящик", "Юла"
LEFT_OUT = (NOTE, REASON, COMMENT)
CONTACT = Contact(name=REACHED, phone=REACHED, email=REACHED, municipality=REACHED, when=REACHED, call_wanted=True)
LONG_CONTACT = Contact(
    **dict.fromkeys(("name", "phone", "email", "municipality", "when"), LONG[:120]),
    next_pay="unknown",
    weeks_of_money=2.5,
)
SHORTER = [
    Edition(notes=False),
    Edition(not_applicable=False),
    Edition(notes=False, not_applicable=False, paper="a4"),
    Edition(contact=False),
    Edition("board"),
    Edition("lender"),
    Edition("blank"),
]


def text(pdf: bytes) -> str:
    return squashed("".join(pages(pdf)))


def followed(checklist):
    """The full dossier, some of its actions done, under way, dropped or late."""
    states = ("done", "under_way", "to_start", "dropped")
    plan = {
        item.id: {
            action.id: Planned(state=states[n % 4], due=MONDAY - timedelta(days=3) if n % 3 == 0 else None)
            for action in item.actions
        }
        for n, item in enumerate(checklist.items.values())
    }
    return full(checklist).model_copy(update={"plan": plan})


def crowded(checklist):
    """All there is to do, forty actions of one's own, long names and owners everywhere."""
    own = tuple(
        own_action(n, f"Action {n} " + LONG, owner=LONG[:120], due=MONDAY + timedelta(days=n - 20)) for n in range(40)
    )
    plan = {
        item.id: {action.id: Planned(owner=LONG[:120], due=date(2026, 3, 10)) for action in item.actions}
        for item in checklist.items.values()
    }
    plan[next(iter(plan))] = {a.id: Planned(state="done") for a in next(iter(checklist.items.values())).actions}
    return assess(
        every(checklist, "to_do", board_position="done"),
        organisation=LONG[:120],
        prepared_by=LONG[:120],
        contact=LONG_CONTACT,
        updated_at=NOW,
        own_actions=own,
        plan=plan,
    )


def secretive(checklist):
    """A note, a reason and a comment wherever one can be typed, ids the checklist does not know included."""
    statuses = ("done", "to_do", "in_progress", "unknown", "not_applicable")
    answers = {
        id: Answer(status=statuses[n % 5], note=NOTE, reason=REASON, answered_at=NOW)
        for n, id in enumerate([*checklist.items, "gone"])
    }
    planned = Planned(comment=COMMENT, state="done")
    plan = {item.id: {action.id: planned for action in item.actions} for item in checklist.items.values()}
    own = own_action(1, "Appeler la caisse", item=next(iter(checklist.items)), comment=COMMENT)
    plan["gone"] = {"gone": planned}
    return assess(answers, plan=plan, own_actions=(own,), profile=PROFILE, contact=CONTACT)


def everywhere_in(pdf: bytes) -> str:
    """All that a file holds, however it is written: every stream and string, the text of its pages and of its tags."""
    found = [*pages(pdf), *spoken(pdf)]

    def strings(value: object) -> None:
        """Those of an object, and of what is written inside it; what it only refers to comes in its own turn."""
        if isinstance(value, pikepdf.String):
            found.append(str(value))
        elif isinstance(value, pikepdf.Dictionary | pikepdf.Array):
            for part in [value[key] for key in value.keys()] if isinstance(value, pikepdf.Dictionary) else value:  # noqa: SIM118
                if not getattr(part, "is_indirect", False):
                    strings(part)

    with pikepdf.open(BytesIO(pdf)) as file:
        streams = 0
        for thing in file.objects:
            if isinstance(thing, pikepdf.Stream):
                streams += 1
                content = thing.read_bytes()
                found += [content.decode(code, errors="ignore") for code in ("utf-8", "utf-16-be", "utf-16-le")]
                found.append(content[1:].decode("utf-16-be", errors="ignore"))
                thing = thing.stream_dict
            strings(thing)
        assert streams > 4
    return "\n".join(found)


@pytest.mark.parametrize("edition", SHORTER, ids=str)
def test_what_an_edition_leaves_out_is_nowhere_in_its_file(checklist, edition):
    pdf = edition_pdf(edition, evaluate(checklist, secretive(checklist), MONDAY), "fr")
    if not edition.notes or edition.name != "full":
        held = everywhere_in(pdf)
        assert [word for word in LEFT_OUT if word in held] == []
    assert (REACHED in everywhere_in(pdf)) is edition.tells_contact
    with pikepdf.open(BytesIO(pdf)) as file:
        assert len(file.attachments) == 0
    with pytest.raises(dossier_file.DossierError) as refused:
        dossier_file.attached(pdf)
    assert refused.value.problems[0].id == f"pdf.{'partial' if edition.name == 'full' else edition.name}"


def test_the_complete_edition_holds_them_so_that_the_search_finds_what_is_there(checklist):
    pdf = action_plan_pdf(evaluate(checklist, secretive(checklist), MONDAY), "fr")
    held = everywhere_in(pdf)
    assert all(word in held for word in (*LEFT_OUT, REACHED))
    assert dossier_file.attached(pdf) == dossier_file.dump(secretive(checklist))


@pytest.mark.parametrize("name", ["board", "lender"])
def test_a_board_and_a_lender_are_told_whom_to_call_where_that_was_chosen(checklist, name):
    evaluation = evaluate(checklist, full(checklist), MONDAY)
    words = contact_words(full(checklist).contact, FR)
    assert "prochaine paie non assurée" in words
    assert squashed(words) not in text(edition_pdf(Edition(name), evaluation, "fr"))
    chosen = edition_pdf(Edition(name, contact=True), evaluation, "fr")
    assert squashed(words) in squashed(pages(chosen)[0])
    assert faults(chosen) == []


def test_a_full_plan_without_notes_says_so_and_keeps_the_rest(checklist):
    said = text(edition_pdf(Edition(notes=False), evaluate(checklist, full(checklist), MONDAY), "fr"))
    assert has(said, FR("report.without_notes"), "Éléments sans objet", "Appeler la caisse", "Ginette")
    assert has(said, *(item.title["fr"] for item in checklist.items.values()))
    assert not has(said, "Raison à préciser")


def test_a_full_plan_without_what_does_not_apply_says_so_and_keeps_the_notes(checklist):
    answers = {"board-position": "done", "cash-forecast": Answer(status="not_applicable", reason=REASON, note=NOTE)}
    gone = Answer(status="not_applicable", reason=REASON)
    kept = assess(
        {**answers, "staff-position": Answer(status="to_do", note="Réunion jeudi"), "gone": gone},
        plan={"cash-forecast": {"quick-runway": Planned(comment=COMMENT)}},
    )
    whole = text(action_plan_pdf(evaluate(checklist, kept, MONDAY), "fr"))
    assert has(whole, NOTE, COMMENT)
    assert whole.count(REASON) == 2
    less = edition_pdf(Edition(not_applicable=False), evaluate(checklist, kept, MONDAY), "fr")
    assert has(text(less), FR("report.without_not_applicable"), "Réunion jeudi")
    assert not has(text(less), "Éléments sans objet")
    assert [word for word in LEFT_OUT if word in everywhere_in(less)] == []


# Each paper, and each language, once; the other two ways have the same parts.
BY_ANOTHER = [("fr", "letter"), ("en", "a4")]


@pytest.mark.parametrize(
    ("language", "paper"),
    [
        pytest.param(*both, marks=[pytest.mark.soak] * (both not in BY_ANOTHER))
        for both in product(LANGUAGES, PAPER_NAMES)
    ],
)
def test_every_edition_conforms(checklist, language, paper):
    for name in EDITION_NAMES:
        pdf = edition_pdf(Edition(name, paper), evaluate(checklist, followed(checklist), MONDAY), language)
        assert faults(pdf) == []
        with pikepdf.open(BytesIO(pdf)) as file:
            size = (0, 0, PAPERS[paper].width, PAPERS[paper].height)
            assert {tuple(map(float, page.mediabox)) for page in file.pages} == {size}
            assert file.Root.Lang == f"{language}-CA"
    assert (
        faults(edition_pdf(Edition("full", paper, notes=False), evaluate(checklist, full(checklist), MONDAY), language))
        == []
    )


def test_the_papers_that_can_be_asked_for_are_those_that_can_be_drawn():
    assert set(PAPER_NAMES) == set(PAPERS)


@pytest.mark.parametrize("paper", PAPER_NAMES)
def test_the_board_has_one_page_whatever_the_dossier(checklist, paper):
    domain = checklist.domains[0]
    many = tuple(
        domain.model_copy(update={"id": f"d{n}", "items": (domain.items[0].model_copy(update={"id": f"i{n}"}),)})
        for n in range(30)
    )
    wide = with_domains(checklist, *many)
    token = "M" * 500
    dossiers = [
        (checklist, assess()),
        (checklist, full(checklist)),
        (checklist, followed(checklist)),
        (checklist, crowded(checklist)),
        (checklist, assess(every(checklist, "done"))),
        (checklist, assess(every(checklist, "not_applicable"))),
        (wide, assess(every(wide, "to_do"), organisation=token, prepared_by=token, updated_at=NOW)),
        (checklist, assess(organisation="🙂" * 120, own_actions=(own_action(1, token, owner=token, due=MONDAY),))),
    ]
    for n in range(0, 61, 12):
        own = tuple(own_action(k, f"Action {k} " * 9, state=("to_start", "done")[k % 2]) for k in range(n))
        dossiers.append((checklist, assess({"cash-forecast": "unknown"}, organisation="C" * 2 * n, own_actions=own)))
    for n, (of, assessment) in enumerate(dossiers, PAPER_NAMES.index(paper)):  # each in one language on each paper
        told = assessment.model_copy(update={"contact": LONG_CONTACT})
        for edition, said in ((Edition("board", paper), assessment), (Edition("board", paper, contact=True), told)):
            assert len(pages(edition_pdf(edition, evaluate(of, said, MONDAY), LANGUAGES[n % 2]))) == 1


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_board_reads_where_things_stand_what_comes_first_what_is_late_and_what_is_done(checklist, language):
    assessment, say = followed(checklist), wording(language)
    said = text(edition_pdf(Edition("board"), evaluate(checklist, assessment, MONDAY), language))
    result = evaluate(checklist, assessment).readiness
    assert has(said, assessment.organisation, say("report.board.title").upper(), essentials_words(result.overall, say))
    assert has(said, say("report.board.ready", score=score_words(result.overall, say), band="")[:-3])
    for domain in checklist.domains:
        assert has(said, domain.title[language] + domain_score_words(checklist, result.domains[domain.id], say))
    actions = evaluate(checklist, assessment, MONDAY).plan
    late = [action for action in actions if action.late]
    assert has(said, say("report.board.late", n=len(late)), say.short_date(late[0].due))
    done = sum(action.state == "done" for action in actions) + result.overall.done
    assert has(said, say("report.board.done", n=done))
    for first in first_actions(actions):
        assert has(said, (f"{first.item.ref} · " if first.item else "") + action_text(first, say)[:30])


def test_what_the_board_does_not_see_is_counted(checklist):
    assessment = crowded(checklist)
    pdf = edition_pdf(Edition("board"), evaluate(checklist, assessment, MONDAY), "fr")
    still_open = sum(action.open for action in evaluate(checklist, assessment, MONDAY).plan)
    with pikepdf.open(BytesIO(pdf)) as file:
        (table,) = elements(file, "Table")
        shown = len(table.K) - 1
    assert shown > 1
    assert has(text(pdf), FR("report.board.more_actions", n=still_open - shown))


def test_a_lender_reads_the_domains_the_checklist_marks_and_no_other(checklist):
    assessment = followed(checklist)
    said = text(edition_pdf(Edition("lender"), evaluate(checklist, assessment, MONDAY), "fr"))
    marked = [domain for domain in checklist.domains if domain.lender]
    assert [domain.id for domain in marked] == ["liquidity", "debt"]
    assert "%" not in said
    assert not any(has(said, band.label["fr"]) for band in checklist.bands)
    for domain in checklist.domains:
        for item in domain.items:
            taken = assessment.answer(item.id).status in ("done", "in_progress")
            assert has(said, f"{item.ref} · {item.title['fr']}") == (domain.lender and taken)
    read = {item.id for domain in marked for item in domain.items}
    for action in evaluate(checklist, assessment, MONDAY).plan:
        seen = action.item is not None and action.item.id in read and (action.open or action.state == "done")
        assert has(said, action_text(action, FR)) == seen, action
        if seen and action.open:
            assert has(said, FR.short_date(action.due))
    assert has(said, FR("report.without_notes"))


def test_a_lender_reads_what_the_enterprise_says_with_its_date_and_no_criterion_as_a_fact(checklist):
    old = Answer(status="done", answered_at=NOW - timedelta(days=60))
    assessment = assess({"cash-weeks": old, "cash-forecast": Answer(status="done", answered_at=NOW)})
    said = text(edition_pdf(Edition("lender"), evaluate(checklist, assessment, MONDAY), "fr"))
    assert has(said, "Fait, selon l’entreprise, le 28 mars 2026")
    assert has(said, "Fait, selon l’entreprise, le 27 janvier 2026; à reconfirmer depuis le")
    assert not has(said, checklist.items["cash-forecast"].criteria.done["fr"])


def test_where_no_domain_is_marked_a_lender_reads_them_all(checklist):
    unmarked = with_domains(checklist, *(d.model_copy(update={"lender": False}) for d in checklist.domains))
    said = text(edition_pdf(Edition("lender"), evaluate(unmarked, full(unmarked), MONDAY), "fr"))
    assert has(said, *(domain.title["fr"] for domain in unmarked.domains))


@pytest.mark.parametrize("name", ["board", "lender"])
def test_an_edition_is_the_same_bytes_each_time_and_names_itself(checklist, name):
    first = edition_pdf(Edition(name), evaluate(checklist, full(checklist), MONDAY), "fr")
    assert first == edition_pdf(Edition(name), evaluate(checklist, full(checklist), MONDAY), "fr")
    with pikepdf.open(BytesIO(first)) as file:
        title = f"{FR(f'report.{name}.title')} · Coopérative de solidarité du Fleuve"
        assert str(file.docinfo["/Title"]) == title


@pytest.mark.parametrize("name", ["board", "lender"])
def test_what_leaves_the_house_does_not_name_the_manager_where_nobody_looks(checklist, name):
    made = edition_pdf(Edition(name), evaluate(checklist, full(checklist), MONDAY), "fr")
    with pikepdf.open(BytesIO(made)) as pdf:
        assert str(pdf.docinfo["/Author"]) == "Coopérative de solidarité du Fleuve"
        assert "direction générale" not in str(pdf.open_metadata())


def test_it_says_from_when_to_when_the_answers_are_and_not_when_a_comment_was_edited(checklist):
    on = {"board-position": NOW.replace(month=1, day=2), "cash-weeks": NOW, "cash-forecast": NOW}
    answers = {id: Answer(status="to_do", answered_at=at) for id, at in on.items()}
    edited = assess(answers, updated_at=NOW + timedelta(days=60))
    for edition in ("full", "board", "lender"):
        head = pages(edition_pdf(Edition(edition), evaluate(checklist, edited, MONDAY), "fr"))[0]
        assert has(squashed(head), "Réponses du 2 janvier 2026 au 28 mars 2026")
        assert not has(squashed(head), "mai 2026")


def test_it_names_the_checklist_for_people_and_the_version_that_was_answered(checklist):
    dossier = full(checklist)
    assert has(
        text(action_plan_pdf(evaluate(checklist, dossier, MONDAY), "fr")), f"{checklist.title['fr']}, version 2026.2."
    )
    assert "covid-19" not in text(action_plan_pdf(evaluate(checklist, dossier, MONDAY), "fr"))
    before = dossier.model_copy(update={"checklist": dossier.checklist.model_copy(update={"version": "2020.3"})})
    said = text(action_plan_pdf(evaluate(checklist, before, MONDAY), "fr"))
    assert has(said, "Répondu avec la version 2020.3, relu avec 2026.2.")

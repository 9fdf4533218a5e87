"""The checklist that ships: sound, complete in both languages, and as its contract fixes it."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest

from pensebete.checklist.inserts import BLANK, INSERT, inserts_of
from pensebete.checklist.loading import read
from pensebete.checklist.model import Message, Text, days
from pensebete.checklist.parsing.document import read_tree
from pensebete.checklist.status import STATUSES
from tests import reference_method as method
from tests.builders import SHIPPED

PROFILE = {
    "legal-form": ("one", ["cooperative", "non-profit", "mutual", "other"]),
    "adapted-enterprise": ("one", ["yes", "no"]),
    "staff": ("one", ["0", "1-9", "10-49", "50+"]),
    "layoffs": ("one", ["yes", "no"]),
    "remote-posts": ("one", ["none", "some", "most"]),
    "public-agreements": ("one", ["yes", "no"]),
    "borrowing": ("one", ["yes", "no"]),
    "planned-investment": ("one", ["yes", "no"]),
    "interruption-insurance": ("one", ["yes", "no", "unknown"]),
    "operations": ("several", ["stock", "online-sales", "critical-inputs", "none"]),
}
# Ids that saved plans refer to, with their horizons.
ACTIONS = {
    "board-position": [("convene-board", "48h"), ("record-decision", "2w")],
    "staff-position": [("send-message", "48h"), ("explain-position", "2w")],
    "leave-and-pay": [("secure-payroll", "48h"), ("adopt-leave-rule", "2w")],
    "ecosystem-channels": [("write-to-hub", "2w"), ("brief-elected-officials", "30d")],
    "customer-contact": [("publish-services", "48h"), ("add-second-channel", "2w")],
    "community-roots": [("neighbour-collaboration", "30d")],
    "work-with-staff": [("hold-meeting", "2w"), ("report-back", "30d")],
    "regular-updates": [("choose-channel", "48h"), ("keep-frequency", "2w")],
    "remote-work": [("list-needs", "48h"), ("equip-and-test", "2w")],
    "remote-work-guide": [("share-tips", "30d")],
    "government-support-info": [("send-measures", "2w")],
    "layoff-duties": [("layoff-records", "48h"), ("give-notices", "2w")],
    "everyday-tips": [("open-space", "30d")],
    "cash-weeks": [("quick-runway", "48h")],
    "cash-forecast": [("build-cash-budget", "2w"), ("hand-over-budget", "2w")],
    "scale-back": [("rank-operations", "48h"), ("apply-reductions", "2w")],
    "variable-costs": [("set-cost-target", "2w")],
    "postpone-investment": [("review-projects", "2w")],
    "lender-relief": [("list-loans", "48h"), ("call-lenders", "2w"), ("written-agreement", "2w")],
    "public-payment": [("request-early-payment", "48h"), ("follow-up-request", "2w")],
    "other-revenue": [("brainstorm", "30d"), ("cost-and-test", "30d"), ("consider-offer", "30d")],
    "interruption-insurance": [("call-broker", "48h"), ("get-written-answer", "2w")],
    "public-aid": [("get-program-list", "48h"), ("fill-program-table", "2w"), ("apply-to-programs", "2w")],
    "non-repayable-aid": [("consult-sources", "2w"), ("record-conditions", "30d")],
    "supplier-contact": [("name-key-suppliers", "2w"), ("call-and-find-backup", "2w")],
    "stock-management": [("calculate-cover", "2w"), ("set-reorder-points", "30d")],
}
LABELS = {
    "done": ("Fait", "Done"),
    "in_progress": ("En cours", "In progress"),
    "to_do": ("À faire", "To do"),
    "unknown": ("Je ne sais pas", "I don’t know"),
    "not_applicable": ("Sans objet", "Not applicable"),
}
BANDS = [
    ("act_now", 0, "Agir maintenant", "Act now"),
    ("strengthen", 40, "À consolider", "Needs strengthening"),
    ("on_track", 60, "En bonne voie", "On track"),
    ("solid", 80, "Démarches solides", "Solid"),
]


def test_the_file_has_no_mistake_and_no_warning():
    assert read(SHIPPED.read_bytes())[1] == ()


def test_items_stand_in_their_domains_with_the_marks_of_the_contract(checklist):
    found = [
        (item.ref, item.id, domain.id, item.urgency, item.impact, item.effort, Fraction(item.weighs), item.valid_days)
        for domain in checklist.domains
        for item in domain.items
    ]
    assert found == [row[:8] for row in method.TABLE]


def test_only_liquidity_is_vital(checklist):
    assert [domain.id for domain in checklist.domains if domain.vital] == ["liquidity"]


def test_the_items_that_complete_another_stand_with_it(checklist):
    assert {item.id: item.belongs_with for item in checklist.items.values() if item.belongs_with} == {
        "remote-work-guide": "remote-work",
        "layoff-duties": "government-support-info",
        "cash-forecast": "cash-weeks",
    }


def test_the_ids_of_actions_and_their_horizons(checklist):
    found = {item.id: [(action.id, action.within) for action in item.actions] for item in checklist.items.values()}
    assert found == ACTIONS


def test_no_action_has_a_condition_of_its_own(checklist):
    """What layoffs ask is an item of its own, RH4a, so that no status of RH4 hides it."""
    assert [a.id for item in checklist.items.values() for a in item.actions if a.applies_when] == []


def test_an_item_has_one_action_of_48_hours_at_most_its_first_and_none_earlier_than_its_class(checklist):
    seen = 0
    for item in checklist.items.values():
        of_class = days(checklist.written_class(item).within)
        horizons = [days(action.within) for action in item.actions]
        assert min(horizons) == of_class, item.ref
        assert all(horizon > 2 for horizon in horizons[1:]), item.ref
        assert horizons == sorted(horizons), item.ref
        seen += len(horizons)
    assert seen == sum(map(len, ACTIONS.values()))


def test_the_questions_of_the_profile(checklist):
    assert {q.id: (q.choose, [o.id for o in q.options]) for q in checklist.profile} == PROFILE
    assert list(checklist.questions) == list(PROFILE)


def test_none_of_these_excludes_the_other_choices_and_no_other_option_does(checklist):
    exclusive = [(q.id, o.id) for q in checklist.profile for o in q.options if o.exclusive]
    assert exclusive == [("operations", "none")]


def test_the_calendar_is_that_of_quebec(checklist):
    assert checklist.calendar.model_dump() == {
        "country": "CA",
        "subdivision": "QC",
        "categories": ("public", "optional"),
    }


def test_the_count_of_weeks_was_asked_with_the_forecast_before(checklist):
    splits = {item.id: item.split_from for item in checklist.items.values() if item.split_from}
    assert splits == {"cash-weeks": "cash-forecast"}


def test_statuses_bands_and_owners_have_the_words_of_the_method(checklist):
    assert {s: (checklist.statuses[s].label["fr"], checklist.statuses[s].label["en"]) for s in STATUSES} == LABELS
    assert [(b.id, b.from_, b.label["fr"], b.label["en"]) for b in checklist.bands] == BANDS
    roles = ["management", "board", "communications", "operations", "human-resources", "finance"]
    assert list(checklist.owners) == roles


def test_thresholds_and_caps(checklist):
    rules = checklist.readiness
    assert (rules.provisional_below, rules.weak_domain_below, rules.no_band_below_items) == (1, 40, 3)
    assert rules.caps.model_dump() == {
        "essential_open": "strengthen",
        "vital_domain_weak": "strengthen",
        "essential_in_progress": "on_track",
        "essential_expired": "on_track",
        "essential_not_applicable": "on_track",
        "many_not_applicable": "on_track",
        "domain_weak": "on_track",
    }
    assert rules.floor == "strengthen"
    assert {i.ref for i in checklist.items.values() if rules.essential.match(i)} == method.ESSENTIAL
    assert [(row.class_, row.within) for row in checklist.ranking] == [("P1", "48h"), ("P2", "2w"), ("P3", "30d")]


def test_three_actions_moved_to_the_item_they_are_about_two_went_into_another_and_no_item_is_renamed_or_retired(
    checklist,
):
    assert checklist.renamed == {
        "cash-forecast/quick-runway": "cash-weeks/quick-runway",
        "government-support-info/layoff-records": "layoff-duties/layoff-records",
        "customer-contact/consider-offer": "other-revenue/consider-offer",
        "regular-updates/check-contact-details": "regular-updates/choose-channel",
        "public-payment/list-receivables": "public-payment/request-early-payment",
    }
    assert checklist.retired == ()


def test_the_community_is_named_where_it_helps(checklist):
    def told(ref: str) -> str:
        item = next(item for item in checklist.items.values() if item.ref == ref)
        return " ".join(resource.title["fr"] for resource in item.resources).lower()

    assert "mentorat" in told("C1")
    assert "mentorat" in told("RH1")
    assert "commercialisation" in told("L7")
    assert "approvisionnement local" in told("A1")
    assert "entreprise adaptée" in told("RH1")
    assert "entreprise adaptée" in told("A1")
    for source in ("risq", "fiducie du chantier", "caisse d’économie solidaire"):
        assert source in told("E1")
        assert source in told("E2")
    everyone = " ".join(resource.title["fr"] for resource in checklist.resources)
    for source in ("Infolettre", "211", "Service Canada", "CNESST", "CSMO-ÉSAC"):
        assert source in everyone


def test_nothing_of_2020_is_left_and_no_anecdote(checklist):
    said = " ".join((*texts("fr"), *texts("en"))).lower()
    for word in ("2020", "plastique", "moules", "300\u00a0000", "flood", "inondation"):
        assert word not in said


def test_no_text_sends_to_the_telephone_of_a_hub_that_has_none(checklist):
    assert checklist.contact.phone is None
    for language, call in (("fr", r"appelez (?:votre|le) pôle"), ("en", r"call (?:your|the) (?:regional )?hub")):
        assert [text for text in texts(language) if re.search(call, text, re.IGNORECASE)] == []


_NEVER_SAID = {
    "fr": r"entreprise est prête|préparation solide|degré de préparation",
    "en": r"\bready\b|readiness|preparedness",
}


def test_a_score_is_worded_as_steps_taken(checklist):
    """« Démarches faites », and never « votre entreprise est prête »."""
    assert "démarches faites" in checklist.readiness.caption["fr"]
    for language, never in _NEVER_SAID.items():
        assert [text for text in texts(language) if re.search(never, text, re.IGNORECASE)] == []


# The first action of each essential; the insurer, suppliers, customers, elected officials, staff, the hub.
MESSAGES = {
    "convene-board": "others",
    "send-message": "staff",
    "secure-payroll": "others",
    "layoff-records": "others",
    "quick-runway": "others",
    "list-loans": "others",
    "request-early-payment": "government",
    "get-program-list": "hub",
    "call-broker": "others",
    "call-and-find-backup": "others",
    "publish-services": "public",
    "brief-elected-officials": "government",
    "keep-frequency": "staff",
    "write-to-hub": "hub",
}


def ready(checklist) -> dict[str, Message]:
    return {a.id: a.message for item in checklist.items.values() for a in item.actions if a.message}


def test_the_first_action_of_each_essential_has_a_message_to_send_and_six_more(checklist):
    assert {id: message.to for id, message in ready(checklist).items()} == MESSAGES
    essential = [item for item in checklist.items.values() if checklist.readiness.essential.match(item)]
    assert {item.actions[0].id for item in essential} <= set(MESSAGES)


def test_a_message_says_the_same_in_both_languages_and_fits_a_text_message(checklist):
    for id, message in ready(checklist).items():
        for text in (message.subject, message.text):
            french, english = text.root["fr"], text.root["en"]
            assert sorted(inserts_of(french)) == sorted(inserts_of(english)), id
            assert french.count(BLANK) == english.count(BLANK), id
            assert french.count("\n") == english.count("\n"), id
        assert max(map(len, message.text.root.values())) < 800, id
        assert all("{organisation}" in text for text in message.text.root.values()), id


def test_no_message_gives_the_public_the_telephone_by_which_the_hub_calls(checklist):
    for message in ready(checklist).values():
        if message.to == "public":
            assert not {"telephone", "courriel", "nom"} & set(inserts_of(message.text["fr"]))


def test_every_resource_says_when_it_was_verified_and_no_address_is_invented(checklist):
    resources = [*checklist.resources, *(r for item in checklist.items.values() for r in item.resources)]
    assert resources
    assert all(resource.verified_on for resource in resources)
    assert not any(resource.url for resource in resources)
    assert (checklist.contact.phone, checklist.contact.email, checklist.contact.url) == (None, None, None)


@pytest.mark.parametrize(
    ("within", "expected"), [("1h", 1), ("24h", 1), ("25h", 2), ("48h", 2), ("1d", 1), ("30d", 30), ("2w", 14)]
)
def test_a_horizon_is_whole_days_rounded_up(within, expected):
    assert days(within) == expected


def test_a_text_falls_back_on_french_then_on_what_there_is():
    assert Text({"fr": "Oui", "en": "Yes"})["en"] == "Yes"
    assert Text({"fr": "Oui", "en": "Yes"})["es"] == "Oui"
    assert Text({"en": "Yes"})["fr"] == "Yes"


# Typography


def texts(language: str) -> list[str]:
    """Every text of that language in the file, and every example."""
    found: list[str] = []

    def walk(value: object) -> None:
        if isinstance(value, dict):
            if {"fr", "en"} == set(value):
                part = value[language]
                found.extend(part if isinstance(part, list) else [part])
            else:
                for inner in value.values():
                    walk(inner)
        elif isinstance(value, list):
            for inner in value:
                walk(inner)

    walk(read_tree(SHIPPED.read_bytes()).data)
    return found


FRENCH_FAULTS = {
    "a straight apostrophe": r"'",
    "a straight quotation mark": r'"',
    "no no-break space before a colon, a percent or a dollar": r"(?<!\u00a0)[:%$](?!\d|//)",
    "no no-break space inside «\u00a0»": r"«(?!\u00a0\S)|(?<!\S\u00a0)»",
    "a space before ; ! ?": r"\s[;!?]",
    "three dots for …": r"\.\.\.",
    "two spaces": r"[ \u00a0]{2}",
    "a number cut by a plain space": r"\d \d{3}\b",
    "a number apart from its unit": r"\d (?:km|h|jours|semaines|%|\$)\b(?<!30 jours)(?<!14 jours)",
    "a median dot or a hyphened ending": r"·|-(?:e|es|ère|trice)\b(?!-)",
}


@pytest.mark.parametrize("fault", FRENCH_FAULTS.values(), ids=FRENCH_FAULTS)
def test_the_french_of_the_file_obeys_its_typography(fault):
    assert [text for text in texts("fr") if re.search(fault, text)] == []


ENGLISH_FAULTS = {
    "a straight apostrophe": r"'",
    "a straight quotation mark": r'"',
    "French quotation marks": r"[«»]",
    "a space before punctuation": r"\s[:;!?%]",
    "two spaces": r"[ \u00a0]{2}",
    "British or American spelling": r"(?i)organis(?:e|ation)|programme|\bcenter\b|\blabor\b|\bneighbor",
}


@pytest.mark.parametrize("fault", ENGLISH_FAULTS.values(), ids=ENGLISH_FAULTS)
def test_the_english_of_the_file_is_canadian(fault):
    assert [text for text in texts("en") if re.search(fault, INSERT.sub("x", text))] == []


def test_the_walk_over_the_texts_misses_none(checklist):
    assert len(texts("fr")) == len(texts("en")) > 250

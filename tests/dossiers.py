"""Dossiers to print: a full one, and one with a bit of everything."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pensebete.assessment.model import Answer, Assessment, Contact, OwnAction, Planned
from pensebete.checklist.model import Checklist, Domain
from pensebete.checklist.status import Status
from tests.builders import MONDAY, NOW, assess

_IN_TURN: tuple[Status, ...] = ("done", "to_do", "done", "in_progress", "done", "unknown", "done", "not_applicable")
CONTACT = Contact(
    name="Ana Tremblay-Nguyen",
    phone="418 555-0199",
    email="ana@coop.example",
    municipality="Sainte-Luce",
    call_wanted=True,
    when="avant midi, jamais le jeudi",
    next_pay="no",
    weeks_of_money=2.5,
)
PROFILE = {"staff": "10-49", "remote-posts": "some", "public-agreements": "yes", "operations": ("stock",)}


def full(checklist: Checklist) -> Assessment:
    """Every item answered, each answer in turn, with a note and a reason of its own; the plan commented on."""
    answers = {
        id: Answer(
            status=_IN_TURN[n % len(_IN_TURN)],
            note=f"Note numéro {n} : le CA a tranché; 12 345,60 $ par semaine, « sans faute ».",
            reason=f"Raison numéro {n}.",
            answered_at=NOW,
        )
        for n, id in enumerate(checklist.items)
    }
    plan = {
        item.id: {action.id: Planned(comment=f"Commentaire {item.ref} {action.id}") for action in item.actions}
        for item in checklist.items.values()
    }
    plan["leave-and-pay"] = {"secure-payroll": Planned(set_aside=True, comment="La paie est déjà assurée")}
    return assess(
        answers,
        organisation="Coopérative de solidarité du Fleuve",
        prepared_by="direction générale",
        contact=CONTACT,
        updated_at=NOW,
        profile=PROFILE,
        plan=plan,
        plan_started_on=MONDAY,
        own_actions=(own_action(1, "Appeler la caisse", owner="Ginette", due=date(2026, 4, 2)),),
    )


def with_domains(checklist: Checklist, *domains: Domain) -> Checklist:
    """The checklist with other domains; made anew, since a copy would keep the items of the old ones."""
    return Checklist(**{name: getattr(checklist, name) for name in Checklist.model_fields} | {"domains": domains})


def own_action(n: int, text: str, **details: object) -> OwnAction:
    return OwnAction(id=UUID(int=n), text=text, **{"priority": "P1", **details})


def input_language(assessment: Assessment) -> list[str]:
    """All that a person typed: it must be somewhere in the PDF."""
    contact = assessment.contact
    texts = [assessment.organisation, assessment.prepared_by]
    texts += [contact.name, contact.phone, contact.email, contact.municipality, contact.when]
    for answer in assessment.answers.values():
        texts += [answer.note, answer.reason]
    for actions in assessment.plan.values():
        texts += [text for planned in actions.values() for text in (planned.comment, planned.owner or "")]
    for own in assessment.own_actions:
        texts += [own.text, own.comment, own.owner]
    return [text for text in texts if text.strip()]

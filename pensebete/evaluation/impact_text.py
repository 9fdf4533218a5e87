"""What a new version of the checklist does to dossiers, as sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pensebete.checklist.model import Checklist, Item, ProfileQuestion
from pensebete.evaluation.history_text import account_words
from pensebete.evaluation.impact import DossierEffect, Effect, LostPart
from pensebete.evaluation.readiness import Score
from pensebete.evaluation.readiness_text import band_words, score_words
from pensebete.text.wording import Wording


def effect_words(found: Effect, say: Wording) -> list[str]:
    """What a dossier in progress asks of its holder, at most."""
    if not found.same_checklist:
        return [say("diff.effect.another_checklist")]
    said = [] if found.announced else [say("diff.effect.same_version")]
    if found.to_answer:
        said.append(say("diff.effect.to_answer", n=len(found.to_answer), refs=_refs(found.to_answer, say)))
    said += _questions_words(found.questions, say)
    if not (found.to_answer or found.questions):
        said.append(say("diff.effect.nothing_to_answer"))
    for language, items in found.to_confirm.items():
        name = say.language_name(language)
        if items:
            said.append(say("diff.effect.to_confirm", n=len(items), refs=_refs(items, say), language=name))
        else:
            said.append(say("diff.effect.nothing_to_confirm", language=name))
    if found.moved:
        said.append(say("diff.effect.moved", n=len(found.moved), refs=_refs(found.moved, say)))
    if found.retired:
        said.append(say("diff.effect.retired", n=len(found.retired), ids=", ".join(found.retired)))
    return said + _lost_words(found.lost, say)


def dossier_effect_words(found: DossierEffect, older: Checklist, newer: Checklist, say: Wording) -> list[str]:
    """What happens to that dossier: the account its holder will read, then what the account does not count."""
    account = found.account
    said = account_words(account, say) if account.changed else [say("diff.effect.same_version")]
    if not found.version_known:
        said.append(say("diff.effect.unknown_version", version=account.from_version or "?"))
    named = (
        ("diff.effect.new_items", [newer.items[id] for id in account.new]),
        ("diff.effect.reworded_items", [newer.items[id] for id in account.reworded]),
        ("diff.effect.apply_now", found.apply_now),
        ("diff.effect.set_aside_now", found.set_aside_now),
    )
    said += [say(id, n=len(items), refs=_refs(items, say)) for id, items in named if items]
    if account.retired:
        ids = ", ".join(left.id for left in account.retired)
        said.append(say("diff.effect.retired", n=len(account.retired), ids=ids))
    said += [*_questions_words(found.questions, say), *_lost_words(found.lost, say)]
    before, after = _figure_and_band(older, found.before, say), _figure_and_band(newer, found.after, say)
    return [*said, say("diff.effect.score", before=before, after=after)]


def _questions_words(questions: Sequence[ProfileQuestion], say: Wording) -> list[str]:
    """« Une nouvelle question de profil attend une réponse : « … ». »"""
    if not questions:
        return []
    named = say.listing(say("diff.inside", name=question.question[say.language]) for question in questions)
    return [say("diff.effect.questions", n=len(questions), questions=named)]


def _lost_words(lost: Iterable[LostPart], say: Wording) -> list[str]:
    """What was said of questions, of options, of actions, and counts no more: a sentence for each kind."""
    said = []
    for kind in ("profile", "options", "actions"):
        found = [part for part in lost if part.kind == kind]
        if found:
            named = say.listing(_named(part, say) for part in found)
            said.append(say(f"diff.effect.lost.{kind}", n=len(found), named=named))
    return said


def _named(part: LostPart, say: Wording) -> str:
    """« L1 · Compter », « De 1 à 9 personnes » (Combien de personnes…?)."""
    text = part.text[say.language]
    if isinstance(part.under, str):
        return f"{part.under} · {text}" if part.under else say("diff.inside", name=text)
    return f"{say('diff.inside', name=text)} ({part.under[say.language]})"


def _figure_and_band(checklist: Checklist, score: Score, say: Wording) -> str:
    """« 41 % (À consolider) »."""
    band = band_words(checklist, score, say)
    return f"{score_words(score, say)} ({band})" if band else score_words(score, say)


def _refs(items: Iterable[Item], say: Wording) -> str:
    return say.listing(item.ref for item in items)

"""A step of the questionnaire as it stands in the page until the app has come: its questions, to read and answer."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from pensebete.assessment.steps import Step, progress
from pensebete.checklist.model import Checklist, Item, ProfileQuestion
from pensebete.checklist.status import STATUSES
from pensebete.evaluation.domain_icon import domain_icon
from pensebete.evaluation.item_html import asked_of, help_html, title_html
from pensebete.evaluation.step_html import progress_html, state_html, step_intro, step_name
from pensebete.text.wording import Wording
from pensebete.web.server.early_controls import fold, names, way_on


def early_step(checklist: Checklist, asked: Sequence[Step], current: Step, say: Wording) -> tuple[str, str]:
    """What is read and answered, and the ways on."""
    at = asked.index(current)
    overall = progress(state for step in asked for state in step.item_states)
    where = fold(say("questionnaire.at", step=at + 1, of=len(asked)), ".st-key-all-steps summary")
    intro = step_intro(current, say)
    cards = "".join(_card(checklist, state.item, say) for state in current.item_states if state.applies)
    content = (
        f'<div class="early-beside">{"".join(_beside(step, step == current, say) for step in asked)}</div>'
        f'<div class="early-step"><h1 class="out-of-sight">{escape(say("questionnaire.title"))}</h1>'
        f'<div class="early-where">{where}{progress_html(current, progress(current.item_states), overall, say)}</div>'
        f"<h2>{escape(step_name(current, say))}</h2>"
        f"{f'<p class=early-intro>{escape(intro)}</p>' if intro else ''}"
        f"{_questions(current.questions, say)}{cards}</div>"
    )
    return content, _ways_on(asked, at, say)


def _beside(step: Step, is_current: bool, say: Wording) -> str:
    """A line of the list of steps, where the screen has room for it."""
    own = f'[class*="st-key-beside-{step.id.replace(".", "-")}-"] button'
    here = " here" if is_current else ""
    icon = domain_icon(step.domain.id if step.domain else "")
    return (
        f'<div class="early-task{here}">{icon}<button type="button"{names(own, leads=not is_current)}>'
        f"{escape(step_name(step, say))}</button>{state_html(progress(step.item_states), is_current, say)}</div>"
    )


def _questions(questions: Sequence[ProfileQuestion], say: Wording) -> str:
    if not questions:
        return ""
    asked = "".join(_question(question, say) for question in questions)
    return f'<section class="early-profile"><h3>{escape(say("profile.of_step"))}</h3>{asked}</section>'


def _question(question: ProfileQuestion, say: Wording) -> str:
    role, chosen = ("group", "aria-pressed") if question.kind.many else ("radiogroup", "aria-checked")
    choice = "" if question.kind.many else ' role="radio"'
    own = f".st-key-profile-{question.id} button[data-variant]"
    choices = "".join(
        f'<button type="button"{choice} {chosen}="false"{names(own, n)}>{escape(option.label[say.language])}</button>'
        for n, option in enumerate(question.options)
    )
    words = escape(question.question[say.language])
    yes_or_no = " early-two" if len(question.options) == 2 else ""
    explained = ' class="early-help"' if question.help else ""
    return (
        f'<div class="early-question{yes_or_no}"><p id="early-{question.id}"{explained}>{words}</p>'
        f'<div role="{role}" aria-labelledby="early-{question.id}">{choices}</div></div>'
    )


def _card(checklist: Checklist, item: Item, say: Wording) -> str:
    answers = "".join(
        f'<div><label><input type="radio" name="early-{item.id}"'
        f"{names(f'.st-key-card-{item.id} input[type=radio]', n)} /><span>"
        f"{escape(checklist.statuses[status].label[say.language])}</span></label>"
        f"{_caption(asked_of(item, status, say.language))}</div>"
        for n, status in enumerate(STATUSES)
    )
    own_note = f'.st-key-more-{item.id} [data-testid="stExpander"] summary'
    note = fold(say("item.note.label"), own_note, heard=item.ref)
    return (
        f'<section class="early-card"><div>{title_html(checklist, item, say)}</div>'
        f'<div role="radiogroup" aria-label="{escape(item.title[say.language])}">{answers}</div>'
        f'<div class="early-more">{help_html(checklist, item, say)}{note}</div></section>'
    )


def _caption(asks: str) -> str:
    return f"<p>{escape(asks)}</p>" if asks else ""


def _ways_on(asked: Sequence[Step], at: int, say: Wording) -> str:
    ways = []
    if at > 0:
        own = f'[class*="st-key-previous-{_class(asked[at])}-"] button'
        ways.append(way_on(say("questionnaire.previous"), f"?step={asked[at - 1].id}", own, first=False))
    if at + 1 < len(asked):
        words = say("questionnaire.next", step=step_name(asked[at + 1], say))
        ways.append(way_on(words, f"?step={asked[at + 1].id}", f'[class*="st-key-next-{_class(asked[at])}-"] button'))
    elif asked[at].domain is None:
        ways.append(way_on(say("questionnaire.to_results"), "./results", '[class*="st-key-to_results-"] button'))
    else:
        ways.append(way_on(say("questionnaire.to_check"), "./check_answers", '[class*="st-key-to_check-"] button'))
    return "".join(ways)


def _class(step: Step) -> str:
    """How the framework writes its name in a class."""
    return step.id.replace(".", "-")

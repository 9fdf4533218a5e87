"""A step of the questionnaire in words and HTML: its name, what it is about, how far one is. For the page, and for what
stands in its place until the app has come."""

from __future__ import annotations

from html import escape

from pensebete.assessment.steps import Progress, Step
from pensebete.checklist.status import Status
from pensebete.evaluation.status_icon import sign
from pensebete.text.wording import Wording


def step_name(step: Step, say: Wording) -> str:
    name = step.domain.title[say.language] if step.domain else say("questionnaire.essentials")
    return say("questionnaire.part", step=name, part=step.part, parts=step.parts) if step.parts > 1 else name


def step_intro(step: Step, say: Wording) -> str:
    """What it is about; empty where nobody wrote it."""
    if step.domain is None:
        return say("questionnaire.essentials.intro")
    return step.domain.intro[say.language] if step.domain.intro else ""


def progress_html(step: Step, here: Progress, overall: Progress, say: Wording) -> str:
    """« 3 sur 26 » over a thin bar; heard, how many of the step too."""
    heard = " · ".join(
        (
            say("questionnaire.progress.step", step=step_name(step, say), n=here.answered, of=here.of),
            say("questionnaire.progress", n=overall.answered, of=overall.of),
        )
    )
    count = say("questionnaire.state.count", answered=overall.answered, of=overall.of)
    part = 100 * overall.answered / overall.of if overall.of else 100
    return (
        f'<p class="progress"><span aria-hidden="true">{escape(count)}</span>'
        f'<span class="out-of-sight">{escape(heard)}</span></p>'
        f'<div class="progress-bar" aria-hidden="true"><i style="width: {part:.1f}%"></i></div>'
    )


def state_html(of_it: Progress, is_current: bool, say: Wording) -> str:
    """« 6 sur 6 », with its sign; heard, « Terminé » and whether one is there too."""
    kind: Status = "done" if of_it.complete else "in_progress" if of_it.answered else "to_do"
    state = escape(say(f"questionnaire.state.{kind}"))
    count = escape(say("questionnaire.state.count", answered=of_it.answered, of=of_it.of))
    here = f'<span class="out-of-sight"> {escape(say("questionnaire.here"))}</span>' if is_current else ""
    heard = f'<span class="out-of-sight">{state} </span>'
    return f'<p class="line-answer">{sign(kind)}<span>{heard}{count}{here}</span></p>'

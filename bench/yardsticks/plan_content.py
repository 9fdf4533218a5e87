"""The action plan as blocks, for the yardsticks that lay out a language of their own: HTML, typst.

The same texts, in the same order, as the PDF of the program and as bench/yardsticks/reportlab_plan.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date
from html import escape
from itertools import groupby

from pensebete.assessment.item_state import ItemState, of_domain
from pensebete.assessment.model import Assessment
from pensebete.assessment.profile import known_choices
from pensebete.checklist.model import Checklist
from pensebete.evaluation.action_plan import Action
from pensebete.evaluation.action_text import action_text, owner_label
from pensebete.evaluation.evaluation import Evaluation
from pensebete.evaluation.readiness import Readiness
from pensebete.evaluation.readiness_text import (
    band_words,
    coverage_words,
    domain_band_words,
    essentials_words,
    held_back_words,
    range_words,
    score_words,
    status_label,
)
from pensebete.text.wording import Wording

Said = tuple[str, str]  # a style and a text


@dataclass(frozen=True)
class Block:
    """`kind`: h1, h2, h3, p, bullets, table, figure, break. A table's first row is its head."""

    kind: str
    style: str = "text"
    text: str = ""
    rows: Sequence[Sequence[Sequence[Said]]] = field(default_factory=tuple)
    widths: Sequence[int] = field(default_factory=tuple)
    svg: str = ""


def blocks(checklist: Checklist, assessment: Assessment, say: Wording, today: date) -> list[Block]:
    evaluation = Evaluation(checklist, assessment, today, UTC)
    return [
        *_first_page(say, evaluation),
        Block("break"),
        *_plan(say, checklist, evaluation.plan),
        *_answers(say, checklist, evaluation.item_states, evaluation.readiness),
        *_profile(say, checklist, assessment),
        *_about(say, checklist),
    ]


def contact(checklist: Checklist, say: Wording) -> str:
    known = checklist.contact
    return " · ".join(p for p in (known.name[say.language], known.phone, known.email, known.url) if p)


def dates(assessment: Assessment, say: Wording, today: date) -> str:
    parts = [say("report.answered_on", date=say.date(assessment.updated_at.date()))] if assessment.updated_at else []
    parts += [say("report.made_on", date=say.date(today)), say("report.prepared_by", who=assessment.prepared_by)]
    return " · ".join(parts)


def advice(checklist: Checklist, result: Readiness, say: Wording) -> str:
    return next((band.advice[say.language] for band in checklist.bands if band.id == result.overall.band), "")


def held_back(checklist: Checklist, result: Readiness, say: Wording) -> list[str]:
    """What holds the band back: three reasons in full, the others by their names."""
    reasons = result.overall.held_back_by
    found = [held_back_words(checklist, why, say) for why in reasons[:3]]
    if more := reasons[3:]:
        names = say.listing([checklist.items[why.item].ref if why.item else why.domain or "" for why in more])
        found.append(say("report.held_back_more", n=len(more), names=names))
    return found


def named(action: Action, say: Wording) -> str:
    return (f"{action.item.ref} · " if action.item else "") + action_text(action, say)


def _first_page(say: Wording, evaluation: Evaluation) -> list[Block]:
    checklist, assessment, result = evaluation.checklist, evaluation.assessment, evaluation.readiness
    score = result.overall
    svg, alt = _chart(say, checklist, result)
    story = [
        Block("p", "label", say("report.title").upper()),
        Block("h1", text=assessment.organisation),
        Block("p", text=checklist.title[say.language]),
        Block("p", "quiet", dates(assessment, say, evaluation.today)),
        Block("h2", text=say("report.readiness")),
        Block("p", "figure", score_words(score, say)),
        Block("p", "strong", band_words(checklist, score, say)),
        Block("p", text=say("report.range", range=range_words(score, say))),
        Block("p", text=essentials_words(result, say)),
        Block("p", text=coverage_words(score, say)),
        Block("p", "quiet", advice(checklist, result, say)),
        Block("figure", text=alt, svg=svg),
    ]
    if reasons := held_back(checklist, result, say):
        story.append(Block("p", "strong", say("report.held_back")))
        story.append(_bullets(reasons))
    rows = [_heads("", say("report.action"), say("report.owner"), say("report.due"))]
    for n, action in enumerate(evaluation.first_actions, 1):
        rows.append(
            [[("strong", say.number(n))], [("small", named(action, say))], *_who_and_when(say, checklist, action)]
        )
    story.append(Block("h2", text=say("report.first_actions")))
    story.append(Block("table", rows=rows, widths=(5, 65, 18, 12)))
    stages, names = [], []
    for class_, projected in evaluation.projection:
        names.append(class_)
        stages.append(say("report.projection_stage", names=say.listing(names), score=score_words(projected, say)))
    story.append(Block("p", "strong", say("report.projection", stages="; ".join(stages))))
    story.append(Block("p", "quiet", checklist.readiness.caption[say.language]))
    return story


def _plan(say: Wording, checklist: Checklist, actions: Sequence[Action]) -> list[Block]:
    story = [Block("h2", text=say("report.plan")), Block("p", "quiet", say("report.plan_explained"))]
    labels = {row.class_: f"{row.class_} · {row.label[say.language]}" for row in checklist.ranking}
    kept = [action for action in actions if not action.set_aside]
    tables = [(labels[class_], list(group)) for class_, group in groupby(kept, key=lambda action: action.priority)]
    if aside := [action for action in actions if action.set_aside]:
        tables.append((say("report.set_aside_actions"), aside))
    for title, group in tables:
        rows = [_heads("", say("report.action"), say("report.owner"), say("report.due"))]
        for action in group:
            what = [("small", named(action, say))]
            what += [("label", say("report.quick_win"))] if action.quick_win else []
            what += [("quiet", say("report.own_action"))] if action.kind == "own" else []
            what += [("quiet", say("report.comment", text=action.comment))] if action.comment else []
            rows.append([[("box", "")], what, *_who_and_when(say, checklist, action)])
        story.append(Block("h3", text=title))
        story.append(Block("table", rows=rows, widths=(5, 65, 18, 12)))
    return story


def _answers(say: Wording, checklist: Checklist, states: Sequence[ItemState], result: Readiness) -> list[Block]:
    story = [Block("h2", text=say("report.answers"))]
    for domain in checklist.domains:
        score = result.domains[domain.id]
        about = (score_words(score, say), range_words(score, say), domain_band_words(checklist, score, say))
        story.append(Block("h3", text=domain.title[say.language]))
        story.append(Block("p", "quiet", " · ".join(p for p in (*about, coverage_words(score, say)) if p)))
        story += _items(say, checklist, [s for s in of_domain(states, domain.id) if s.counts and s.status])
    story.append(Block("h2", text=say("report.not_applicable")))
    return story + _items(say, checklist, [s for s in states if not s.counts])


def _items(say: Wording, checklist: Checklist, states: Sequence[ItemState]) -> list[Block]:
    rows = [_heads(say("report.question"), say("report.answer"))]
    for state in states:
        answer, item = state.answer, state.item
        what = [("strong", f"{item.ref} · {item.title[say.language]}")]
        what += [("small", say("report.reason", text=answer.reason))] if answer.reason else []
        what += [("small", say("report.note", text=answer.note))] if answer.note else []
        when = say.short_date(answer.answered_at.date()) if answer.answered_at else ""
        rows.append([what, [("strong", f"{status_label(checklist, state.status, say)} · {when}")]])
    return [Block("table", rows=rows, widths=(73, 27))] if states else []


def _profile(say: Wording, checklist: Checklist, assessment: Assessment) -> list[Block]:
    chosen = known_choices(checklist, assessment.profile)
    rows = [
        _heads(say("report.question"), say("report.answer")),
        [[("small", say("report.organisation"))], [("small", assessment.organisation)]],
        [[("small", say("report.who"))], [("small", assessment.prepared_by)]],
    ]
    for question in checklist.profile:
        labels = {option.id: option.label[say.language] for option in question.options}
        words = "; ".join(labels[id] for id in chosen.get(question.id, ())) or say("report.no_answer")
        rows.append([[("small", question.question[say.language])], [("small", words)]])
    return [Block("h2", text=say("report.profile")), Block("table", rows=rows, widths=(65, 35))]


def _about(say: Wording, checklist: Checklist) -> list[Block]:
    note = checklist.contact.note
    return [
        Block("h2", text=say("report.about")),
        Block("p", "strong", say("report.contact")),
        Block("p", "small", contact(checklist, say)),
        *([Block("p", "small", note[say.language])] if note else []),
        Block("p", "small", checklist.disclaimer[say.language]),
        Block("p", "strong", say("report.not_covered")),
        _bullets([text[say.language] for text in checklist.not_covered]),
        Block("p", "quiet", say("report.version", id=checklist.id, version=checklist.version)),
        Block("p", "quiet", say("report.attachment")),
    ]


def _chart(say: Wording, checklist: Checklist, result: Readiness) -> tuple[str, str]:
    """A bar a domain, split by answer, as SVG; and its text."""
    colours = {"done": "#0f5c6e", "in_progress": "#c9d0d3", "to_do": "#ffffff", "unknown": "#eef2f3", None: "#eef2f3"}
    parts, said, y = [], [], 10.0
    for domain in checklist.domains:
        score = result.domains[domain.id]
        about = " · ".join(p for p in (score_words(score, say), domain_band_words(checklist, score, say)) if p)
        name = domain.title[say.language]
        said.append(f"{name}: {about}")
        parts.append(f'<text x="0" y="{y}" font-size="9" font-weight="bold">{escape(name)}</text>')
        parts.append(f'<text x="302" y="{y}" font-size="9" text-anchor="end">{escape(about)}</text>')
        x = 0.0
        for status, colour in colours.items():
            if width := 302 * score.by_status[status] / max(score.counting, 1):
                parts.append(
                    f'<rect x="{x:.2f}" y="{y + 4}" width="{width:.2f}" height="11" fill="{colour}" stroke="#566268"/>'
                )
                x += width
        y += 36
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="302" height="{y}" viewBox="0 0 302 {y}">'
    return f'{head}<g font-family="Noto Sans" fill="#1f2a2e">{"".join(parts)}</g></svg>', "; ".join(said)


def _heads(*names: str) -> list[list[Said]]:
    return [[("strong", name)] for name in names]


def _bullets(texts: Sequence[str]) -> Block:
    return Block("bullets", rows=[[[("small", text)]] for text in texts])


def _who_and_when(say: Wording, checklist: Checklist, action: Action) -> list[list[Said]]:
    owner = owner_label(checklist, action.owner, say.language) or say("report.no_owner")
    return [[("small", owner)], [("small", say.short_date(action.due) if action.due else "–")]]

"""The yardstick of the PDF: the same action plan, written with reportlab as its own guide teaches.

Same texts, tables, chart, bookmarks, running heads, font and attachment. It is what the document costs with a mature
library, with nothing kept between two documents but the registered fonts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date
from functools import cache
from io import BytesIO
from itertools import groupby
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import LETTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfdoc, pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, HRFlowable, PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from bench.yardsticks import plan_content
from devtools.server import ROOT
from pensebete.assessment import dossier_file
from pensebete.assessment.item_state import ItemState, of_domain
from pensebete.assessment.model import Assessment
from pensebete.assessment.profile import known_choices
from pensebete.checklist.model import Checklist
from pensebete.evaluation.action_plan import Action
from pensebete.evaluation.action_text import owner_label
from pensebete.evaluation.evaluation import Evaluation
from pensebete.evaluation.readiness import Readiness
from pensebete.evaluation.readiness_text import (
    band_words,
    coverage_words,
    domain_band_words,
    essentials_words,
    range_words,
    score_words,
    status_label,
)
from pensebete.text.wording import Wording, wording

FONTS = ROOT / "pensebete" / "pdf" / "fonts"
REGULAR, BOLD = "NotoSans-Regular", "NotoSans-Bold"
LEFT, RIGHT, TOP, BOTTOM = 58, 554, 72, 68
ACROSS = RIGHT - LEFT
INK, GREY, RULE, PALE, ACCENT = map(HexColor, ("#1f2a2e", "#566268", "#c9d0d3", "#eef2f3", "#0f5c6e"))


def _style(name: str, size: float, font: str = REGULAR, colour: HexColor = INK, **more: float) -> ParagraphStyle:
    return ParagraphStyle(name, fontName=font, fontSize=size, leading=1.4 * size, textColor=colour, **more)


FIGURE = _style("figure", 36, BOLD, ACCENT)
LABEL = _style("label", 9, BOLD, ACCENT)
TITLE = _style("title", 22, BOLD)
SECTION = _style("section", 16, BOLD, ACCENT, spaceBefore=20, spaceAfter=6)
HEADING = _style("heading", 12, BOLD, spaceBefore=14, spaceAfter=6)
TEXT = _style("text", 10)
STRONG = _style("strong", 10, BOLD)
SMALL = _style("small", 9)
SMALL_STRONG = _style("small-strong", 9, BOLD)
QUIET = _style("quiet", 9, colour=GREY)
BULLET = _style("bullet", 9, leftIndent=10)

GRID = TableStyle(
    [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LINEBELOW", (0, 0), (-1, -1), 0.6, RULE),
        ("BACKGROUND", (0, 0), (-1, 0), PALE),
        ("LEFTPADDING", (0, 0), (-1, -1), 4),
        ("RIGHTPADDING", (0, 0), (-1, -1), 4),
    ]
)
LIST = TableStyle(
    [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LINEBELOW", (0, 0), (-1, -1), 0.6, RULE),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 0),
    ]
)


def reportlab_plan(checklist: Checklist, assessment: Assessment, language: str, today: date) -> bytes:
    _register_fonts()
    say = wording(language)
    evaluation = Evaluation(checklist, assessment, today, UTC)
    title = say("report.document_title", organisation=assessment.organisation)
    story = [
        *_first_page(say, evaluation),
        PageBreak(),
        *_plan(say, checklist, evaluation.plan),
        *_answers(say, checklist, evaluation.item_states, evaluation.readiness),
        *_profile(say, checklist, assessment),
        *_about(say, checklist),
    ]
    file = BytesIO()
    document = _Template(
        file,
        pagesize=LETTER,
        leftMargin=LEFT - 6,
        rightMargin=LETTER[0] - RIGHT - 6,
        topMargin=TOP - 6,
        bottomMargin=BOTTOM - 6,
        title=title,
        author=assessment.prepared_by,
        lang=f"{language}-CA",
    )
    document.build(
        story,
        canvasmaker=_canvas(say, title, plan_content.contact(checklist, say), today, dossier_file.dump(assessment)),
    )
    return file.getvalue()


@cache
def _register_fonts() -> None:
    for name in (REGULAR, BOLD):
        pdfmetrics.registerFont(TTFont(name, FONTS / f"{name}.ttf"))


class _Template(SimpleDocTemplate):
    """Makes a bookmark of each heading."""

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802  # reportlab's name
        level = {"label": 0, "section": 0, "heading": 1}.get(getattr(getattr(flowable, "style", None), "name", ""))
        if level is not None:
            key = f"heading-{id(flowable)}"
            self.canv.bookmarkPage(key)
            self.canv.addOutlineEntry(flowable.getPlainText(), key, level)


def _canvas(say: Wording, header: str, footer: str, today: date, attached: bytes) -> Callable[..., Canvas]:
    class Numbered(Canvas):
        """Keeps the pages until their number is known: the recipe of reportlab's own users."""

        def __init__(self, *arguments: object, **options: object) -> None:
            super().__init__(*arguments, **options)
            self.kept: list[dict[str, object]] = []

        def showPage(self) -> None:  # noqa: N802  # reportlab's name
            self.kept.append(dict(self.__dict__))
            self._startPage()

        def save(self) -> None:
            for page in self.kept:
                self.__dict__.update(page)
                self.setFillColor(GREY)
                self.setFont(REGULAR, 9)
                if self._pageNumber > 1:
                    self.drawString(LEFT, 742, header)
                    self.drawRightString(RIGHT, 742, say.short_date(today))
                    self.setStrokeColor(RULE)
                    self.line(LEFT, 735, RIGHT, 735)
                self.drawString(LEFT, 36, footer)
                self.drawRightString(RIGHT, 36, say("report.page", page=self._pageNumber, of=len(self.kept)))
                super().showPage()
            _attach(self, attached, say("report.attachment_name"))
            super().save()

    return Numbered


def _attach(canvas: Canvas, content: bytes, description: str) -> None:
    document = canvas._doc
    stream = pdfdoc.PDFStream(
        dictionary=pdfdoc.PDFDictionary(
            {"Type": pdfdoc.PDFName("EmbeddedFile"), "Subtype": pdfdoc.PDFName("application#2Fjson")}
        ),
        content=content,
        filters=[pdfdoc.PDFZCompress],
    )
    file = pdfdoc.PDFDictionary(
        {
            "Type": pdfdoc.PDFName("Filespec"),
            "F": pdfdoc.PDFString(dossier_file.ATTACHMENT),
            "UF": pdfdoc.PDFString(dossier_file.ATTACHMENT),
            "Desc": pdfdoc.PDFString(description),
            "EF": pdfdoc.PDFDictionary({"F": document.Reference(stream)}),
        }
    )
    names = pdfdoc.PDFArray([pdfdoc.PDFString(dossier_file.ATTACHMENT), document.Reference(file)])
    document.Catalog.Names = pdfdoc.PDFDictionary(
        {"EmbeddedFiles": pdfdoc.PDFDictionary({"Names": names})},
    )


class _Chart(Flowable):
    """A bar a domain, split by answer."""

    def __init__(self, say: Wording, checklist: Checklist, result: Readiness, width: float) -> None:
        super().__init__()
        self.say, self.checklist, self.result = say, checklist, result
        self.width, self.height = width, 35.0 * len(checklist.domains) + 18

    def draw(self) -> None:
        canvas, say, y = self.canv, self.say, self.height - 10
        colours = {"done": ACCENT, "in_progress": RULE, "to_do": HexColor("#ffffff"), "unknown": PALE, None: PALE}
        x = 0.0
        canvas.setStrokeColor(GREY)
        for status, colour in colours.items():
            if self.result.overall.by_status[status]:
                label = status_label(self.checklist, status, say)
                canvas.setFillColor(colour)
                canvas.rect(x, y, 12, 8, fill=1)
                canvas.setFillColor(INK)
                canvas.setFont(REGULAR, 9)
                canvas.drawString(x + 16, y, label)
                x += 28 + pdfmetrics.stringWidth(label, REGULAR, 9)
        for domain in self.checklist.domains:
            score = self.result.domains[domain.id]
            y -= 22
            canvas.setFillColor(INK)
            canvas.setFont(BOLD, 9)
            canvas.drawString(0, y, domain.title[say.language])
            about = [score_words(score, say), range_words(score, say), domain_band_words(self.checklist, score, say)]
            canvas.setFont(REGULAR, 9)
            canvas.drawRightString(self.width, y, " · ".join(part for part in about if part))
            y -= 14
            x = 0.0
            for status, colour in colours.items():
                part = self.width * score.by_status[status] / max(score.counting, 1)
                if part:
                    canvas.setFillColor(colour)
                    canvas.rect(x, y, part, 11, fill=1)
                    canvas.setFillColor(INK)
                    canvas.setFont(BOLD, 8)
                    canvas.drawCentredString(x + part / 2, y + 2.5, say.number(score.by_status[status]))
                x += part


class _Sign(Flowable):
    """A box to tick, or the disc of an answer."""

    width = height = 9

    def __init__(self, disc: bool = False) -> None:
        super().__init__()
        self.disc = disc

    def draw(self) -> None:
        self.canv.setStrokeColor(GREY)
        if self.disc:
            self.canv.circle(4.5, 4.5, 4.5)
        else:
            self.canv.rect(0, 0, 9, 9)


def _first_page(say: Wording, evaluation: Evaluation) -> list[Flowable]:
    checklist, assessment, result = evaluation.checklist, evaluation.assessment, evaluation.readiness
    score = result.overall
    figures = [
        _text(score_words(score, say), FIGURE),
        _text(band_words(checklist, score, say), HEADING),
        _text(say("report.range", range=range_words(score, say)), TEXT),
        _text(essentials_words(result, say), TEXT),
        _text(coverage_words(score, say), TEXT),
        _text(plan_content.advice(checklist, result, say), QUIET),
    ]
    story = [
        _text(say("report.title").upper(), LABEL),
        _text(assessment.organisation, TITLE),
        _text(checklist.title[say.language], TEXT),
        _text(plan_content.dates(assessment, say, evaluation.today), QUIET),
        HRFlowable("100%", 1.2, color=ACCENT),
        _text(say("report.readiness"), HEADING),
        Table([[figures, _Chart(say, checklist, result, 302)]], colWidths=[186, ACROSS - 186], style=[_TOP]),
    ]
    if reasons := plan_content.held_back(checklist, result, say):
        story.append(_text(say("report.held_back"), SMALL_STRONG))
        story += [_bullet(reason) for reason in reasons]
    rows = [["", *_heads(say, "action", "owner", "due")]]
    for n, action in enumerate(evaluation.first_actions, 1):
        rows.append(
            [
                _text(say.number(n), SMALL_STRONG),
                _text(plan_content.named(action, say), SMALL),
                _text(owner_label(checklist, action.owner, say.language), SMALL),
                _text(say.short_date(action.due) if action.due else "–", SMALL),
            ]
        )
    story += [
        _text(say("report.first_actions"), HEADING),
        Table(rows, colWidths=[24, 322, 92, ACROSS - 438], style=GRID, repeatRows=1),
        Spacer(0, 8),
    ]
    stages, names = [], []
    for class_, projected in evaluation.projection:
        names.append(class_)
        stages.append(say("report.projection_stage", names=say.listing(names), score=score_words(projected, say)))
    story.append(_text(say("report.projection", stages="; ".join(stages)), SMALL_STRONG))
    story.append(_text(checklist.readiness.caption[say.language], QUIET))
    return story


_TOP = ("VALIGN", (0, 0), (-1, -1), "TOP")


def _plan(say: Wording, checklist: Checklist, actions: Sequence[Action]) -> list[Flowable]:
    story = [_text(say("report.plan"), SECTION), _text(say("report.plan_explained"), QUIET)]
    labels = {row.class_: f"{row.class_} · {row.label[say.language]}" for row in checklist.ranking}
    kept = [action for action in actions if not action.set_aside]
    tables = [(labels[class_], list(group)) for class_, group in groupby(kept, key=lambda action: action.priority)]
    if aside := [action for action in actions if action.set_aside]:
        tables.append((say("report.set_aside_actions"), aside))
    for title, group in tables:
        rows: list[list[object]] = [["", *_heads(say, "action", "owner", "due")]]
        for action in group:
            what = [_text(plan_content.named(action, say), SMALL)]
            if action.quick_win:
                what.append(_text(say("report.quick_win"), SMALL_STRONG))
            if action.kind == "own":
                what.append(_text(say("report.own_action"), QUIET))
            if action.comment:
                what.append(_text(say("report.comment", text=action.comment), QUIET))
            owner = owner_label(checklist, action.owner, say.language) or say("report.no_owner")
            due = say.short_date(action.due) if action.due else "–"
            rows.append([_Sign(), what, _text(owner, SMALL), _text(due, SMALL)])
        story.append(_text(title, HEADING))
        story.append(Table(rows, colWidths=[24, 326, 90, ACROSS - 440], style=GRID, repeatRows=1))
    return story


def _answers(say: Wording, checklist: Checklist, states: Sequence[ItemState], result: Readiness) -> list[Flowable]:
    story = [_text(say("report.answers"), SECTION)]
    for domain in checklist.domains:
        score = result.domains[domain.id]
        about = [
            score_words(score, say),
            range_words(score, say),
            domain_band_words(checklist, score, say),
            coverage_words(score, say),
        ]
        story.append(_text(domain.title[say.language], HEADING))
        story.append(_text(" · ".join(part for part in about if part), QUIET))
        story.append(_items(say, checklist, [s for s in of_domain(states, domain.id) if s.counts and s.status]))
    story.append(_text(say("report.not_applicable"), SECTION))
    story.append(_items(say, checklist, [s for s in states if not s.counts]))
    return [part for part in story if part is not None]


def _items(say: Wording, checklist: Checklist, states: Sequence[ItemState]) -> Table | None:
    rows = []
    for state in states:
        answer, item = state.answer, state.item
        what = [_text(f"{item.ref} · {item.title[say.language]}", STRONG)]
        if answer.reason:
            what.append(_text(say("report.reason", text=answer.reason), SMALL))
        if answer.note:
            what.append(_text(say("report.note", text=answer.note), SMALL))
        when = say.short_date(answer.answered_at.date()) if answer.answered_at else ""
        label = _text(f"{status_label(checklist, state.status, say)} · {when}", SMALL_STRONG)
        rows.append([_Sign(disc=True), what, label])
    return Table(rows, colWidths=[20, ACROSS - 152, 132], style=LIST) if rows else None


def _profile(say: Wording, checklist: Checklist, assessment: Assessment) -> list[Flowable]:
    chosen = known_choices(checklist, assessment.profile)
    rows = [
        _heads(say, "question", "answer"),
        [_text(say("report.organisation"), SMALL), _text(assessment.organisation, SMALL)],
        [_text(say("report.who"), SMALL), _text(assessment.prepared_by, SMALL)],
    ]
    for question in checklist.profile:
        labels = {option.id: option.label[say.language] for option in question.options}
        words = "; ".join(labels[id] for id in chosen.get(question.id, ())) or say("report.no_answer")
        rows.append([_text(question.question[say.language], SMALL), _text(words, SMALL)])
    return [_text(say("report.profile"), SECTION), Table(rows, colWidths=[322, ACROSS - 322], style=GRID)]


def _about(say: Wording, checklist: Checklist) -> list[Flowable]:
    contact = checklist.contact
    return [
        _text(say("report.about"), SECTION),
        _text(say("report.contact"), SMALL_STRONG),
        _text(plan_content.contact(checklist, say), SMALL),
        *([_text(contact.note[say.language], SMALL)] if contact.note else []),
        _text(checklist.disclaimer[say.language], SMALL),
        _text(say("report.not_covered"), SMALL_STRONG),
        *(_bullet(text[say.language]) for text in checklist.not_covered),
        _text(say("report.version", id=checklist.id, version=checklist.version), QUIET),
        _text(say("report.attachment"), QUIET),
    ]


def _heads(say: Wording, *names: str) -> list[Paragraph]:
    return [_text(say(f"report.{name}"), SMALL_STRONG) for name in names]


def _text(text: str, style: ParagraphStyle) -> Paragraph:
    return Paragraph(escape(text).replace("\n", "<br/>"), style)


def _bullet(text: str) -> Paragraph:
    return Paragraph(escape(text), BULLET, bulletText="–")

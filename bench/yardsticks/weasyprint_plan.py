"""A yardstick of the PDF: the same action plan in HTML, printed by WeasyPrint, tagged, as PDF/A-3a."""

from __future__ import annotations

from base64 import b64encode
from datetime import date
from functools import cache
from html import escape

from weasyprint import CSS, HTML, Attachment
from weasyprint.text.fonts import FontConfiguration

from bench.yardsticks.plan_content import Block, Said, blocks, contact
from devtools.server import ROOT
from pensebete.assessment import dossier_file
from pensebete.assessment.model import Assessment
from pensebete.checklist.model import Checklist
from pensebete.text.wording import wording

_FONTS = ROOT / "pensebete" / "pdf" / "fonts"
_STYLE = f"""
@font-face {{ font-family: "Noto Sans"; src: url("{(_FONTS / "NotoSans-Regular.ttf").as_uri()}") }}
@font-face {{ font-family: "Noto Sans"; font-weight: bold; src: url("{(_FONTS / "NotoSans-Bold.ttf").as_uri()}") }}
@page {{ size: letter; margin: 72pt 58pt 68pt;
  @top-left {{ content: string(title); font: 9pt "Noto Sans"; color: #566268 }}
  @bottom-left {{ content: string(contact); font: 9pt "Noto Sans"; color: #566268 }}
  @bottom-right {{ content: counter(page) " / " counter(pages); font: 9pt "Noto Sans"; color: #566268 }} }}
html {{ font: 10pt/1.4 "Noto Sans"; color: #1f2a2e }}
body {{ string-set: title attr(data-title), contact attr(data-contact) }}
p, h1, h2, h3, ul {{ margin: 0 0 4pt }}
h1 {{ font-size: 22pt }}
h2 {{ font-size: 16pt; color: #0f5c6e; margin-top: 20pt }}
h3 {{ font-size: 12pt; margin-top: 14pt }}
.figure {{ font-size: 36pt; font-weight: bold; color: #0f5c6e }}
.label {{ font-size: 9pt; font-weight: bold; color: #0f5c6e }}
.strong {{ font-weight: bold; font-size: 9pt }} .small {{ font-size: 9pt }} .quiet {{ font-size: 9pt; color: #566268 }}
.break {{ break-before: page }}
table {{ width: 100%; border-collapse: collapse; table-layout: fixed }}
th {{ text-align: left; background: #eef2f3 }}
td, th {{ vertical-align: top; border-bottom: .6pt solid #c9d0d3; padding: 3pt }}
.box {{ display: inline-block; width: 8pt; height: 8pt; border: .6pt solid #566268 }}
"""


def weasyprint_plan(checklist: Checklist, assessment: Assessment, language: str, today: date) -> bytes:
    say = wording(language)
    title = say("report.document_title", organisation=assessment.organisation)
    body = "".join(map(_html, blocks(checklist, assessment, say, today)))
    page = (
        f'<html lang="{language}-CA"><head><title>{escape(title)}</title>'
        f'<meta name="author" content="{escape(assessment.prepared_by)}"></head>'
        f'<body data-title="{escape(title)}" data-contact="{escape(contact(checklist, say))}">{body}</body></html>'
    )
    attached = Attachment(
        string=dossier_file.dump(assessment).decode(),
        name=dossier_file.ATTACHMENT,
        description=say("report.attachment_name"),
        relationship="Source",
    )
    style, fonts = _style()
    made: bytes = HTML(string=page).write_pdf(
        stylesheets=[style], font_config=fonts, pdf_variant="pdf/a-3a", pdf_tags=True, attachments=[attached]
    )
    return made


@cache
def _style() -> tuple[CSS, FontConfiguration]:
    """Read once: nothing else is kept between two documents."""
    fonts = FontConfiguration()
    return CSS(string=_STYLE, font_config=fonts), fonts


def _html(block: Block) -> str:
    if block.kind == "break":
        return '<div class="break"></div>'
    if block.kind == "bullets":
        return "<ul>" + "".join(f"<li>{_said(row[0])}</li>" for row in block.rows) + "</ul>"
    if block.kind == "figure":
        data = b64encode(block.svg.encode()).decode()
        return f'<p><img alt="{escape(block.text)}" src="data:image/svg+xml;base64,{data}"></p>'
    if block.kind == "table":
        columns = "".join(f'<col style="width: {width}%">' for width in block.widths)
        head = "".join(f'<th scope="col">{_said(cell)}</th>' for cell in block.rows[0])
        rows = "".join("<tr>" + "".join(f"<td>{_said(c)}</td>" for c in row) + "</tr>" for row in block.rows[1:])
        return f"<table><colgroup>{columns}</colgroup><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    return f'<{block.kind} class="{block.style}">{escape(block.text)}</{block.kind}>'


def _said(cell: list[Said] | tuple[Said, ...]) -> str:
    return "".join(f'<div class="{style}">{escape(text)}</div>' for style, text in cell)

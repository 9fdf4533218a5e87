"""The commands about a dossier: score, plan, pdf, export, extract, review."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from pensebete.assessment import dossier_file
from pensebete.assessment.review import file as review_file
from pensebete.assessment.review.model import Review
from pensebete.checklist.loading import load
from pensebete.cli.arguments import AddCommand, Arguments, WrongUseError
from pensebete.cli.day import today_of, zone_of
from pensebete.cli.files import reason, write_whole
from pensebete.cli.open_dossier import dossier_in_file, found_in_file, not_known, opened_dossier
from pensebete.cli.output import print_json, refuse
from pensebete.evaluation.action_text import action_text
from pensebete.evaluation.evaluation import Evaluation
from pensebete.evaluation.score_json import score_as_json
from pensebete.export.build import FORMATS, SHEETS, NoDueDateError, export
from pensebete.export.file_name import Kind, file_name
from pensebete.pdf.edition import EDITION_NAMES, PAPER_NAMES, Edition, EditionName
from pensebete.text.wording import LANGUAGES, Wording, wording


def add_dossier_commands(command: AddCommand, _say: Wording) -> tuple[Arguments, ...]:
    score, plan, pdf = command("score", _score), command("plan", _plan), command("pdf", _pdf)
    export, extract, review = command("export", _export), command("extract", _extract), command("review", _review)
    for each in (score, plan, export):
        each.take("dossier", type=Path, metavar="dossier")
    pdf.take("dossiers", type=Path, nargs="*", metavar="dossier")
    pdf.take("--edition", choices=EDITION_NAMES)
    pdf.take("--blank", action="store_true")
    pdf.take("--paper", choices=PAPER_NAMES, default="letter")
    pdf.take("--without-notes", action="store_true")
    pdf.take("--without-not-applicable", action="store_true")
    pdf.take("--without-contact", action="store_true")
    pdf.take("--with-contact", action="store_true")
    export.take("--to", choices=tuple(FORMATS), required=True)
    export.take("--sheet", choices=SHEETS)
    for each in (pdf, export):
        each.take("-o", "--output", type=Path, required=True, metavar="file")
    for each in (extract, review):
        each.take("pdf_file", type=Path, metavar="pdf")
    return score, plan, pdf, export, extract, review


def _score(call: Namespace) -> int:
    evaluation = _open(call)
    result = evaluation.readiness
    assessment = evaluation.assessment
    days = sorted(state.answered_on for state in evaluation.item_states if state.status and state.answered_on)
    print_json(
        {
            "id": str(assessment.id) if assessment.id else None,
            "organisation": assessment.organisation,
            "answered_on": {
                "from": days[0].isoformat() if days else None,
                "to": days[-1].isoformat() if days else None,
            },
            "overall": score_as_json(result.overall),
            "domains": {id: score_as_json(score) for id, score in result.domains.items()},
        }
    )
    return 0


def _plan(call: Namespace) -> int:
    evaluation = _open(call)
    say = wording(call.lang or evaluation.assessment.language)
    print_json(
        [
            {
                "item": action.item.id if action.item else None,
                "action": action.id,
                "kind": action.kind,
                "text": action_text(action, say),
                "priority": action.priority,
                "owner": action.owner,
                "due": action.due.isoformat() if action.due else None,
                "comment": action.comment,
                "set_aside": action.set_aside,
                "quick_win": action.quick_win,
                "state": action.state,
                "late": action.late,
            }
            for action in evaluation.plan
        ]
    )
    return 0


def _pdf(call: Namespace) -> int:
    # Imported here: reading the fonts would slow every other call down.
    from pensebete.pdf.build import blank_checklist_pdf, edition_pdf

    edition = _edition(call)
    if (edition.name == "blank") == bool(call.dossiers):
        raise WrongUseError(wording(call.lang or LANGUAGES[0])("cli.dossier_or_blank"))
    if len(call.dossiers) > 1 or (call.dossiers and call.output.is_dir()):
        return _pdfs(call, edition)
    if edition.name == "blank":
        made = blank_checklist_pdf(load(call.checklist), call.lang or LANGUAGES[0], today_of(call), edition.paper)
    else:
        call.dossier = call.dossiers[0]
        evaluation, review = _open_with_review(call)
        made = edition_pdf(edition, evaluation, call.lang or evaluation.assessment.language, review)
    return _hand_out(call, made)


def _edition(call: Namespace) -> Edition:
    """The edition asked for; `--blank` is short for `--edition blank`."""
    say = wording(call.lang or LANGUAGES[0])
    name: EditionName = call.edition or ("blank" if call.blank else "full")
    if call.blank and name != "blank":
        raise WrongUseError(say("cli.blank_and_edition", edition=name))
    if name != "full" and (call.without_notes or call.without_not_applicable or call.without_contact):
        raise WrongUseError(say("cli.without_of_full", edition=name))
    if name not in ("board", "lender") and call.with_contact:
        raise WrongUseError(say("cli.with_contact_of_others", edition=name))
    contact = True if call.with_contact else False if call.without_contact else None
    return Edition(name, call.paper, not call.without_notes, not call.without_not_applicable, contact)


def _pdfs(call: Namespace, edition: Edition) -> int:
    """A folder of plans; each dossier that has something wrong is named, with what."""
    from pensebete.cli.batch_pdf import CallDay, print_all

    say = wording(call.lang or LANGUAGES[0])
    checklist = load(call.checklist)
    try:
        call.output.mkdir(exist_ok=True)
    except OSError as error:
        raise WrongUseError(say("cli.not_written", file=call.output, reason=reason(error, say))) from None
    zone_of(call)  # a wrong one of the server is said once, and not of each dossier
    day, code = CallDay(call.today, call.timezone), 0
    for printed in print_all(checklist, call.dossiers, call.output, edition, call.lang, day):
        refuse(0, *(say("cli.of_dossier", file=printed.dossier, said=said) for said in printed.said))
        code = max(code, printed.code)
    return code


def _export(call: Namespace) -> int:
    if call.sheet and call.to != "csv":
        raise WrongUseError(wording(call.lang or LANGUAGES[0])("cli.sheet_of_csv"))
    evaluation = _open(call)
    language = call.lang or evaluation.assessment.language
    try:
        made = export(call.to, evaluation, language, call.sheet or "plan")
    except NoDueDateError:
        return refuse(1, wording(language)("export.no_due_date"))
    if call.output.is_dir():
        say = wording(language, evaluation.checklist.languages)
        kind: Kind = "reminder" if call.to == "reminder" else call.sheet or "plan"
        call.output /= file_name(kind, FORMATS[call.to].extension, evaluation.today, say, evaluation.assessment)
    return _hand_out(call, made)


def _hand_out(call: Namespace, made: bytes) -> int:
    try:
        write_whole(call.output, made)
    except OSError as error:
        say = wording(call.lang or LANGUAGES[0])
        raise WrongUseError(say("cli.not_written", file=call.output, reason=reason(error, say))) from None
    return 0


def _extract(call: Namespace) -> int:
    checklist = load(call.checklist)
    assessment, said = dossier_in_file(call.pdf_file, _pdf_content(call), checklist, call.lang)
    say = wording(call.lang or assessment.language)
    refuse(0, *said, *not_known(checklist, assessment, say))
    sys.stdout.buffer.write(dossier_file.dump(assessment) + b"\n")
    return 0


def _review(call: Namespace) -> int:
    """The remarks, as they were written."""
    found, said = found_in_file(call.pdf_file, _pdf_content(call), load(call.checklist), call.lang)
    if found.review:
        refuse(0, *said)
        sys.stdout.buffer.write(review_file.dump(found.review) + b"\n")
        return 0
    say = wording(call.lang or found.assessment.language)
    why = any(note.id.startswith("review.") for note in found.notes)
    return refuse(1, *said, *([] if why else [say("cli.no_remark")]))


def _pdf_content(call: Namespace) -> bytes:
    content = dossier_file.content_of(call.pdf_file)
    if dossier_file.is_json(content):
        raise dossier_file.DossierError(dossier_file.Problem("not_pdf"))
    return content


def _open(call: Namespace) -> Evaluation:
    return _open_with_review(call)[0]


def _open_with_review(call: Namespace) -> tuple[Evaluation, Review | None]:
    """What follows from the checklist and the dossier of a call, ids renamed since carried to their new names; and what
    was remarked of it.

    Those ids, and the ones that the checklist does not know, are named on standard error.
    """
    checklist, content = load(call.checklist), dossier_file.content_of(call.dossier)
    assessment, review, said = opened_dossier(call.dossier, content, checklist, call.lang)
    refuse(0, *said)
    zone = assessment.timezone
    return Evaluation(checklist, assessment, today_of(call, zone), zone_of(call, zone)), review

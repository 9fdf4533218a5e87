"""Plans as they arrive: each way made by the program by which it happens in life, once, when it is first asked for."""

from __future__ import annotations

import gzip
import subprocess
import zipfile
from collections.abc import Callable
from email.message import EmailMessage, MIMEPart
from email.policy import SMTP
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pikepdf

from pensebete.assessment import dossier_file
from pensebete.assessment.model import Assessment
from pensebete.pdf.build import call_sheets_pdf, edition_pdf
from pensebete.pdf.edition import Edition
from pensebete.text.wording import wording
from tests.builders import CHECKLIST, ROOT, evaluate
from tests.call_sheets import sheets
from tests.portfolio_files import READ_ON, dossiers

COMPLETE = Edition()
CASES = ROOT / "tests" / "fixtures" / "cases"


def of(name: str) -> Assessment:
    [file] = CASES.glob(f"{name}-*.json")
    return dossier_file.read(file.read_bytes(), CHECKLIST)


@cache
def plan(name: str = "01", edition: Edition = COMPLETE, language: str = "fr") -> bytes:
    """The PDF of one of the cases, as the program gives it."""
    return edition_pdf(edition, evaluate(CHECKLIST, of(name)), language)


def carried(name: str = "01") -> bytes:
    return dossier_file.dump(of(name))


def by(*command: str, **files: bytes) -> bytes:
    """What a program writes to `out.pdf`, beside files of these names."""
    with TemporaryDirectory() as folder:
        for name, content in {"a": plan(), "b": plan("02"), **files}.items():
            (Path(folder) / f"{name}.pdf").write_bytes(content)
        for name, text in _SCRIPTS.items():
            (Path(folder) / name).write_text(text, encoding="utf-8")
        done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
        out = Path(folder) / "out.pdf"
        assert out.exists(), done.stderr.decode()
        return out.read_bytes()


@cache
def made(make: Callable[[], bytes]) -> bytes:
    """What a way of making gives, once: programs take their time."""
    return make()


@cache
def call_sheets() -> bytes:
    return call_sheets_pdf(sheets(dossiers(3)), wording("fr"), READ_ON.date())


def qpdf(*options: str) -> Callable[[], bytes]:
    return lambda: by("qpdf", "--allow-weak-crypto", *options, "a.pdf", "out.pdf")


def ghostscript(device: str, *files: str) -> Callable[[], bytes]:
    return lambda: by("gs", "-q", "-dBATCH", "-dNOPAUSE", f"-sDEVICE={device}", "-r50", "-sOutputFile=out.pdf", *files)


# Each comment in the file by what is added after the file's end; the rest stays as it was, byte for byte.
_SCRIPTS = {
    "comment.js": """
        var doc = PDFDocument.openDocument ? PDFDocument.openDocument("a.pdf") : new PDFDocument("a.pdf");
        function add(page, kind, text, author) {
            var one = page.createAnnotation(kind);
            if (kind == "Highlight") one.setQuadPoints([[50, 50, 150, 50, 50, 60, 150, 60]]);
            else one.setRect([50, 50, 150, 100]);
            one.setContents(text);
            if (author) one.setAuthor(author);
            one.update();
        }
        var second = doc.loadPage(1), first = doc.loadPage(0);
        add(second, "Text", "Et la paie du 15 ? <b>**Vite**</b>", "Marie Tremblay");
        add(second, "FreeText", "à revoir", "");
        add(first, "Highlight", "", "Luc");
        doc.save("out.pdf", "incremental");
    """
}


def edited(change: Callable[[pikepdf.Pdf], object], *, name: str = "01", **saved: object) -> bytes:
    """What pikepdf writes after a change."""
    made = BytesIO()
    with pikepdf.open(BytesIO(plan(name))) as pdf:
        change(pdf)
        pdf.save(made, **saved)  # type: ignore[arg-type]
    return made.getvalue()


def renamed_attachment(pdf: pikepdf.Pdf) -> None:
    content = pdf.attachments["dossier.json"].get_file().read_bytes()
    del pdf.attachments["dossier.json"]
    pdf.attachments["ATT00001.bin"] = pikepdf.AttachedFileSpec(pdf, content, filename="ATT00001.bin")
    pdf.Root.AF = pikepdf.Array()


def only_associated(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Names


def pinned_to_a_page(pdf: pikepdf.Pdf) -> None:
    specification = pdf.attachments["dossier.json"].obj
    pdf.pages[1].Annots = pikepdf.Array(
        [
            pdf.make_indirect(
                pikepdf.Dictionary(
                    Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FileAttachment, FS=specification, Rect=[0, 0, 9, 9]
                )
            )
        ]
    )
    del pdf.Root.Names
    del pdf.Root.AF


def with_second(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["copie.json"] = pikepdf.AttachedFileSpec(pdf, carried("02"), filename="copie.json")


def with_same_again(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["copie.json"] = pikepdf.AttachedFileSpec(pdf, carried(), filename="copie.json")


def with_review(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["revue.json"] = pikepdf.AttachedFileSpec(pdf, REVIEW, filename="revue.json")


def with_plan_inside(pdf: pikepdf.Pdf) -> None:
    del pdf.attachments["dossier.json"]
    pdf.Root.AF = pikepdf.Array()
    pdf.attachments["plan.pdf"] = pikepdf.AttachedFileSpec(pdf, plan("02"), filename="plan.pdf")


def talked_over(pdf: pikepdf.Pdf) -> None:
    """A comment, its window, the answer to it, and what a reader writes of its own accord."""
    comment = pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Underline, Rect=[0, 0, 9, 9], T="Ève", Contents="Qui ?"
        )
    )
    others = [
        {"Subtype": pikepdf.Name.Popup, "Parent": comment, "Contents": "no"},
        {"Subtype": pikepdf.Name.Text, "IRT": comment, "T": "Jo", "RC": "<body><p>Moi,\rlundi</p></body>"},
        {"Subtype": pikepdf.Name.Text, "IRT": comment, "StateModel": "Review", "Contents": "Accepted set by Ève"},
        {"Subtype": pikepdf.Name.Link, "Contents": "no"},
    ]
    made = [pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Annot, Rect=[0, 0, 9, 9], **one)) for one in others]
    pdf.pages[2].Annots = pikepdf.Array([comment, *made])


# As another program may have written it: it comes as it is.
REVIEW = f'{{"format": "pensebete-review", "format_version": 1, "dossier": "{of("01").id}", "remarks": []}}'.encode()
LETTER = "Bonjour, voici notre plan. %PDF-1.7 ne veut rien dire.\r\n"


def letter(*attached: tuple[str, bytes], encoding: str = "base64", text: str = LETTER) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["From"] = "Coop du Fleuve <coop@example.org>"
    message["To"] = "pole@example.org"
    message["Subject"] = "Notre plan d’action, révisé"
    message.set_content(text)
    for name, content in attached:
        part = MIMEPart(policy=SMTP)
        part.set_content(content, "application", "octet-stream", cte=encoding, filename=name, disposition="attachment")
        message.make_mixed() if message.get_content_type() != "multipart/mixed" else None
        message.attach(part)
    return message


def forwarded() -> bytes:
    """A letter that forwards another one whole, below a picture of its own."""
    outer = letter(text="Voir plus bas.\r\n")
    outer.add_attachment(b"\x89PNG\r\n\x1a\n", "image", "png", filename="logo.png", disposition="inline")
    outer.add_attachment(letter(("plan d’action.pdf", plan())))
    return outer.as_bytes()


def packed() -> bytes:
    return by("qpdf", "--object-streams=generate", "a.pdf", "out.pdf")


def zipped(*files: tuple[str, bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", packing) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return made.getvalue()


# Whatever happened, the dossier of the first case is in it, and nothing is to be said.
OPEN: dict[str, Callable[[], bytes]] = {
    "as it was given": plan,
    "its JSON": carried,
    "linearized": qpdf("--linearize"),
    "its objects packed": qpdf("--object-streams=generate", "--recompress-flate"),
    "its objects unpacked": qpdf("--qdf"),
    "without a user password, RC4 of 40 bits": qpdf("--encrypt", "", "owner", "40", "--"),
    "without a user password, RC4": qpdf("--encrypt", "", "owner", "128", "--use-aes=n", "--"),
    "without a user password, AES-128": qpdf("--encrypt", "", "owner", "128", "--use-aes=y", "--"),
    "without a user password, AES-256": qpdf("--encrypt", "", "owner", "256", "--"),
    "permissions set": qpdf("--encrypt", "", "owner", "256", "--print=none", "--modify=none", "--extract=n", "--"),
    "written anew by pikepdf": lambda: edited(lambda pdf: None),
    "encrypted by pikepdf": lambda: edited(lambda pdf: None, encryption=pikepdf.Encryption(owner="owner", R=6)),
    "written anew by ghostscript": ghostscript("pdfwrite", "a.pdf"),
    "written anew by mutool": lambda: by("mutool", "clean", "-ggggz", "a.pdf", "out.pdf"),
    "written anew by poppler": lambda: by("pdfunite", "a.pdf", "out.pdf"),
    "one page of it": lambda: by("pdfseparate", "-f", "1", "-l", "1", "a.pdf", "out.pdf"),
    "its attachment renamed": lambda: edited(renamed_attachment),
    "its attachment only associated": lambda: edited(only_associated),
    "its attachment twice": lambda: edited(with_same_again),
    "in a letter's raw bytes": lambda: b"From: a@b.ca\r\nTo: c@d.ca\r\n\r\n" + b"x" * 4000 + plan() + b"y\r\n" * 2000,
    "its objects packed, after a letter": lambda: b"From: a@b.ca\r\nTo: c@d.ca\r\n\r\n" + b"x" * 4000 + packed(),
    "below what a server said": lambda: b"HTTP/1.1 200 OK\r\n\r\n\r\n" + plan() + b"\r\n--0--\r\n",
    "gzip": lambda: gzip.compress(plan()),
    "gzip of a zip": lambda: gzip.compress(zipped(("plan.pdf", plan()))),
    "a zip": lambda: zipped(("__MACOSX/._plan.pdf", b"\0\5\x16\7"), ("Plans/", b""), ("Plans/plan.pdf", plan())),
    "a zip, stored": lambda: zipped(("plan.pdf", plan()), packing=zipfile.ZIP_STORED),
    "a zip, lzma": lambda: zipped(("plan.pdf", plan()), packing=zipfile.ZIP_LZMA),
    "a letter, base64": lambda: letter(("plan.pdf", plan())).as_bytes(),
    "a letter, quoted-printable": lambda: letter(("plan.bin", plan()), encoding="quoted-printable").as_bytes(),
    "a letter with its JSON": lambda: letter(("dossier.json", carried())).as_bytes(),
    "a letter that was forwarded": forwarded,
    "a letter in a zip": lambda: zipped(("courriel.eml", letter(("plan.pdf", plan())).as_bytes())),
}  # fmt: skip

# Nothing opens, and each is named for what it is.
REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "a real password": (qpdf("--encrypt", "secret", "owner", "256", "--"), "pdf.password"),
    "a real password, RC4": (qpdf("--encrypt", "secret", "owner", "40", "--"), "pdf.password"),
    "printed by cairo": (lambda: by("pdftocairo", "-pdf", "a.pdf", "out.pdf"), "pdf.lost"),
    "merged by mutool": (lambda: by("mutool", "merge", "-o", "out.pdf", "a.pdf", "b.pdf"), "pdf.lost"),
    "merged by qpdf": (
        lambda: by("qpdf", "--empty", "--pages", "a.pdf", "b.pdf", "--", "out.pdf"),
        "pdf.lost",
    ),
    "a page of it": (
        lambda: by("qpdf", "--empty", "--pages", "a.pdf", "2", "--", "out.pdf"),
        "pdf.lost",
    ),
    "printed as pictures": (ghostscript("pdfimage8", "a.pdf"), "pdf.images"),
    "the page for the board": (lambda: plan("01", Edition("board")), "pdf.board"),
    "the page for the board, in English": (lambda: plan("07", Edition("board"), "en"), "pdf.board"),
    "the summary for a lender": (lambda: plan("01", Edition("lender")), "pdf.lender"),
    "the blank list": (lambda: plan("01", Edition("blank")), "pdf.blank"),
    "the blank list, printed": (
        lambda: by("pdftocairo", "-pdf", "a.pdf", "out.pdf", a=plan("01", Edition("blank"))),
        "pdf.blank",
    ),
    "call sheets": (call_sheets, "pdf.sheet"),
    "call sheets, printed": (
        lambda: by("pdftocairo", "-pdf", "a.pdf", "out.pdf", a=call_sheets()),
        "pdf.sheet",
    ),
    "the plan without notes": (lambda: plan("01", Edition(notes=False)), "pdf.partial"),
    "somebody else's PDF": (lambda: by("qpdf", "--empty", "out.pdf"), "nothing_attached"),
    "a PDF cut short": (lambda: plan()[: len(plan()) // 2], "broken_pdf"),
}

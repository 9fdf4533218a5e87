"""What is said of a file that was handed in: why it is refused, and what somebody wrote on it."""

from __future__ import annotations

from collections.abc import Sequence

from pensebete.assessment.pdf_file import Comment
from pensebete.desk.intake import Refused
from pensebete.text.wording import Wording


def refused_lines(refused: Sequence[Refused], name: str, say: Wording) -> list[str]:
    """A line for each reason; what lies in a file is named, and the file of that name itself is not."""
    lines = []
    for one in refused:
        inside = one.file.removeprefix(f"{name}/") if one.file != name else ""
        said = (problem.sentence(say) for problem in one.problems)
        lines += [say("dossier.of_file", file=inside, said=sentence) if inside else sentence for sentence in said]
    return lines


def comment_lines(comments: Sequence[Comment], say: Wording) -> list[str]:
    """How many, then each with its page and its author; nothing where there is none."""
    if not comments:
        return []
    return [say("dossier.comments", len(comments)), *(comment_text(comment, say) for comment in comments)]


def comment_text(comment: Comment, say: Wording) -> str:
    author = comment.author or say("dossier.comment.nobody")
    text = " ".join(comment.text.split())
    if not text:
        return say("dossier.comment.mark", page=comment.page, author=author)
    return say("dossier.comment", page=comment.page, author=author, text=text)

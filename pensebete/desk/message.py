"""The few words that go with a PDF that is sent back: in the language of the dossier, and nothing private in them."""

from __future__ import annotations

from pensebete.assessment.model import Assessment
from pensebete.assessment.review.model import Author, Review
from pensebete.assessment.review.standing import asked, still_open
from pensebete.evaluation.review_text import author_words
from pensebete.text.wording import Wording


def message_words(review: Review, assessment: Assessment, author: Author, address: str, say: Wording) -> str:
    """How many remarks wait, whoever made them, how to open the PDF, what to do then.

    `review` is as carried, `address` of the app.
    """
    waiting = len(still_open(review.remarks, assessment))
    remarked = any(remark.author == author for remark in asked(review.remarks))
    how = "remarks.message.how" if waiting else "remarks.message.how_seen"
    parts = [
        say("remarks.message.greeting"),
        _what_waits(waiting, remarked, say),
        say(how, address=address, resume=say("resume.title")),
        say("remarks.message.decide") if waiting else "",
        say("remarks.message.thanks"),
    ]
    name = author_words(author, say) if author.name.strip() else ""
    return "\n\n".join(part for part in parts if part) + (f"\n{name}" if name else "")


def _what_waits(waiting: int, remarked: bool, say: Wording) -> str:
    if waiting:
        return say("remarks.message.remarks", n=waiting)
    return say("remarks.message.none_waits" if remarked else "remarks.message.seen")

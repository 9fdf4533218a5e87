"""Two doors on the first page: what cannot wait, and all of it; what is asked and told by each."""

from __future__ import annotations

from pensebete.checklist.loading import load, published_path

CHECKLIST = load(published_path())
ESSENTIALS = [item for item in CHECKLIST.items.values() if CHECKLIST.readiness.essential.match(item)]
SHORT, WHOLE = "4 minutes\u00a0: ce qui ne peut pas attendre", "12 minutes\u00a0: tout"


def enter(visit, door):
    """Through a door, by the words that it begins with."""
    button = next(one for one in visit.app.button if one.label.startswith(f"**{door}"))
    button.click().run()
    return visit


def asked(visit):
    return [radio.key.split(".")[1] for radio in visit.app.radio if radio.key.startswith("status.")]


def answer_essentials(visit, status="done"):
    enter(visit, SHORT)
    for item in ESSENTIALS:
        visit.set("radio", f"status.{item.id}", status)
    return visit


def test_results(visit):
    answer_essentials(visit).open("results")
    print(visit.texts())
    visit.open("action_plan")
    print(visit.texts())

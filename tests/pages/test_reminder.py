"""« Revoir mon plan dans 3 semaines » on the plan's page, without a browser."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest


def _alone() -> None:
    """A page of nothing else."""
    from pensebete.web import session
    from pensebete.web.server.live import look
    from pensebete.web.views.action_plan.reminder import reminder

    serving = look().serving
    assert serving
    session.begin(serving, "fr")
    reminder(session.evaluation())


def test_the_button_says_when_and_gives_a_file_that_says_nothing_of_whose_plan_it_is():
    app = AppTest.from_function(_alone, default_timeout=120).run()
    assert not app.exception
    (button,) = app.button
    assert button.label == "Revoir mon plan dans 3 semaines"
    assert app.caption[0].value.startswith("Un rappel pour votre calendrier")
    button.click().run()
    assert not app.exception
    assert "rappel-plan_" in app.caption[0].value.replace("\\", "")

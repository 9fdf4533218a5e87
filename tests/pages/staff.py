"""A visit whose browser has given the key of the staff, without a browser."""

from __future__ import annotations

from pensebete.web.server.staff_cookie import new_pass, written
from tests.pages.visit import Visit


def as_staff(visit: Visit) -> Visit:
    """As the page hands over the pass that came back for the key. PENSEBETE_STAFF_KEY has to be set."""
    visit.app.session_state["staff_pass"] = written(new_pass())
    visit.app.run()
    return visit

"""A visit without a browser: Streamlit's own AppTest runs the router."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

from streamlit.testing.v1 import AppTest

from pensebete.assessment.model import Assessment
from pensebete.text.wording import wording

ROUTER = Path(__file__).parents[2] / "pensebete" / "web" / "router.py"


class Visit:
    """One visit. Widgets are found by what a visitor reads, in the language of the moment."""

    def __init__(self, router: Path = ROUTER) -> None:
        self.app = AppTest.from_file(router, default_timeout=120).run()
        self._sound()

    @property
    def assessment(self) -> Assessment:
        found: Assessment = self.app.session_state["assessment"]
        return found

    def say(self, id: str, n: int | None = None, **values: object) -> str:
        return wording(self.assessment.language)(id, n, **values)

    def press(self, label: str) -> Visit:
        found = [button for button in self.app.button if button.label.replace("\\", "").replace("*", "") == label]
        assert found, f"no button {label!r} among {[button.label for button in self.app.button]}"
        found[0].click().run()
        return self._sound()

    def open(self, page: str) -> Visit:
        self.app.switch_page(f"../../pages/{page}.py").run()
        return self._sound()

    def widget(self, kind: str, name: str):  # type: ignore[no-untyped-def]  # whatever AppTest has of that kind
        """The widget of that kind whose key begins with a name, such as `status.cash-forecast`."""
        found = [one for one in getattr(self.app, kind) if (one.key or "").startswith(f"{name}.")]
        assert found, f"no {kind} {name!r} among {[one.key for one in getattr(self.app, kind)]}"
        return found[0]

    def set(self, kind: str, name: str, value: object) -> Visit:
        self.widget(kind, name).set_value(value).run()
        return self._sound()

    def open_note(self, item: str) -> Visit:
        """Unfold the note of a card: its field is made only then."""
        return self.unfold(f"note_opened.{item}")

    def unfold(self, *names: str) -> Visit:
        edition, language = self.app.session_state["edition"], self.assessment.language
        for name in names:
            self.app.session_state[f"{name}.{edition}.{language}"] = True
        self.app.run()
        return self._sound()

    def texts(self) -> str:
        """Everything that stands on the page as text, as a reader sees it: without the escapes."""
        kinds = ("title", "header", "subheader", "markdown", "caption", "info", "warning", "error", "success", "text")
        found = "\n".join(str(element.value) for kind in kinds for element in getattr(self.app, kind)).replace("\\", "")
        own = "\n".join(re.sub(r"<[^>]+>", " ", element.proto.body) for element in self.app.get("html"))
        return f"{found}\n{unescape(own)}"

    def _sound(self) -> Visit:
        assert not self.app.exception, self.app.exception
        return self

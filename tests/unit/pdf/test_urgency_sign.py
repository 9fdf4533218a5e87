"""The signs of urgency on paper: one shape and one colour each, those of the screen."""

from __future__ import annotations

from typing import Any, get_args

from pensebete.evaluation.urgency import Urgency
from pensebete.pdf.layout.symbols import urgency_sign


class Drawn:
    """Notes down what is asked of it in place of drawing."""

    def __init__(self) -> None:
        self.shapes: list[str] = []
        self.colours: set[str] = set()

    def __getattr__(self, name: str) -> Any:
        def note(*said: Any, **_how: Any) -> None:
            if name.endswith("color"):
                self.colours.update(said)
            elif name != "set_line_width":
                self.shapes.append(name)

        return note


def test_each_urgency_has_a_shape_and_a_colour_of_its_own():
    shapes, colours = [], set()
    for urgency in get_args(Urgency):
        drawn = Drawn()
        urgency_sign(drawn, urgency, 0, 0)  # type: ignore[arg-type]
        shapes += drawn.shapes
        colours |= drawn.colours
    assert len(shapes) == len(set(shapes)) == len(colours) == 4

"""What a component of ours is given reaches it, and no library of tables is imported to find out what it is."""

from __future__ import annotations

import subprocess
import sys

LOOK = """
import json, sys
from streamlit.components.v2.bidi_component.serialization import serialize_mixed_data
from streamlit.proto.BidiComponent_pb2 import BidiComponent
from pensebete.web.server.no_tables import give_no_tables

give_no_tables()
give_no_tables()
told = BidiComponent()
data = {"words": {"one": "un"}, "orders": [{"a": 1}], "n": 3, "nothing": None, "said": True}
serialize_mixed_data(data, told)
assert json.loads(told.json) == data
print(sorted({"pandas", "numpy", "pyarrow"} & sys.modules.keys()))
"""


def test_a_component_is_told_dictionaries_and_lists_without_the_libraries_of_tables():
    seen = subprocess.run([sys.executable, "-c", LOOK], capture_output=True, text=True, check=True)
    assert seen.stdout == "[]\n"

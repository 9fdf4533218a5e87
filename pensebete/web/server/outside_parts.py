"""What a part of a page draws outside itself.

The framework draws a part (`st.fragment`) anew, and takes from the page what that part drew in its run before and does
not draw again; what stands elsewhere on the page too, in a block of the part's own. A card would have to send the
whole page's counts again with each answer. Here what it draws elsewhere is the page's: it stays until it is drawn anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.script_run_context import ThreadState


@contextmanager
def outside_parts() -> Iterator[None]:
    """What is drawn inside is drawn as by the whole page, though a part of it runs; only in a slot of the page's."""
    if get_script_run_ctx(suppress_warning=True) is None:
        yield
        return
    with ThreadState.scoped(fragment_id=None):
        yield

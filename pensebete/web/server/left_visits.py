"""A visit whose line fell is kept for a while, to go on with; of those that hold much, only the last few.

The framework keeps 128 of them for two minutes, whatever they weigh. A visit to the workshop holds a draft and what the
browser last sent of it, one to the desk many dossiers: megabytes, where any other holds thousands of bytes.
"""

from __future__ import annotations

from streamlit.runtime import memory_session_storage
from streamlit.runtime.memory_session_storage import MemorySessionStorage
from streamlit.runtime.session_manager import SessionInfo

HEAVY = 200_000  # bytes
MOST_HEAVY = 3
_OF_A_REMARK = 2_000  # bytes, with its events; a file of few bytes may unfold to thousands of them


class LightVisits(MemorySessionStorage):
    """As the framework's, but for heavy visits: one too many takes the place of the oldest."""

    def save(self, session_info: SessionInfo) -> None:
        super().save(session_info)
        heavy = [one for one in self.list() if weight(one) > HEAVY]
        for one in heavy[:-MOST_HEAVY]:
            self._cache.pop(one.session.id, None)


def weight(session_info: SessionInfo) -> int:
    """About how many bytes a visit holds of what was typed and dropped."""
    session = session_info.session
    state = session._session_state
    draft = len(state["draft"]) if "draft" in state else 0
    dropped = int(state["dropped_bytes"]) if "dropped_bytes" in state else 0
    desk = int(state["desk"].held + state["desk"].said_held) if "desk" in state else 0
    remarks = sum(len(one.remarks) for one in state["reviews"].values()) if "reviews" in state else 0
    return int(session._client_state.ByteSize()) + draft + dropped + desk + remarks * _OF_A_REMARK


def bound_left_visits() -> None:
    """Before the app is made, which takes its keeper of visits from where this one is put."""
    memory_session_storage.MemorySessionStorage = LightVisits  # type: ignore[misc]

"""What several processes count together."""

from __future__ import annotations

from pensebete.web.server import dossiers_kept, drafts_shared, ideas
from pensebete.web.server.shared_allowance import SharedAllowance


def test_what_is_taken_a_few_times_an_hour_is_counted_for_all_processes_each_kind_apart():
    counted = [dossiers_kept._allowance(), ideas._allowance(), drafts_shared._SHARED, drafts_shared._REMARKED]
    assert all(isinstance(one, SharedAllowance) for one in counted)
    assert len({one._kind for one in counted}) == len(counted)

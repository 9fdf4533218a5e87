"""Two versions of a checklist: what an id became, what changed, in words."""

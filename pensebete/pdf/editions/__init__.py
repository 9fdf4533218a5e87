"""One file an edition: the full plan, a page for a board, a summary for a lender, the empty checklist."""

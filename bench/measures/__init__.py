"""One file a figure: click, start, first visit, users, PDF, loading, saving."""

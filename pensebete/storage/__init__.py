"""Saved dossiers, in SQLite or PostgreSQL; the only folder that knows SQLAlchemy.

A page keeps an assessment (dossiers.keep) or opens one by its link (dossiers.open_link), saves what changes
(changes.save) and asks every few seconds what others changed (changes.changes_since). Every function may raise
StoreUnavailableError: nothing of what it was asked has been acknowledged, and it may be asked again.
"""

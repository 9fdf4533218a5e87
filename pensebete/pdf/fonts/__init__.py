"""Noto Sans, read once, and cut to what a document draws."""

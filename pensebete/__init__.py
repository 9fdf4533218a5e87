"""Pense-bête: a crisis checklist, the readiness it shows, and the action plan one leaves with."""

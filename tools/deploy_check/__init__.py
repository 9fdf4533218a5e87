"""`make deploy-check`: what is in deploy/, tried as far as this machine goes, and what it could not try."""

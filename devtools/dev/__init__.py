"""The app as `make dev` serves it, to those who change it."""

"""A week of crisis, by a model: how many processes, how much memory, which database, at what price.

    python -m bench.crisis_week [--figures FILE] [--enterprises N]... [--seed N] [--write]

docs/operations.md holds its table; `--write` writes it anew.
"""

"""YAML text to plain data, each value with its place; how a broken text may have been meant."""

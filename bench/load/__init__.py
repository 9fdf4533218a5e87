"""Simulated visitors, and servers under load and under faults."""

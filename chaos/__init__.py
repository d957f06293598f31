"""Faults, brought about on purpose, and what has to hold in each: `python -m chaos [NAME ...]`."""

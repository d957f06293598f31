"""Bidders without people: for demonstrations, load and tests."""

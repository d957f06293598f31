"""Keeping the live tables and the database in step."""

"""Leagues that people run themselves: who may do what, and what it does."""

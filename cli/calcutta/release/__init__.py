"""Builds of a stage, and moving `live` from one to another."""

"""Stands for the code that all services share."""

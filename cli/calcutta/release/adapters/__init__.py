"""A release's ways to AWS."""

"""The database and its credentials."""

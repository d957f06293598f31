"""`calcutta lobby`: the line in front of a public auction."""

"""The line in front of a public auction: numbers, places, and turns to come in."""

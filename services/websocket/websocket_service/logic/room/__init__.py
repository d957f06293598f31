"""The room of a public auction: who has a seat in it, and how they get and lose it."""

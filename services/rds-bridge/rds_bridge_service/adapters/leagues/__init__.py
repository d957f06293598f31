"""A league in SQL: imported as a whole, and changed piece by piece."""

"""`calcutta stage`: a whole system of one's own, up and down."""

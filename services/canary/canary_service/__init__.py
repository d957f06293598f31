"""A look at the stage from the outside: a bid goes in, and has to come out everywhere."""

"""The rules of a release, without AWS: what to move, in which order, what to refuse."""

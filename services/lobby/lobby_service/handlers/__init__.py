"""One file per Lambda: parse, one call, reply."""

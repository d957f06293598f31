"""20,000 malformed or hostile frames and requests, each answered with a code and nothing else."""

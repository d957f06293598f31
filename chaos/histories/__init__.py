"""1,000 random histories of concurrent commands, each checked for linearizability."""

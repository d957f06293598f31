"""The `calcutta` command."""

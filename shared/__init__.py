"""What the services say to each other: messages, settings, invocation, errors, observability."""

"""What every test can rely on."""

import signal

# A shell ignores Ctrl-C for what it starts in the background, and children inherit that: tests of
# what Ctrl-C does would wait for ever.
signal.signal(signal.SIGINT, signal.default_int_handler)

"""Every limit that a message or a row has to respect, named once.

The AWS figures come from the API Gateway quotas for WebSocket APIs: frames over 32 KB and
messages over 128 KB are closed with 1009, idle connections after 10 minutes, all after 2 hours.
"""

MAX_AMOUNT_CENTS = 100_000_000_000
"""The highest amount a bid or a budget may have: one thousand million dollars, in cents."""

MAX_COUNT = 2**53 - 1
"""The highest number or time in a message: what JavaScript holds exactly, and DynamoDB stores."""

MAX_ID_CHARS = 64
MAX_REQUEST_ID_CHARS = 36
"""A UUID fits; the id of the latest request is part of the auction item, which stays under 1 KB."""

MAX_NAME_CHARS = 100
MAX_CHAT_CHARS = 2_000
"""The most the setting `chat_max_chars` may allow."""

MAX_COMMAND_BYTES = 8_192
"""The longest command frame that is parsed; the setting `message_max_bytes` may lower it."""

MAX_MEMBERS = 300
NO_MEMBER = MAX_MEMBERS
"""The number of whoever is in the room of a public auction and not in its league: no member has
it."""

MAX_LOTS = 68
"""The auction item lists what each buyer spent: with this many buyers it still is under 1 KB."""

MAX_BUNDLED_SEEDS = 100
"""Seeds whose slots are sold as one lot each, as a request names them."""

MAX_BID_RULES = 50
"""Price tiers; with them all a `state` reply still is under 128 KB."""

MAX_STATE_EVENTS = 100
"""Events in one `state` reply; with 300 members and 68 lots it stays under 128 KB."""

MAX_STATE_CHATS = 50
MAX_STATE_CHAT_BYTES = 16_384
"""Of the latest chats, one `state` reply holds as many as fit into this."""

REPLAY_WINDOW = 8
"""How many of an auction's latest changes recognise their own request when it is sent again."""

MAX_INVOKE_HOPS = 4
"""Lambdas may invoke each other this many levels deep; the next hop is refused."""

MAX_EVENTS_PAGE = 1_000
"""Rows of `auction_event` in one reply of the bridge."""

MAX_QUARANTINE_PAGE = 200
"""Rows of the quarantine in one reply of the bridge."""

TICKET_LIFETIME_MS = 30_000
"""How long a ticket may wait before it is used."""

CONNECTION_LIFETIME_MS = 2 * 60 * 60 * 1000
"""API Gateway closes every WebSocket after two hours."""

MAX_LEAGUES = 50
"""Leagues that one person may be the commissioner of and still make another: whoever signs up may
make leagues."""

MAX_PAGE = 100
"""Leagues or members in one page."""

MAX_REQUEST_BYTES = 1_000_000
"""The longest body of an HTTP request: the longest file that is read, in UTF-8, fits."""

QUIET_MS = 30_000
"""A client that hears nothing for this long asks how far the auction is: whether it missed the last
event, and whether the connection is alive. It waits up to half as long again, by chance, since
those who hear the same would ask at once."""

QUIET_WHILE_CLOCK_RUNS_MS = 10_000
"""The same while a lot's clock runs, when what was missed is dear."""

LONGEST_UNASKED_MS = 5 * 60 * 1000
"""A client asks once in this time whatever it hears: its idea of the server's time drifts, and API
Gateway closes a connection after ten idle minutes."""

MAX_ADMIT = 25
"""Users whom the lobby may let into a room with one request."""

MAX_GATHERING_MS = 30 * 24 * 60 * 60 * 1000
"""People may stand in a line at most this long before its doors open."""

MAX_PACE_PER_MINUTE = 60_000
"""People let in through one line in a minute, at most."""

MAX_EXTRA = 100_000
"""People let in beyond the pace by one order."""

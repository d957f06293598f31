"""The auction from a client's side: a view that never goes back, over a connection that heals."""

from shared.client.backoff import Backoff
from shared.client.client import AuctionClient, connect
from shared.client.clock import ServerClock
from shared.client.endpoint import Endpoint, TokenSupplier
from shared.client.options import Options
from shared.client.requests import Answer
from shared.client.view import AuctionView
from shared.client.vigil import Patience

__all__ = [
    "Answer",
    "AuctionClient",
    "AuctionView",
    "Backoff",
    "Endpoint",
    "Options",
    "Patience",
    "ServerClock",
    "TokenSupplier",
    "connect",
]

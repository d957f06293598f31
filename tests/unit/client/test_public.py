from __future__ import annotations

import shared.client


def test_the_client_library_offers_what_it_says() -> None:
    assert sorted(shared.client.__all__) == [
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

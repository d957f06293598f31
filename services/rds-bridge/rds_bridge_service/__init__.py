"""The bridge to SQL: leagues in, auctions out, and every event of an auction back again."""

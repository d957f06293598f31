"""All benchmarks, in the order in which they run and are read."""

from bench import bid, catch_up, cold_start, fan_out, lobby, night, sync

BENCHMARKS = (
    bid.BENCHMARK,
    fan_out.BENCHMARK,
    cold_start.BENCHMARK,
    sync.BENCHMARK,
    catch_up.BENCHMARK,
    night.BENCHMARK,
    lobby.BENCHMARK,
)

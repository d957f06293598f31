"""What benchmarks play with: an emulator's tables, an endpoint, bidders, prices."""

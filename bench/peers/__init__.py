"""What benchmarks compare with, named for what each does, with the settings its own
documentation recommends."""

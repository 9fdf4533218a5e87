"""What every request meets before a page runs: addresses, headers, compression, start and faults."""

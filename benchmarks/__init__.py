"""What `make bench` runs: how fast, how large, how many at once, and beside what others would use."""

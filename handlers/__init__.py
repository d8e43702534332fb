"""What the tutor does, one use case a file; knows neither a chat platform nor SQL nor torch."""

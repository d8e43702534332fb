"""Training demos in the chat: found by words, asked about, run live, told, run again, played with."""

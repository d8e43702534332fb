"""How demos run: what they say (`protocol`), and the child processes that they run in. It imports no torch."""

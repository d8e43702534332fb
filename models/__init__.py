"""Everything that is a network. Torch and its friends are imported inside functions only."""

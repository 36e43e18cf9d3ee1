"""A whole workshop played by simulated people, through the same HTTP commands as real phones."""

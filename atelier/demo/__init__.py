"""A whole workshop played by simulated people, through the same HTTP commands and socket as real phones."""

"""A participant's screen."""

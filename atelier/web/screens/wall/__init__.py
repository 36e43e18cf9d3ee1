"""The projected screen."""

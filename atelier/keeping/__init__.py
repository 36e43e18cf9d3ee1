"""What becomes of journals: copies of them, their return, and their end."""

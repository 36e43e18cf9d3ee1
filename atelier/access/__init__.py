"""Access: link keys, return codes, operation ids, rate limits, addresses to print. Used by web, live and cli."""

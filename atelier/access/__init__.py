"""Who may come in and how: keys, codes, operation ids, addresses, rate limits. For web, live and command line alike."""

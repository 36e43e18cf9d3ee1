"""Request handling common to all routes: identity, lookup, forms, headers, errors."""

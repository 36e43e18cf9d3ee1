"""The workshop's rules: commands in, events out, state as a fold. Pure (see README.md beside this file)."""

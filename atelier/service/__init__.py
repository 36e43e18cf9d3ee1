"""The one way in: decide on the newest state, commit, publish; and the workshops that are open in memory."""

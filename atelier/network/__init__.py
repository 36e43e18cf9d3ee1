"""Network adapters of this machine: their addresses, ranked by what phones can reach, and the facilitator's choice."""

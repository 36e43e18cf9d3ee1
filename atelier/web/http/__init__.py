"""What every request goes through: who asks, what it asks for, which headers it gets."""

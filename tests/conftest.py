"""What all tests share. Hypothesis: the same examples on every run, so that a red build is red twice."""

from hypothesis import settings

settings.register_profile("house", max_examples=100, derandomize=True, deadline=None, database=None)
settings.register_profile("wander", deadline=None, max_examples=2_000)
"""`pytest --hypothesis-profile=wander` looks for what the usual examples do not show."""
settings.load_profile("house")

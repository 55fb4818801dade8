"""The pages of public portals: pure views over what an audience may read.

Nothing here is given the plan. An internal record where a published one belongs is a type error, and the
import contracts in pyproject.toml keep the internal modules out of reach.
"""

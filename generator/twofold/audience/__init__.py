"""The projection: what one public audience may read.

Nothing is imported here: `check` asks who may see a record, and has no use for what they would read.
"""

"""Measurements of the whole command, as people run it: `python -m tests.bench --help`."""

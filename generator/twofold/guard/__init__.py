"""The guard: the last look at a finished public portal, file by file, before it is published."""

from twofold.guard.inspect import inspect

__all__ = ["inspect"]

"""The guard: the last look at a finished public portal, file by file, before it is published."""

from twofold.guard.inspect import inspect, is_clean
from twofold.guard.patterns import since, whole

__all__ = ["inspect", "is_clean", "since", "whole"]

"""Feeds and data: what a portal tells to feed readers, calendars and programs."""

from twofold.export.bundle import NAMES, bundle
from twofold.export.whole import internal, whole

__all__ = ["NAMES", "bundle", "internal", "whole"]

"""The plan: all records, indexed and linked."""

from twofold.plan.index import Index
from twofold.plan.link import Broken, Linked, link
from twofold.plan.plan import Backlink, Name, Origin, Plan

__all__ = ["Backlink", "Broken", "Index", "Linked", "Name", "Origin", "Plan", "link"]

"""The projection: what one public audience may read."""

from twofold.audience.project import project
from twofold.audience.published import AudiencePlan
from twofold.audience.readers import Reader, audiences, reader

__all__ = ["AudiencePlan", "Reader", "audiences", "project", "reader"]

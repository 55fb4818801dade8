"""What is wrong with an image that cannot be published."""

from __future__ import annotations


class ImageError(ValueError):
    """An image that cannot be cleaned; the sentence is for people."""

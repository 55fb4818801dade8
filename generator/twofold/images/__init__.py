"""Images as they are published: every pixel, and nothing that a camera or a program has noted beside them.

Nothing is imported here: `check` asks which files are images, and most plans have none.
"""

SUFFIXES = frozenset({".avif", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp"})
"""Files that a page may show, in small letters."""

CLEANED = SUFFIXES | {".ico"}
"""Files of which no public portal has more than the pixels."""

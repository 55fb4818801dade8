"""Text of records and pages: its links, its HTML, and what of it is safe.

Links are found without rendering (`links`), and the parser is loaded only where a text needs it.
"""

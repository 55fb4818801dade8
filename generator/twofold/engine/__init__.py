"""The site engine: MkDocs with Material. No other package imports MkDocs."""

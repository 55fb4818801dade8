"""The ground: files, guarded YAML, front matter, Markdown's block structure."""

"""From text to typed records."""

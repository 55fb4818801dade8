"""From views to finished pages."""

"""Diagnostics for people and for programs: a module per format."""

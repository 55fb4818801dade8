"""The demo's portal in a real Chromium."""

"""Writing: changes in place, new records, releases, new portals, and schemas for editors."""

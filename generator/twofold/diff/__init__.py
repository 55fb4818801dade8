"""What changed between two revisions of a plan, in the plan's own terms: `compare` in `difference`."""

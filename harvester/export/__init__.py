"""Writing the published files: atomic, deterministic, verified by a second parser."""

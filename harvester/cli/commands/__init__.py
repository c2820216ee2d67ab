"""One file per command: a few lines that ask the composition root and hand on to a report."""

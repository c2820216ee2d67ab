"""Normalising steps: each a pure, idempotent, table-driven function in a file of its own."""

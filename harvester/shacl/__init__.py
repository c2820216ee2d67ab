"""A SHACL Core engine: shapes are compiled once into checks over the compact graph."""

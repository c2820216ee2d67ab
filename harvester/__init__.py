"""Collect, validate, normalise and publish the DCAT metadata of a country's open data."""

__version__ = "0.1.0"

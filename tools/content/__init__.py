"""Turns the starting content (source/) into the addon's data files."""

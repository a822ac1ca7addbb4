"""A survey's answers on a page."""

"""The coded interview on a page."""

"""Verbs of the workshop: a class, a project of one's own."""

"""Verbs on a file of answers: read it, draft the study that it answers."""

"""Estimates: of answers, of what print allows, and over all of that."""

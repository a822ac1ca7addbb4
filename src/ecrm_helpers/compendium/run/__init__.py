"""Notebooks run in order, and what they leave kept."""

"""The tests of hypotheses on a page."""

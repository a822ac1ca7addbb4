"""The pages around the notebooks."""

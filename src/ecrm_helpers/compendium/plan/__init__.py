"""What there is to make, and what is up to date."""

"""Every further hypothesis of a kind, with all that its page shows of the first."""

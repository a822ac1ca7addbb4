"""Which rows of a file count: respondents, flags, what an author decided."""

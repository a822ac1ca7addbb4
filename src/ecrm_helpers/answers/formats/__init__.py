"""A file of answers as a table of texts, whatever program wrote it."""

"""What verbs share: options, and a parser that speaks the reader's language."""

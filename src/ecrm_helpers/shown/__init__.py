"""How a result is shown, and held against what is printed.

Functions here take records of full precision and give a `Piece`. Two of their
arguments are the same everywhere and described only here: `name` is the id of
the table, figure or paragraph, and of its file; `edition` is the language,
``"fr"`` or ``"en"``, and of functions that a notebook calls the one chosen by
`speak` where none is named.
"""

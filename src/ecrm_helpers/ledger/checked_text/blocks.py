"""What a document consists of, for results: texts and tables, with their places."""

from dataclasses import dataclass, replace

from ecrm_helpers.printed import Wrong


class DocumentError(Wrong):
    """A document cannot be read."""


@dataclass(frozen=True)
class Place:
    """Where something stands, so that a reader finds it again.

    `page` counts a PDF's pages; `paragraph` the texts outside tables, of the
    page or of the document; `table` the tables of the document and `row` the
    rows of one. `note` tells a footnote, endnote, text box or comment. `words`
    are the first of the paragraph or row.
    """

    paragraph: int | None = None
    page: int | None = None
    table: int | None = None
    row: int | None = None
    note: bool = False
    words: str = ""

    def beginning(self, text: str, most: int = 40) -> "Place":
        """Add the first words of a text, or of the text around them.

        Examples
        --------
        >>> Place(3).beginning("Le test de Student montre", 16).words
        'Le test de…'
        """
        words = " ".join(text.split())
        if len(words) > most:
            words = words[:most].rsplit(" ", 1)[0] + "…"
        return replace(self, words=words)


@dataclass(frozen=True)
class Text:
    """A paragraph, heading, item or note."""

    text: str
    place: Place


@dataclass(frozen=True)
class Table:
    """A table's rows of cells; a cell over several columns fills the first."""

    rows: tuple[tuple[str, ...], ...]
    place: Place


Block = Text | Table

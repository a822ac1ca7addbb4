"""From HTML pages to one Word file, by pandoc with this package's styles.

Tables are Word's own, with header rows that repeat; captions have fields, so
that Word can list them; the lists are there before Word has updated them. The
same pages give the same bytes.
"""

import re
import tempfile
from collections.abc import Mapping
from functools import cache
from html import escape
from pathlib import Path

from ecrm_helpers import programs
from ecrm_helpers.compendium.render.paper import (
    RELEASED,
    TEMPLATES,
    Paper,
    lists,
    pandoc,
)
from ecrm_helpers.compendium.render.pictures import png
from ecrm_helpers.files import packed, unpacked
from ecrm_helpers.printed import say
from ecrm_helpers.programs import own_folder

_STYLE = re.compile(r"<w:style .*?</w:style>", re.DOTALL)
_XMLNS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"

_SECTION = """<w:sectPr>
<w:headerReference w:type="default" r:id="rId91"/>
<w:footerReference w:type="default" r:id="rId92"/>
<w:pgSz w:w="11906" w:h="16838"/>
<w:pgMar w:top="1474" w:right="1417" w:bottom="1474" w:left="1417"
 w:header="709" w:footer="709" w:gutter="0"/>
</w:sectPr>"""

#: The width of the text, in twentieths of a point.
_UPRIGHT, _ACROSS = 11906 - 2 * 1417, 16838 - 2 * 1417

_WIDE = re.compile(r'(w:type="pct"(?:(?!<w:tblGrid>).)*)<w:tblGrid>(.*?)</w:tblGrid>')

_TABLE = re.compile(r"<w:tbl>.*?</w:tbl>", re.DOTALL)
_ROW = re.compile(r"<w:tr>.*?</w:tr>|<w:tr .*?</w:tr>", re.DOTALL)
_PROPERTIES = re.compile(r"(<w:trPr>)")
#: So many rows stay on one page; a heading row is one more.
_SHORT = 13

_PAGE_FIELD = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'


def from_paper(
    paper: Paper, drawn: Mapping[bytes, bytes] | None = None, **chapter: str
) -> bytes:
    """Write pages as one Word file.

    Parameters
    ----------
    paper : Paper
        What of the pages belongs on paper.
    drawn : mapping of bytes to bytes, optional
        Drawings (SVG) that there are pictures of already (PNG), and these.
    **chapter : str
        ``title``, ``subtitle``, ``author``: given, a title page comes first,
        and each page opens a new one.

    Returns
    -------
    bytes

    Raises
    ------
    PaperError
        pandoc refuses the pages.
    """
    title, edition = chapter.get("title", paper.title), paper.edition
    facts = {"hint": say("page_numbers", edition), **lists(edition), **chapter}
    options = [f"--metadata={key}:{value}" for key, value in facts.items()]
    with tempfile.TemporaryDirectory(dir=own_folder()) as folder:
        # Drawn, since Word shows no vector graphics.
        whole = paper.html.replace("<img ", '<img width="100%" ')
        for place, (name, drawing) in enumerate(paper.drawings.items()):
            picture = (drawn or {}).get(drawing) or png(drawing)
            (Path(folder) / f"{place}.png").write_bytes(picture)
            whole = whole.replace(name, f"{place}.png")
        reference = Path(folder) / "reference.docx"
        head = paper.running(title)
        reference.write_bytes(_reference(head))
        options.append(f"--reference-doc={reference}")
        made = pandoc(whole, "docx", *options, edition=edition, folder=folder)
    return _settled(made, title, edition, opens=bool(chapter))


@cache
def _default() -> dict[str, bytes]:
    """Read the parts of pandoc's own reference document."""
    asked = ["--print-default-data-file=reference.docx"]
    return unpacked(programs.pandoc(asked).stdout)


def _reference(running: str) -> bytes:
    """Make a reference document: our styles, A4, running title, page number."""
    parts = dict(_default())
    ours = (TEMPLATES / "word_styles.xml").read_text(encoding="utf-8")
    styles = {_id(style): style for style in _STYLE.findall(ours)}
    theirs = parts["word/styles.xml"].decode()
    kept = _STYLE.sub(lambda old: "" if _id(old[0]) in styles else old[0], theirs)
    kept = kept.replace("</w:styles>", "".join(styles.values()) + "</w:styles>")
    parts["word/styles.xml"] = kept.encode()
    document = parts["word/document.xml"].decode()
    section = re.compile(r"<w:sectPr>.*</w:sectPr>", re.DOTALL)
    parts["word/document.xml"] = section.sub(_SECTION, document).encode()
    text = f'<w:r><w:t xml:space="preserve">{escape(running)}</w:t></w:r>'
    _add_edge(parts, "header", "rId91", text)
    _add_edge(parts, "footer", "rId92", _PAGE_FIELD)
    return _zipped(parts)


def _add_edge(parts: dict[str, bytes], kind: str, place: str, runs: str) -> None:
    """Add a header or a footer, and say where it is and what."""
    tag = {"header": "hdr", "footer": "ftr"}[kind]
    style = f'<w:pPr><w:pStyle w:val="{kind.capitalize()}"/></w:pPr>'
    xml = f"<w:{tag} {_XMLNS}><w:p>{style}{runs}</w:p></w:{tag}>"
    parts[f"word/{kind}1.xml"] = xml.encode()
    target = f'Type="{_OFFICE}/{kind}" Target="{kind}1.xml"'
    link = f'<Relationship Id="{place}" {target}/>'
    _before_end(parts, "word/_rels/document.xml.rels", link)
    content = f'ContentType="{_WORD}.{kind}+xml"'
    named = f'<Override PartName="/word/{kind}1.xml" {content}/>'
    _before_end(parts, "[Content_Types].xml", named)


def _id(style: str) -> str:
    found = re.search(r'w:styleId="(\w+)"', style)
    assert found is not None  # every style has one
    return found[1]


def _before_end(parts: dict[str, bytes], name: str, xml: str) -> None:
    """Put an element at the end of a part's root."""
    whole = parts[name].decode()
    place = whole.rindex("</")
    parts[name] = (whole[:place] + xml + whole[place:]).encode()


def _settled(made: bytes, title: str, edition: str, *, opens: bool) -> bytes:
    """Write title and decimal mark where Word keeps them; settle the tables."""
    parts = unpacked(made)
    core = parts["docProps/core.xml"].decode()
    named = f"<dc:title>{escape(title)}</dc:title>"
    # By a function: a backslash of the title is one.
    core = re.sub(r"<dc:title>.*?</dc:title>", lambda _: named, core)
    parts["docProps/core.xml"] = core.encode()
    text = parts["word/document.xml"].decode()
    # As in print: the summary has a page of its own; what follows it flows.
    opening = '<w:pStyle w:val="Heading1" />'
    text = text.replace(opening, f"{opening}<w:pageBreakBefore/>", 2 * opens)
    text = _TABLE.sub(_kept, _WIDE.sub(_widened, text))
    parts["word/document.xml"] = text.encode()
    if edition == "fr" and "word/settings.xml" in parts:
        mark = parts["word/settings.xml"].decode()
        mark = mark.replace('<w:decimalSymbol w:val="."', '<w:decimalSymbol w:val=","')
        parts["word/settings.xml"] = mark.encode()
    return _zipped(parts)


def _kept(table: re.Match[str]) -> str:
    """Let no row break, a short table stay whole, and the note with the last row."""
    rows = _ROW.findall(table[0])
    kept = rows if len(rows) <= _SHORT else [rows[0], rows[-1]]
    text = table[0]
    for row in rows:
        whole = _PROPERTIES.sub(r"\1<w:cantSplit/>", row, count=1)
        if whole == row:
            whole = row.replace(">", "><w:trPr><w:cantSplit/></w:trPr>", 1)
        if row in kept:
            empty = r"<w:p>(?:<w:pPr\s*/>|(?!<w:pPr>))"
            whole = re.sub(empty, "<w:p><w:pPr></w:pPr>", whole)
            whole = re.sub(
                r"(<w:p><w:pPr>(?:<w:pStyle [^>]*>)?)", r"\1<w:keepNext/>", whole
            )
        text = text.replace(row, whole, 1)
    return text


def _widened(grid: re.Match[str]) -> str:
    """Let the columns of a wide table fill the width of its page.

    pandoc counts on a narrower one; the next section's end says which it is.
    """
    size = re.compile(r"<w:pgSz[^>]*>").search(grid.string, grid.end())
    across = size is not None and "landscape" in size[0]
    widths = [int(width) for width in re.findall(r'w:w="(\d+)"', grid[2])]
    room = _ACROSS if across else _UPRIGHT
    columns = (f'<w:gridCol w:w="{w * room // sum(widths)}" />' for w in widths)
    return f"{grid[1]}<w:tblGrid>{''.join(columns)}</w:tblGrid>"


def _zipped(parts: dict[str, bytes]) -> bytes:
    """Pack parts as a zip archive with the date of this version throughout."""
    return packed(parts, day=(RELEASED.year, RELEASED.month, RELEASED.day))

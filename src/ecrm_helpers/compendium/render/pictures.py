"""A chart of a page as a picture with 300 dots per inch, drawn by Typst.

The chart's text is outlines, so the picture is the same on every machine.
"""

import base64
import io
import re
import tempfile
from pathlib import Path

import typst
from bs4 import Tag
from PIL import Image

from ecrm_helpers.programs import own_folder

DPI = 300

#: A picture inside its page.
_INSIDE = re.compile(r"data:image/(svg|png|jpeg)(?:\+xml)?;base64,(.*)", re.DOTALL)

_PAGE = """#set page(width: auto, height: auto, margin: 0pt, fill: white)
#image("chart.svg")"""


def png(svg: bytes, dpi: int = DPI, colours: int = 0) -> bytes:
    """Draw an SVG picture as PNG, on white.

    Parameters
    ----------
    svg : bytes
        The picture; its size is in points.
    dpi : int
        Dots per inch; the picture says how many.
    colours : int
        With at most so many colours, for a small file; 0 keeps all.

    Returns
    -------
    bytes
    """
    with tempfile.TemporaryDirectory(dir=own_folder()) as folder:
        (Path(folder) / "chart.svg").write_bytes(svg)
        page = Path(folder) / "chart.typ"
        page.write_text(_PAGE, encoding="utf-8")
        drawn = typst.compile(page, format="png", ppi=dpi, ignore_system_fonts=True)
    assert isinstance(drawn, bytes)
    made = io.BytesIO()
    picture = Image.open(io.BytesIO(drawn)).convert("RGB")
    if colours:
        picture = picture.quantize(colours)
    picture.save(made, "PNG", dpi=(dpi, dpi))
    return made.getvalue()


def picture_of(image: Tag) -> tuple[str, bytes]:
    """Give the kind of picture that a page's image holds, and its content.

    Examples
    --------
    >>> picture_of(Tag(name="img", attrs={"src": "data:image/svg+xml;base64,PHN2Zz4="}))
    ('svg', b'<svg>')
    >>> picture_of(Tag(name="img", attrs={"src": "https://example.org/x.png"}))
    ('', b'')
    """
    found = _INSIDE.fullmatch(str(image["src"]))
    return (found[1], base64.b64decode(found[2])) if found else ("", b"")

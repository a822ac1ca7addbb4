"""What a page shows, kept beside it: no later step reads the page again for it.

Index, gallery and reviewer's report name a page's tables and figures from its
record, ``output/<edition>/pages/<name>.json``.
"""

import json
from collections.abc import Collection
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from bs4 import BeautifulSoup, Tag

from ecrm_helpers.compendium.render.screen import limit

#: What the index holds for its reader to recompute: kept, as pages' records are.
CHECK = "check.json"

#: What a page says of all admissible data sets, by the ids of the paragraphs.
_FINDING = ("in-all", "not-held")


@dataclass(frozen=True)
class Shown:
    """A table or a figure of a page.

    `label` is what its number is shown as (``"Table 1.2. "``), `alternative`
    what a figure says to who cannot see it; `files` are named from the
    edition's folder. Without a number it has neither label nor files.
    """

    kind: Literal["table", "figure"]
    id: str
    number: str
    label: str
    caption: str
    alternative: str
    files: tuple[str, ...]


@dataclass(frozen=True)
class Decision:
    """What a page decides: the claim, the number it rests on, the verdicts, the limit.

    `thesis`, `association` and `worded` are keys of phrases; the rest is as shown.
    """

    name: str
    claim: str
    number: str
    thesis: str
    association: str
    worded: str
    limit: str


@dataclass(frozen=True)
class Page:
    """A page: its name and title, what it shows, decides and found.

    `finding` holds its sentences on all admissible data sets; `synthetic` says
    that it bears the band of synthetic data.
    """

    name: str
    title: str
    synthetic: bool
    finding: tuple[str, ...]
    shown: tuple[Shown, ...]
    decisions: tuple[Decision, ...] = ()

    def as_json(self) -> str:
        """Write the record as JSON text."""
        return json.dumps(asdict(self), indent=1, ensure_ascii=False) + "\n"


def place(home: Path, name: str) -> Path:
    """Name the file of a page's record, in the edition's folder."""
    return home / "pages" / f"{name}.json"


def page_of(page: BeautifulSoup, name: str, files: Collection[str]) -> Page:
    """Take the record of a finished page.

    Parameters
    ----------
    page : BeautifulSoup
        As `finishing.finish` gives it.
    name : str
        Of its files.
    files : collection of str
        The files made of its tables and figures, from the edition's folder.

    Returns
    -------
    Page
    """
    found = (page.find(id=name) for name in _FINDING)
    return Page(
        name,
        page.title.get_text() if page.title else name,
        page.select_one(".band") is not None,
        tuple(sentence.get_text() for sentence in found if sentence),
        tuple(_shown(part, files) for part in page.select(".table[id], figure[id]")),
        tuple(map(_decision, page.select(".decision[data-association]"))),
    )


def _decision(part: Tag) -> Decision:
    claim = part.select_one("[data-of=the_claim]")
    return Decision(
        name=str(part["id"]),
        claim=claim.get_text() if claim else "",
        number=str(part["data-number"]),
        thesis=str(part["data-thesis"]),
        association=str(part["data-association"]),
        worded=str(part["data-worded"]),
        limit=limit(part.select_one("[data-of=as_worded]")),
    )


def _shown(part: Tag, files: Collection[str]) -> Shown:
    name, number = str(part["id"]), str(part.get("data-number", ""))
    caption = part.find(["caption", "figcaption"])
    label = caption.select_one(".number") if isinstance(caption, Tag) else None
    told = label.get_text() if label else ""
    return Shown(
        "figure" if part.name == "figure" else "table",
        name,
        number,
        told,
        caption.get_text().removeprefix(told) if caption else "",
        str(part.img["alt"]) if part.img else "",
        tuple(file for file in files if Path(file).stem == f"{number}-{name}"),
    )


def read_page(home: Path, name: str) -> Page:
    """Read the record of a page.

    Raises
    ------
    OSError
        The page was not made.
    """
    kept = json.loads(place(home, name).read_text(encoding="utf-8"))
    shown = (Shown(**part | {"files": tuple(part["files"])}) for part in kept["shown"])
    decided = tuple(Decision(**part) for part in kept["decisions"])
    told = {"finding": tuple(kept["finding"]), "shown": tuple(shown)}
    return Page(**kept | told | {"decisions": decided})

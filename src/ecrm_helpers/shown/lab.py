"""In JupyterLab as in a run: cells that the data do not allow are left out.

JupyterLab sends the tags of a cell along with its code. What a piece says
(`Piece.without`) is kept here, and a cell with such a tag says that it was
left out instead of running. A run leaves cells out itself, and sends no tags.
"""

import os
import re
import sys
from collections.abc import Collection
from pathlib import Path
from typing import Any

from ecrm_helpers.printed import joined, keyed, say

#: What a cell needs, by its tag.
NEEDS = keyed(
    "lab_",
    "lab_answers lab_reconstructed lab_printed lab_analysis lab_coders lab_sets "
    "lab_more lab_choices lab_boxes lab_scales lab_matrices lab_numbers lab_dates "
    "lab_scores lab_reliability lab_crossings lab_crossed lab_regression lab_paired "
    "lab_report lab_others lab_changelog lab_marked lab_pairs lab_alone lab_several "
    "lab_statements lab_memos lab_checklists",
)

#: A number before a caption, by kind of piece.
NUMBERED = keyed("numbered_", "numbered_table numbered_figure")

#: For each kind of piece, the place of each that was shown.
_places: dict[str, dict[str, int]] = {}

#: For each piece that was shown, the tags of what is pointless after it.
_left_out: dict[str, tuple[str, ...]] = {}


def leave_out(piece: str, tags: tuple[str, ...]) -> None:
    """Keep what a piece says of later cells, instead of what it said before."""
    _left_out[piece] = tags
    transforms = getattr(_shell(), "input_transformers_cleanup", None)
    if transforms is not None and _instead not in transforms:
        transforms.append(_instead)


def numbered(piece: str, html: str) -> str:
    """Put before a caption in JupyterLab the number that a run gives it on its page.

    Examples
    --------
    >>> numbered("tab-q1", "<caption>Answers</caption>")  # not in JupyterLab
    '<caption>Answers</caption>'
    """
    lead = re.match(r"0*(\d+)_", Path(os.environ.get("JPY_SESSION_NAME", "")).name)
    if lead is None or "cellId" not in _sent():
        return html
    for kind, tag in (("table", "<caption>"), ("figure", "<figcaption>")):
        if tag in html:
            shown = _places.setdefault(kind, {})
            number = f"{lead[1]}.{shown.setdefault(piece, len(shown) + 1)}"
            text = say(NUMBERED[kind], number=number)
            html = html.replace(tag, f'{tag}<span class="number">{text}</span>', 1)
    return html


def left_out(tags: Collection[str]) -> str:
    """Say why a cell with these tags is left out; nothing where it is not.

    Examples
    --------
    >>> left_out([])
    ''
    """
    out = {tag for lacking in _left_out.values() for tag in lacking}
    lacks = [_needed(tag) for tag in tags if tag in out]
    what = joined(lacks)
    return say("lab_left_out", needs=what) if lacks else ""


def _needed(tag: str) -> str:
    """Say what a tag asks for; one that a notebook has of its own stays as it is."""
    return say(NEEDS[tag]) if tag in NEEDS else tag


def _shell() -> Any:
    # Not imported: only where a notebook runs is it there.
    found = sys.modules.get("IPython")
    return found.get_ipython() if found else None


def _sent() -> dict[str, Any]:
    """Give what JupyterLab sent along with the cell that runs."""
    parent: dict[str, Any] = getattr(_shell(), "get_parent", dict)()
    sent: dict[str, Any] = parent.get("metadata", {})
    return sent


def _instead(lines: list[str]) -> list[str]:
    """Give what runs instead of a cell: itself, or what says that it is left out."""
    sent = _sent()
    tags = sent.get("tags", ())
    if "parameters" in tags:
        _left_out.clear()
        _places.clear()
    why = left_out(tags) or _nothing_to_hold(sent, _shell())
    return [f"print({why!r})\n"] if why else lines


def _nothing_to_hold(sent: dict[str, Any], shell: Any) -> str:
    """Say of a cell by hand that what it does again could not be computed."""
    ours = sent.get("ecrm", {}).get("same_as")
    if ours is None:
        return ""
    try:
        found = eval(ours, dict(shell.user_ns))
    except Exception:  # the cell itself will say what is wrong
        return ""
    none = found is None or isinstance(found, Exception)
    return say("lab_nothing_to_hold") if none else ""

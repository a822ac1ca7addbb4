"""Every numeral of the chapter's results: where it stands, and whose it is.

Coverage is a claim about a text, so the list of its numerals is made from the
text, not from what was already compared. A numeral is a run of digits with its
decimal marks (and the letters that make it a label or an ordinal), or a word
of the closed lists below. Articles (« un », « une ») and negations (« aucun »)
are left out: in French they can hardly be told from numbers, and none of them
carries a result here. The text itself is kept nowhere, only its checksum.
"""

import re
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import yaml

from ecrm_helpers.files import read_rows
from ecrm_helpers.printed import Told, Wrong, told

if TYPE_CHECKING:
    from ecrm_helpers.study.published import Value

#: Headings between which the results stand: sections 2.2 and 3 of chapter 3.
FIRST, LAST = r"2\.2\. Le plan de recherche", r"Conclusion du chapitre 3"

_WORDS = yaml.safe_load((files(__package__) / "numerals.yml").read_text("utf-8"))
#: Why a numeral is no result.
NOT_A_RESULT = tuple(_WORDS["not_a_result"])

_NUMERAL = re.compile(
    r"\bH\d\b|(?<!\w)[.,]?\d+(?:[.,/]\d+)*(?:ème)?"
    rf"|\b(?:{'|'.join(_WORDS['number_words'] + _WORDS['claim_words'])})\b",
    re.IGNORECASE,
)


class Numeral(NamedTuple):
    """One numeral: its locator (line, ordinal within the line) and its claim.

    Either `claimed_by` names the row of ``values.csv`` it belongs to, or
    `not_a_result` says why it is none (one of `NOT_A_RESULT`).
    """

    line: int
    ordinal: int
    text: str
    claimed_by: str = ""
    not_a_result: str = ""


def numerals(text: str) -> list[Numeral]:
    """List the numerals of sections 2.2 and 3 of the chapter.

    Parameters
    ----------
    text : str
        The whole thesis, as Markdown.

    Returns
    -------
    list of Numeral
        In the order of the text, without claims; lines count from 1.

    Raises
    ------
    Wrong
        The heading before or after the sections is not there just once.

    Examples
    --------
    >>> text = '''## 2.2. Le plan de recherche
    ... La moitié (47.9%) des 73, soit ,479.
    ... # Conclusion du chapitre 3'''
    >>> [(n.line, n.ordinal, n.text) for n in numerals(text)][1:]
    [(2, 1, 'moitié'), (2, 2, '47.9'), (2, 3, '73'), (2, 4, ',479')]
    """
    lines = text.splitlines()
    start, end = (_heading(lines, pattern) for pattern in (FIRST, LAST))
    return [
        Numeral(place, ordinal, found)
        for place in range(start, end)
        for ordinal, found in enumerate(_NUMERAL.findall(lines[place - 1]), 1)
    ]


def _heading(lines: Sequence[str], pattern: str) -> int:
    found = [
        place
        for place, line in enumerate(lines, 1)
        if line.startswith("#") and re.search(pattern, line)
    ]
    if len(found) != 1:
        raise Wrong("numeral_heading", pattern=pattern, k=len(found))
    return found[0]


def listed(path: Path) -> list[Numeral]:
    """Read the list of numerals, claimed or not."""
    return [
        Numeral(int(row["line"]), int(row["ordinal"]), *list(row.values())[2:])
        for row in read_rows(path, Numeral._fields)
    ]


def read_numerals(path: Path) -> list[Numeral]:
    """Read the list of numerals with their claims.

    Raises
    ------
    Wrong
        The file is no such table, or a row has both a claim and a reason, or
        neither, or a reason that is not one of `NOT_A_RESULT`.
    """
    rows = listed(path)
    faults = [
        told("numeral_at", line=row.line, ordinal=row.ordinal, text=row.text)
        for row in rows
        if bool(row.claimed_by) is (row.not_a_result in NOT_A_RESULT)
    ]
    if faults:
        known = ", ".join(NOT_A_RESULT)
        raise Wrong(
            "numerals_unclaimed", *faults, path=path, k=len(faults), reasons=known
        )
    return rows


def uncovered(found: Sequence[Numeral], values: Mapping[str, "Value"]) -> list[Told]:
    """List what keeps numerals and printed values from covering one another.

    Parameters
    ----------
    found : sequence of Numeral
        The numerals with their claims.
    values : mapping of id to Value
        The printed values.

    Returns
    -------
    list of Told
        Empty where every claim names a row, and every row of sections 2.2 and
        3 is claimed by just the numerals of its printed text.
    """
    claimed: dict[str, list[str]] = {}
    for numeral in found:
        if numeral.claimed_by:
            claimed.setdefault(numeral.claimed_by, []).append(numeral.text)
    faults = [
        told("numeral_no_value", texts=", ".join(texts), name=name)
        for name, texts in claimed.items()
        if name not in values
    ]
    for name, value in values.items():
        expected = _NUMERAL.findall(value.printed)
        if value.section[:1] in "23" and claimed.get(name, []) != expected:
            texts = ", ".join(claimed.get(name, [])) or "–"
            faults.append(
                told("value_not_covered", name=name, printed=value.printed, texts=texts)
            )
    return faults


def carry(
    old: Sequence[Numeral], new: Sequence[Numeral]
) -> tuple[list[Numeral], list[Numeral]]:
    """Carry claims over to a new list by the order of the numerals alone.

    Parameters
    ----------
    old, new : sequence of Numeral
        The list with claims, and the list from the text at hand.

    Returns
    -------
    (list of Numeral, list of Numeral)
        The new list with the claims that could be carried over, and the old
        numerals that are gone.

    Examples
    --------
    >>> old = [Numeral(1, 1, "73", "n"), Numeral(1, 2, "12", "q1")]
    >>> carry(old, [Numeral(5, 1, "73"), Numeral(5, 2, "13")])
    ([Numeral(line=5, ordinal=1, text='73', claimed_by='n', not_a_result=''), \
Numeral(line=5, ordinal=2, text='13', claimed_by='', not_a_result='')], \
[Numeral(line=1, ordinal=2, text='12', claimed_by='q1', not_a_result='')])
    """
    before, after = ([n.text for n in each] for each in (old, new))
    carried, kept = list(new), set()
    for a, b, size in SequenceMatcher(
        None, before, after, autojunk=False
    ).get_matching_blocks():
        for step in range(size):
            kept.add(a + step)
            carried[b + step] = new[b + step]._replace(
                claimed_by=old[a + step].claimed_by,
                not_a_result=old[a + step].not_a_result,
            )
    return carried, [n for place, n in enumerate(old) if place not in kept]

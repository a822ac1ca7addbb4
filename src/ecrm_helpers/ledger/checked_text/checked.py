"""The results of a document, each with its place and verdict."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ecrm_helpers.ledger.checked_text.blocks import Block, Place, Table, Text
from ecrm_helpers.ledger.checked_text.claims import Verdict, claim
from ecrm_helpers.ledger.checked_text.joined import Found, joined
from ecrm_helpers.ledger.checked_text.numerals import Ends
from ecrm_helpers.ledger.checked_text.plain import plain, shown
from ecrm_helpers.ledger.checked_text.tables import lines, printed
from ecrm_helpers.ledger.checked_text.tokens import sentences
from ecrm_helpers.ledger.checked_text.verdict import Note, judge


@dataclass(frozen=True)
class Checked:
    """A result found in a text, or a part of one, and whether its parts agree.

    `test` is a key: t, r, z, F, chi2, U, W, rho, tau; "" for a part that
    joined no statistic. `df`, `value` and `said` are what was read: degrees of
    freedom, the statistic, and p as printed ("= 0.036", "< 0.001", "ns"). `p`
    holds the ends of the recomputed two-sided p, over what rounding leaves of
    statistic and degrees of freedom; None where nothing can be recomputed.
    """

    place: Place
    text: str
    test: str
    verdict: Verdict
    note: Note = ""
    df: tuple[float, ...] = ()
    value: str = ""
    said: str = ""
    p: Ends | None = None


def check(document: Sequence[str | Block], *, alpha: float = 0.05) -> list[Checked]:
    """Find the results that a document reports, and recompute each p.

    Parameters
    ----------
    document : sequence of str, Text or Table
        Paragraphs and tables, as `read_blocks` gives them.
    alpha : float, in (0, 1)
        The level at which the text decides; p = alpha counts as significant.

    Returns
    -------
    list of Checked
        In the order of the document. "decision_error": inconsistent, and p
        lies on the other side of `alpha`. A p is taken as two-sided; where only
        the one-sided p agrees, the result is consistent if its paragraph says
        so ("one-tailed", "unilatéral"), and a note tells. "not_read": what
        looks like part of a result and joined none, or was read only in part.

    Examples
    --------
    >>> text = "t(48) = 1.02, p < .05 ; F(1 ; 71) = 6,98, p = 0,010 ; U = 20, ns"
    >>> [found.verdict for found in check([text])]
    ['decision_error', 'consistent', 'not_recomputable']
    >>> check(["H2 holds (p = .04)."])[0].verdict
    'not_read'
    """
    return [
        _checked(found, text, place, alpha)
        for text, place in _whole(_texts(document))
        for found in joined(text, alpha)
    ]


def _texts(document: Sequence[str | Block]) -> Iterator[tuple[str, Place]]:
    for number, block in enumerate(document, 1):
        if isinstance(block, Table):
            yield from lines(block)
        else:
            given = block if isinstance(block, Text) else Text(block, Place(number))
            if text := printed(plain(given.text)).strip():
                yield text, given.place.beginning(text)


def _whole(texts: Iterator[tuple[str, Place]]) -> Iterator[tuple[str, Place]]:
    """Join a paragraph that begins with a p or degrees to what it goes on from."""
    held: tuple[str, Place] | None = None
    for text, place in texts:
        if held and place.table is None and _goes_on(held[0], text):
            held = (f"{held[0]} {text}", held[1])
            continue
        if held:
            yield held
        held = (text, place)
    if held:
        yield held


def _goes_on(before: str, text: str) -> bool:
    *_, last = sentences(before)
    *_, lacking = [None, *last]
    first = next(iter(next(sentences(text))), None)
    return (
        lacking is not None
        and lacking.kind in ("statistic", "df")
        and any(token.kind == "statistic" for token in last)
        and first is not None
        and first.start == 0
        and first.kind in ("p", "ns", "df")
    )


def _checked(found: Found, text: str, place: Place, alpha: float) -> Checked:
    judged = judge(found, text, alpha)
    statistic, p = found.statistic, found.p
    read = p is not None and not p.cut
    place = place if place.table else place.beginning(text)
    return Checked(
        replace(place, words=shown(place.words)),
        shown(found.text),
        statistic.test if statistic else "",
        judged.verdict,
        judged.note,
        judged.df,
        statistic.part("value") if statistic else "",
        claim(p).shown if p and read else "",
        judged.p,
    )

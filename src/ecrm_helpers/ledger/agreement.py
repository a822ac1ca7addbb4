"""The ledger on a page: printed and recomputed values side by side."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from html import escape

import pandas as pd

from ecrm_helpers.ledger.identities import identities
from ecrm_helpers.ledger.implied import implied
from ecrm_helpers.ledger.record import decimals, record
from ecrm_helpers.ledger.terms import CONCLUSIONS, VERDICT, VERDICTS, written
from ecrm_helpers.ledger.verdicts import Row, compare
from ecrm_helpers.printed import Edition, keyed, say, spoken
from ecrm_helpers.printed.blanks import Quantity
from ecrm_helpers.shown.piece import Piece, badge
from ecrm_helpers.shown.tables import Written, table
from ecrm_helpers.shown.wording import paragraph
from ecrm_helpers.study.published import Published, Value

#: What a value is, as values.csv says it.
STATISTIC = keyed(
    "",
    "n percent percent_lower_bound valid_percent mean sd se min max count days "
    "pearson_r r_lower_bound p_two_sided p_upper_bound ci95_low ci95_high "
    "sum_of_squares df mean_square F p word decision",
)

#: How the badge of a verdict is coloured; one that does not agree is a no.
TONE = dict.fromkeys(("not_derivable", "depends_on_definition"), "")

#: Places of the thesis other than a question's table.
PLACE = keyed("place_", "place_text place_correlations place_descriptives place_anova")


@spoken
def show(
    part: str,
    recomputed: Mapping[str, Quantity],
    edition: Edition,
    published: Published,
    *,
    origin: str = "reconstructed",
) -> Piece:
    """Show one notebook's part of the agreement with the thesis.

    Parameters
    ----------
    part : str
        The notebook's number.
    recomputed : mapping of quantity to float or (float, float)
        Everything the notebook recomputed; two ends where only a band is known.
    published : Published
        What the thesis prints.
    origin : {"reconstructed", "own"}
        Of the answers the results come from.

    Returns
    -------
    Piece
        Its content holds the rows, and the record of the table.
    """
    values = published.values
    second = {} if origin == "own" else implied(values, published.study)
    rows = compare(part, recomputed, published, origin=origin, second=second)
    if not rows:
        return paragraph(f"agreement-{part}", "none_printed", edition)
    finding = origin == "own" and not published.study.answers
    shown = pd.DataFrame(
        {
            say("place", edition): [place(r.value, edition) for r in rows],
            say("item", edition): [item(r.value, edition) for r in rows],
            say("printed", edition): [r.value.printed for r in rows],
            say("recomputed", edition): [_shown(r, edition) for r in rows],
            say("known_as", edition): [say(r.known, edition) for r in rows],
            say("verdict", edition): [say(VERDICT[r.verdict], edition) for r in rows],
        },
        index=pd.RangeIndex(1, len(rows) + 1),
    )
    piece = table(
        shown,
        f"agreement-{part}",
        say("caption_agreement", edition),
        edition,
        source="source_published" if published.of_text else "source_printed",
        note=_note(part, rows, values, finding, edition),
    )
    kept = {"rows": [record(row) for row in rows], "table": piece.content}
    html = _findings(rows, edition) + piece.html.replace("table", "table annex", 1)
    return replace(piece, kind="ledger", html=html, content=kept)


def _findings(rows: Sequence[Row], edition: Edition) -> str:
    """Count the verdicts, then list what does not agree, each reason once."""
    alike: dict[tuple[str, str], list[Row]] = {}
    for row in (row for row in rows if not row.agrees):
        alike.setdefault((row.verdict, row.reason_fr), []).append(row)
    told = []
    for (verdict, _), held in alike.items():
        rows_told = "<br>".join(escape(_compared(row, edition)) for row in held)
        why = escape(getattr(held[0], f"reason_{edition}"))
        reason = f"<p>{why}</p>" if why else ""
        told.append(f"<li>{_badge(verdict, edition)} {rows_told}{reason}</li>")
    listed = f'<ul class="findings">{"".join(told)}</ul>' if told else ""
    return f"<p>{escape(summary(list(rows), edition))}</p>{listed}"


def _badge(verdict: str, edition: Edition) -> str:
    return badge(say(VERDICT[verdict], edition), TONE.get(verdict, "no"))


def _compared(row: Row, edition: Edition) -> str:
    """Say what is printed where, and what was recomputed, if anything was."""
    key = "row_printed" if row.recomputed is None else "row_compared"
    found = _shown(row, edition)
    return say(
        key,
        edition,
        item=item(row.value, edition),
        place=place(row.value, edition),
        printed=row.value.printed,
        found=found.text if isinstance(found, Written) else found,
    )


def _note(
    part: str,
    rows: list[Row],
    values: Mapping[str, Value],
    finding: bool,
    edition: Edition,
) -> str:
    """Count verdicts and roads, and the identities that confirm the reading."""
    roads = sum(row.second is not None for row in rows)
    read = [each for each in identities(values) if each.part == part]
    told = []
    if roads:
        told.append(say("two_roads", edition, n=roads))
    if read:
        holding = sum(each.hold for each in read)
        of = sum(each.of for each in read)
        told.append(say("reading_confirmed", edition, n=holding, of=of))
    if finding:
        told.append(say("own_findings", edition))
    return " ".join(told)


def place(value: Value, edition: Edition) -> str:
    """Say where a value is printed."""
    if value.section in CONCLUSIONS:
        return say(CONCLUSIONS[value.section], edition)
    # Tables of the tri à plat go by their question's number in both editions.
    where = value.place
    named = say(PLACE[where], edition) if where in PLACE else where
    return say("section_of", edition, section=value.section, place=named)


def item(value: Value, edition: Edition) -> str:
    """Say what a value is of."""
    named = value.item_fr if edition == "fr" else value.item_en
    of = value.statistic
    return f"{named}, {say(STATISTIC[of], edition) if of in STATISTIC else of}"


def _shown(row: Row, edition: Edition) -> Written | str:
    """Write the recomputed value, or the two ends of its band."""
    if row.recomputed is None:
        return ""
    both = row.recomputed
    ends = [float(end) for end in (both if isinstance(both, tuple) else (both,))]
    text = written(ends, decimals(row.value), edition, row.value.statistic)
    return text if len(ends) > 1 else Written(ends[0], text)


def summary(rows: list[Row], edition: Edition) -> str:
    """Count the verdicts in words, matches that are no evidence apart.

    Examples
    --------
    >>> value = Value("n", "01", "2", "text", "", "", "n", "73", "n", "built_in", "")
    >>> summary([Row(value, "built_in", "exact", 73)], "en")
    '1 value compared: 1 match built into the data (no evidence).'
    """
    built_in = [row for row in rows if row.known == "built_in" and row.agrees]
    others = Counter(row.verdict for row in rows if row not in built_in)
    counts = [
        say("counted", edition, n=n, what=say(VERDICT[name], edition))
        for name in VERDICTS
        if (n := others[name])
    ]
    if built_in:
        key = "matches_built_in" if len(built_in) > 1 else "match_built_in"
        counts.append(say(key, edition, n=len(built_in)))
    key = "values_compared" if len(rows) > 1 else "value_compared"
    return say(key, edition, n=len(rows), counts=", ".join(counts))

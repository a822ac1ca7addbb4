"""How far coders agree, and where they do not, side by side."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

import pandas as pd

from ecrm_helpers.interview.coders import Comparison
from ecrm_helpers.interview.matrices import first_coder
from ecrm_helpers.interview.tables import Interview, records
from ecrm_helpers.printed import Edition, joined, keyed, number, say, spoken
from ecrm_helpers.shown.coded.codings import named
from ecrm_helpers.shown.piece import Piece
from ecrm_helpers.shown.tables import table
from ecrm_helpers.shown.wording import paragraph

#: What two coders are compared by.
CODERS = keyed("note_coders_", "note_coders_segment note_coders_turn")

#: Measures of agreement.
AGREE = keyed(
    "agree_",
    "agree_units agree_both agree_first_only agree_second_only agree_neither "
    "agree_percent agree_kappa agree_kappa_ends agree_alpha agree_alpha_ends "
    "agree_ac1",
)


@spoken
def coders(
    interview: Interview, compared: Comparison | None, edition: Edition
) -> Piece:
    """Show how far two coders agree; with one, say that it cannot be computed.

    Parameters
    ----------
    interview : Interview
        Gives the coders and the names of the codes.
    compared : Comparison or None
        As `coders.first_two` gives it.

    Returns
    -------
    Piece
        With one coder it leaves out cells tagged ``coders``.
    """
    if compared is None:
        coder = first_coder(interview)
        alone = paragraph("tab-coders", "one_coder", edition, coder=coder)
        return replace(alone, without=("coders",))
    return agreement_table(interview, compared, edition)


def agreement_table(interview: Interview, found: Comparison, edition: Edition) -> Piece:
    """Show how far two coders agree, over all and by code.

    Parameters
    ----------
    interview : Interview
        Gives the names of the codes.
    found : Comparison
        As `coders.compare` gives it.
    """
    first = {
        say("all_codes", edition): vars(found.over_all),
        say("all_characters", edition): vars(found.over_characters),
    }
    codes = found.by_code.rename(index=interview.names.to_dict())
    rows = pd.concat([pd.DataFrame(first).T, codes, found.pairs])
    whole = ["units", "both", "first_only", "second_only", "neither"]
    rows = rows.astype({c: int if c in whole else float for c in rows.columns})
    for name in ("kappa", "alpha"):
        ends = (rows.pop(f"{name}_{end}") for end in ("low", "high"))
        texts = [_ends(a, b, edition) for a, b in zip(*ends, strict=True)]
        rows.insert(list(rows).index(name) + 1, f"{name}_ends", texts)
    notes = [say(CODERS[found.unit], edition)]
    if found.joint is not None:
        alpha = number(found.joint, 2, edition, lead=False)
        notes.append(say("note_coders_joint", edition, alpha=alpha))
    if found.left_out:
        left = joined(found.left_out, edition)
        notes.append(say("note_coders_left_out", edition, documents=left))
    return table(
        named(rows.rename(columns=AGREE.__getitem__), edition),
        "tab-coders",
        say("caption_coders", edition, first=found.first, second=found.second),
        edition,
        note=" ".join(notes),
    )


def _ends(low: float, high: float, edition: Edition) -> str:
    """Write an interval; nothing where there is none."""
    if pd.isna(low):
        return ""
    ends = {
        k: number(v, 2, edition, lead=False) for k, v in (("low", low), ("high", high))
    }
    return say("agree_between", edition, **ends)


def disagreements_table(
    interview: Interview, found: Comparison, edition: Edition
) -> Piece:
    """Set side by side what the two marked where only one gave a code."""
    rows = found.disagreements
    frame = pd.DataFrame(
        {
            say("coded_document", edition): rows["doc_id"],
            say("code", edition): _names(interview, rows["code_id"]),
            say("given_by", edition): [getattr(found, w) for w in rows["given_by"]],
            found.first: rows["first"].replace("", "–"),
            found.second: rows["second"].replace("", "–"),
        }
    ).set_axis(rows["unit"].rename(None), axis="index")
    caption = say("caption_disagreements", edition)
    return table(frame, "tab-disagreements", caption, edition)


def _names(interview: Interview, codes: "pd.Series[str]") -> "pd.Series[str]":
    return codes.map(interview.names)


@spoken
def disagreements(
    interview: Interview, compared: Comparison | None, edition: Edition
) -> Piece | None:
    """Show `disagreements_table` where there are two coders."""
    return disagreements_table(interview, compared, edition) if compared else None


def as_records(
    interview: Interview, found: Sequence[Comparison]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Give measures and disagreements of every pair, for programs.

    Returns
    -------
    list of dict
        A row for each pair over all codes (``code`` empty), over characters
        (``code`` is ``*``) and for each code; None where not defined.
    list of dict
        A row for each unit and code that only one of a pair gave.
    """
    measures, differ = [], []
    for pair in found:
        who = {"first": pair.first, "second": pair.second}
        rows = [("", asdict(pair.over_all)), ("*", asdict(pair.over_characters))]
        names = interview.names[pair.by_code.index]
        rows += list(zip(names, records(pair.by_code), strict=True))
        joint = {} if pair.joint is None else {"alpha_of_all": pair.joint}
        measures += [
            {**who, "unit": pair.unit, "code": code, **_plain(row), **joint}
            for code, row in rows
        ]
        for row in records(pair.disagreements):
            marked = {f"{w}_marked": row.pop(w) for w in ("first", "second")}
            code = {"code": interview.names[row.pop("code_id")]}
            differ.append({**who, **row, **code, **marked})
    return measures, differ


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {k: None if v is None or v != v else v for k, v in row.items()}

"""The tables that judge the coded interview: evidence, variants, checklists, coders."""

import pandas as pd

from ecrm_helpers.interview.agreement import Comparison
from ecrm_helpers.interview.evidence import overturning
from ecrm_helpers.interview.tables import Interview, each
from ecrm_helpers.printed import Edition, say
from ecrm_helpers.shown.coded.codings import Material, named
from ecrm_helpers.shown.piece import Piece
from ecrm_helpers.shown.tables import table
from ecrm_helpers.shown.wording import paragraph
from ecrm_helpers.study import Hypothesis


def evidence_table(
    evidence: pd.DataFrame, name: str, material: Material, edition: Edition
) -> Piece:
    """Show the statements for and against a hypothesis, and the nuances.

    Parameters
    ----------
    evidence : DataFrame
        As `evidence.ledger` gives it.
    name : str
        Id of the table.
    material : {"paraphrase", "transcript"}
        What the segments are.
    """
    kinds = evidence["kind"].map(lambda key: say(key, edition) if key else "")
    weights = evidence["weight"].map(lambda weight: f" ({weight})" if weight else "")
    frame = pd.DataFrame(
        {
            "direction": evidence["direction"].map(lambda key: say(key, edition)),
            "claimed": evidence["claim"].where(
                evidence["claim"] != "", evidence["excerpt"]
            ),
            "section": evidence["section"],
            "kind_and_weight": kinds + weights,
            "counter_explanation": evidence["counter_explanation"],
        }
    ).set_axis(evidence["segment_id"].rename(None), axis="index")
    return table(
        named(frame, edition),
        name,
        say("caption_evidence", edition),
        edition,
        source=f"source_{material}",
        note=say("note_weights", edition),
    )


def sensitivity_table(
    variants: pd.DataFrame, coders: int, name: str, edition: Edition
) -> Piece:
    """Show the reading and the decision under each variant.

    Parameters
    ----------
    variants : DataFrame
        As `evidence.sensitivity` gives it.
    coders : int
        With one, the table says that another coder's reading cannot be had.
    """
    labels = [
        say(f"variant_{row.variant}", edition, what=row.what) for row in each(variants)
    ]
    frame = variants[["for", "against", "nuance"]].assign(
        reading=variants["reading"].map(lambda key: say(f"reading_{key}", edition)),
        association=variants["association"].map(lambda key: say(key, edition)),
    )
    note = say("one_coder_sensitivity", edition) if coders == 1 else ""
    return table(
        named(frame, edition).set_axis(pd.Index(labels), axis="index"),
        name,
        say("caption_sensitivity", edition),
        edition,
        note=note,
    )


def checklist_table(
    interview: Interview, checklist: str, name: str, edition: Edition
) -> Piece:
    """Show a reporting checklist: each item's cell, or that nothing is reported.

    Parameters
    ----------
    interview : Interview
        With its ``checklists.csv``.
    checklist : {"COREQ", "SRQR"}
        Which of them.
    """
    rows = interview.checklists[interview.checklists["checklist"] == checklist]
    missing = say("not_reported", edition)
    frame = pd.DataFrame(
        {
            "label": rows["label"],
            "where_cell": [
                say("heading_and_cell", edition, heading=r.heading, cell=r.cell)
                if r.cell
                else missing
                for r in each(rows)
            ],
            "answer": rows["answer"],
        }
    ).set_axis(rows["item"].rename(None), axis="index")
    return table(
        named(frame, edition),
        name,
        say(f"caption_{checklist}", edition),
        edition,
        source=f"source_{checklist}",
        note=say(
            "note_checklist",
            edition,
            missing=int((rows["cell"] == "").sum()),
            n=len(rows),
        ),
    )


def overturned(
    evidence: pd.DataFrame,
    variants: pd.DataFrame,
    hypothesis: Hypothesis,
    edition: Edition,
) -> Piece:
    """Say what would change the reading, and what the decision.

    Parameters
    ----------
    evidence : DataFrame
        As `evidence.ledger` gives it.
    variants : DataFrame
        As `evidence.sensitivity` gives it, all statements first.
    hypothesis : Hypothesis
        Says how many respondents its rule asks for.
    """
    ways = overturning(evidence)
    values = {
        "reading": say(f"reading_{variants['reading'].iloc[0]}", edition),
        "variants": len(variants),
        "least": hypothesis.minimum_respondents,
    }
    if not ways:
        return paragraph("overturned", "not_overturned", edition, **values)
    key = (
        "overturned"
        if variants["association"].nunique() == 1
        else "overturned_decision"
    )
    away = {
        "against": ", ".join(ways["illustrated"]),
        "for_": ", ".join(ways["contradicted"]),
    }
    return paragraph("overturned", key, edition, **values, **away)


def coders(
    interview: Interview, compared: list[Comparison], name: str, edition: Edition
) -> Piece:
    """Show how far two coders agree; with one, say that it cannot be computed.

    Parameters
    ----------
    interview : Interview
        Gives the coders and the names of the codes.
    compared : list of Comparison
        As `agreement.compare` gives it; empty with one coder.
    """
    if not compared:
        return paragraph(
            name, "one_coder", edition, coder=interview.coders["coder_id"].iloc[0]
        )
    return agreement_table(compared[0], interview.names, name, edition)


def agreement_table(
    found: Comparison, names: "pd.Series[str]", name: str, edition: Edition
) -> Piece:
    """Show how far two coders agree, over all and by code.

    Parameters
    ----------
    found : Comparison
        As `agreement.compare` gives it.
    names : Series
        Each code's name.
    """
    first = {
        say("all_codes", edition): vars(found.over_all),
        say("all_characters", edition): vars(found.over_characters),
    }
    rows = pd.concat(
        [pd.DataFrame(first).T, found.by_code.rename(index=names.to_dict())]
    )
    whole = ["units", "both", "first_only", "second_only", "neither"]
    rows = rows.astype({c: int if c in whole else float for c in rows.columns})
    return table(
        named(rows.rename(columns=lambda c: f"agree_{c}"), edition),
        name,
        say("caption_coders", edition, first=found.first, second=found.second),
        edition,
        note=say(f"note_coders_{found.unit}", edition),
    )


def disagreements_table(
    found: Comparison, names: "pd.Series[str]", name: str, edition: Edition
) -> Piece:
    """List each unit and code that one coder gave and the other did not."""
    rows = found.disagreements
    who = {"first": found.first, "second": found.second}
    frame = pd.DataFrame(
        {"code": rows["code_id"].map(names), "given_by": rows["given_by"].map(who)}
    ).set_axis(rows["unit"].rename(None), axis="index")
    caption = say("caption_disagreements", edition)
    return table(named(frame, edition), name, caption, edition)

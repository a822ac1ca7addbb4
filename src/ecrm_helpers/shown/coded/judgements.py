"""The tables that judge the coded interview: evidence, variants, checklists, coders."""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from ecrm_helpers.interview.coders import Comparison
from ecrm_helpers.interview.evidence import overturning
from ecrm_helpers.interview.matrices import active, first_coder
from ecrm_helpers.interview.tables import Interview, each
from ecrm_helpers.printed import Edition, joined, keyed, number, say, spoken
from ecrm_helpers.printed.blanks import Quantity
from ecrm_helpers.shown.coded.codings import SOURCE, named
from ecrm_helpers.shown.hypotheses import decisions
from ecrm_helpers.shown.piece import Piece
from ecrm_helpers.shown.tables import table
from ecrm_helpers.shown.wording import paragraph
from ecrm_helpers.study import Association, Hypothesis

#: Kinds of a statement, as study.yml weighs them.
KIND = keyed("", "fact figure opinion self-report")

#: Captions of the checklists.
CHECKLIST = keyed("caption_", "caption_COREQ caption_SRQR")

#: Where they are from.
CHECKED = keyed("source_", "source_COREQ source_SRQR")

#: What is left out or changed.
VARIANT = keyed("variant_", "variant_all variant_without variant_facts variant_coder")

#: How the statements read.
READING = keyed(
    "reading_",
    "reading_illustrated reading_challenged reading_contradicted reading_silent",
)

#: What two coders are compared by.
CODERS = keyed("note_coders_", "note_coders_segment note_coders_turn")

#: Measures of agreement.
AGREE = keyed(
    "agree_",
    "agree_units agree_both agree_first_only agree_second_only agree_neither "
    "agree_percent agree_kappa agree_kappa_low agree_kappa_high agree_alpha "
    "agree_alpha_low agree_alpha_high agree_ac1",
)


@spoken
def evidence_table(
    interview: Interview, evidence: pd.DataFrame, edition: Edition
) -> Piece:
    """Show the statements for and against a hypothesis, and the nuances."""
    kinds = evidence["kind"].map(lambda key: say(KIND[key], edition) if key else "")
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
        "tab-evidence",
        say("caption_evidence", edition),
        edition,
        source=SOURCE[interview.material],
        note=say("note_weights", edition),
    )


@spoken
def sensitivity_table(
    interview: Interview, variants: pd.DataFrame, edition: Edition
) -> Piece:
    """Show the reading and the decision under each variant.

    Parameters
    ----------
    interview : Interview
        With one coder, the table says that another's reading cannot be had.
    variants : DataFrame
        As `evidence.sensitivity` gives it.
    """
    labels = [
        say(VARIANT[row.variant], edition, what=row.what) for row in each(variants)
    ]
    frame = variants[["for", "against", "nuance"]].assign(
        reading=variants["reading"].map(lambda key: say(READING[key], edition)),
        association=variants["association"].map(lambda key: say(key, edition)),
    )
    alone = len(active(interview)) < 2
    note = say("one_coder_sensitivity", edition) if alone else ""
    return table(
        named(frame, edition).set_axis(pd.Index(labels), axis="index"),
        "tab-sensitivity",
        say("caption_sensitivity", edition),
        edition,
        note=note,
    )


@spoken
def checklist_table(interview: Interview, checklist: str, edition: Edition) -> Piece:
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
        f"tab-{checklist.lower()}",
        say(CHECKLIST[checklist], edition),
        edition,
        source=CHECKED[checklist],
        note=say(
            "note_checklist",
            edition,
            missing=int((rows["cell"] == "").sum()),
            n=len(rows),
        ),
    )


@spoken
def overturned(
    evidence: pd.DataFrame,
    variants: pd.DataFrame,
    hypothesis: Hypothesis,
    edition: Edition,
) -> Piece:
    """Say what would change the reading, and what the decision.

    Parameters
    ----------
    variants : DataFrame
        As `evidence.sensitivity` gives it, all statements first.
    hypothesis : Hypothesis
        Says how many respondents its rule asks for.
    """
    ways = overturning(evidence)
    values = {
        "reading": say(READING[variants["reading"].iloc[0]], edition),
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


@spoken
def decision(
    hypothesis: Hypothesis,
    association: Association,
    facts: Mapping[str, Quantity],
    edition: Edition,
) -> Piece:
    """Set the decision on hypothesis 1 beside the thesis's verdict.

    Parameters
    ----------
    hypothesis : Hypothesis
        Its rule, in words.
    association : {"supported", "not_supported", "not_assessable"}
        As `evidence.weigh` gives it.
    facts : mapping of quantity to number
        As `quantities.interviewed` gives it.
    """
    found = {name.removeprefix("h1."): count for name, count in facts.items()}
    words = hypothesis.rule_in_words
    rule = say(
        "rule_h1",
        edition,
        rule=words[edition] if words else "",
        n=found["interview.respondents"],
        for_=found["for"],
        nuance=found["nuance"],
        against=found["against"],
    )
    return decisions.decision("h1", hypothesis, association, rule, edition, facts)


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


def disagreements_table(
    interview: Interview, found: Comparison, edition: Edition
) -> Piece:
    """List each unit and code that one coder gave and the other did not."""
    rows = found.disagreements
    frame = pd.DataFrame(
        {
            "coded_document": rows["doc_id"],
            "code": rows["code_id"].map(interview.names),
            "given_by": [getattr(found, who) for who in rows["given_by"]],
            interview.material: rows["words"],
        }
    )
    frame = named(frame.set_axis(rows["unit"].rename(None), axis="index"), edition)
    caption = say("caption_disagreements", edition)
    return table(frame, "tab-disagreements", caption, edition)


@spoken
def disagreements(
    interview: Interview, compared: Comparison | None, edition: Edition
) -> Piece | None:
    """Show `disagreements_table` where there are two coders."""
    return disagreements_table(interview, compared, edition) if compared else None

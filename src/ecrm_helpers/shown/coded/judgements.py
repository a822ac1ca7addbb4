"""The tables that judge the coded interview: evidence, variants, checklists."""

from collections.abc import Mapping

import pandas as pd

from ecrm_helpers.interview.evidence import overturning
from ecrm_helpers.interview.matrices import active
from ecrm_helpers.interview.tables import Interview, each
from ecrm_helpers.printed import Edition, joined, keyed, say, spoken
from ecrm_helpers.printed.blanks import Quantity
from ecrm_helpers.shown.coded.codings import named, shown
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


@spoken
def evidence_table(
    interview: Interview, evidence: pd.DataFrame, edition: Edition
) -> Piece:
    """Show the statements for and against a hypothesis, and the nuances."""
    ways = evidence["direction"].value_counts(sort=False)
    parts = [f"{say(str(way), edition)} {k}" for way, k in ways.items()]
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
    return shown(
        interview,
        frame,
        "tab-evidence",
        "caption_evidence",
        edition,
        note=say("note_weights", edition) if (weights != "").any() else "",
        said=say("evidence_said", edition, parts=joined(parts, edition)),
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
def checklist_table(
    interview: Interview, checklist: str, edition: Edition
) -> Piece | None:
    """Show a reporting checklist: each item's cell, or that nothing is reported.

    Parameters
    ----------
    interview : Interview
        With its ``checklists.csv``.
    checklist : {"COREQ", "SRQR"}
        Which of them.
    """
    rows = interview.checklists[interview.checklists["checklist"] == checklist]
    if rows.empty:
        return None
    places = [
        say("heading_and_cell", edition, heading=r.heading, cell=r.cell)
        if r.cell
        else say("not_reported", edition)
        for r in each(rows)
    ]
    frame = rows.assign(where_cell=places)[["label", "where_cell", "answer"]]
    return shown(
        interview,
        frame.set_axis(rows["item"].rename(None), axis="index"),
        f"tab-{checklist.lower()}",
        CHECKLIST[checklist],
        edition,
        source=CHECKED[checklist],
        note=say("note_checklist", edition),
        said=say(
            "checklist_said",
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
        "against": say("nor", edition).join(ways["illustrated"]),
        "for_": say("nor", edition).join(ways["contradicted"]),
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
    return decisions.decision("h1", hypothesis, association, rule, facts)

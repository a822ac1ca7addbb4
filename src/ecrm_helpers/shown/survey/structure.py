"""How many things a matrix measures: a table of all; loadings, eigenvalues of each."""

from collections.abc import Mapping

import pandas as pd

from ecrm_helpers.answers.read import Answers
from ecrm_helpers.printed import joined, language, number, p_cell, say, within_one
from ecrm_helpers.shown.figures import BLUE, GREY, beside, canvas, finished, in_brackets
from ecrm_helpers.shown.hypotheses.layouts import tops
from ecrm_helpers.shown.piece import Piece, id_of
from ecrm_helpers.shown.tables import Digits, table
from ecrm_helpers.statistics.analysis import AnalysisError, Structure


def structures(
    found: Mapping[str, Structure | AnalysisError], answers: Answers
) -> list[Piece]:
    """Show the structure of matrices: as description, which decides nothing.

    Parameters
    ----------
    found : mapping of matrix to Structure, or why there is none
        As `analysis.structure` gives it.
    """
    pieces = [_overview(found, answers)]
    for name, each in found.items():
        if isinstance(each, Structure):
            label = answers.study.label(name)[language()]
            pieces.append(_loadings(name, label, each, answers))
            pieces.append(_eigenvalues(name, label, each))
    return pieces


def _overview(
    found: Mapping[str, Structure | AnalysisError], answers: Answers
) -> Piece:
    notes = [say("note_structure")]
    rows: dict[str, list[object]] = {}
    for name, each in found.items():
        label = answers.study.label(name)[language()]
        if isinstance(each, AnalysisError):
            rows[label] = [None] * 6
            why = each.said(language())
            notes.append(say("refused_for", label=label, why=why))
        else:
            kept = each.loadings.shape[1]
            rows[label] = [each.n, each.kmo, each.chi2, each.df, each.p, kept]
    keys = ("N", "kmo", "bartlett", "df", "p", "components")
    columns = [say(key) for key in keys]
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=columns, dtype=object)
    digits: dict[str, Digits] = {say("kmo"): within_one(2), say("p"): p_cell}
    one = [label for label, row in rows.items() if row[-1] == 1]
    of = {"k": len(one), "n": len(rows), "names": in_brackets(one)}
    note, said = " ".join(notes), say("structure_said", **of)
    caption = say("caption_structure")
    return table(frame, "tab-structure", caption, decimals=digits, note=note, said=said)


def _loadings(name: str, label: str, each: Structure, answers: Answers) -> Piece:
    names = [answers.study.name(str(item))[language()] for item in each.loadings.index]
    frame = each.loadings.set_axis(names)
    frame.columns = pd.Index([say("component", k=k) for k in each.loadings.columns])
    caption = say("caption_loadings", label=label)
    note = say("note_loadings") if each.loadings.shape[1] > 1 else ""
    most = tops(frame.abs().max(axis=1))
    said = say("loadings_said", names=most)
    place, digits = f"tab-loadings-{id_of(name)}", within_one(2)
    return table(frame, place, caption, decimals=digits, note=note, said=said)


def _eigenvalues(name: str, label: str, each: Structure) -> Piece:
    """Draw the eigenvalues beside those that chance alone would give."""
    figure, axes = canvas(2.6)
    places = each.eigenvalues.index
    found, chance = say("eigenvalue"), say("by_chance")
    axes.plot(places, each.eigenvalues, "o-", color=BLUE)
    axes.plot(places, each.by_chance, "s--", color=GREY, ms=4)
    axes.set(xlabel=say("components"), ylabel=found, xticks=list(places))
    numbers = pd.DataFrame({found: each.eigenvalues, chance: each.by_chance})
    beside(axes, [(roots.iloc[-1], str(what)) for what, roots in numbers.items()])
    parts = joined([number(root, 2) for root in each.eigenvalues])
    values = {"label": label, "kept": each.loadings.shape[1]}
    caption = say("caption_eigenvalues", **values)
    alt = say("alt_eigenvalues", roots=parts, **values)
    return finished(
        figure,
        f"fig-eigenvalues-{id_of(name)}",
        caption,
        alt,
        n=each.n,
        numbers=numbers,
    )

"""How many things a matrix measures: a table of all; loadings, eigenvalues of each."""

from collections.abc import Mapping

import pandas as pd

from ecrm_helpers.answers.read import Answers
from ecrm_helpers.printed import (
    Edition,
    joined,
    number,
    p_cell,
    say,
    spoken,
    within_one,
)
from ecrm_helpers.shown.figures import BLUE, GREY, beside, canvas, finished, in_brackets
from ecrm_helpers.shown.hypotheses.layouts import tops
from ecrm_helpers.shown.piece import Piece, id_of
from ecrm_helpers.shown.tables import Digits, table
from ecrm_helpers.statistics.analysis import AnalysisError, Structure


@spoken
def structures(
    found: Mapping[str, Structure | AnalysisError], answers: Answers, edition: Edition
) -> list[Piece]:
    """Show the structure of matrices: as description, which decides nothing.

    Parameters
    ----------
    found : mapping of matrix to Structure, or why there is none
        As `analysis.structure` gives it.
    """
    pieces = [_overview(found, answers, edition)]
    for name, each in found.items():
        if isinstance(each, Structure):
            label = answers.study.label(name)[edition]
            pieces.append(_loadings(name, label, each, answers, edition))
            pieces.append(_eigenvalues(name, label, each, edition))
    return pieces


def _overview(
    found: Mapping[str, Structure | AnalysisError], answers: Answers, edition: Edition
) -> Piece:
    notes = [say("note_structure", edition)]
    rows: dict[str, list[object]] = {}
    for name, each in found.items():
        label = answers.study.label(name)[edition]
        if isinstance(each, AnalysisError):
            rows[label] = [None] * 6
            why = each.said(edition)
            notes.append(say("refused_for", edition, label=label, why=why))
        else:
            kept = each.loadings.shape[1]
            rows[label] = [each.n, each.kmo, each.chi2, each.df, each.p, kept]
    keys = ("N", "kmo", "bartlett", "df", "p", "components")
    columns = [say(key, edition) for key in keys]
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=columns, dtype=object)
    digits: dict[str, Digits] = {
        say("kmo", edition): within_one(2),
        say("p", edition): p_cell,
    }
    one = [label for label, row in rows.items() if row[-1] == 1]
    of = {"k": len(one), "n": len(rows), "names": in_brackets(one, edition)}
    told = {"note": " ".join(notes), "said": say("structure_said", edition, **of)}
    caption = say("caption_structure", edition)
    return table(frame, "tab-structure", caption, edition, decimals=digits, **told)


def _loadings(
    name: str, label: str, each: Structure, answers: Answers, edition: Edition
) -> Piece:
    names = [answers.study.name(str(item))[edition] for item in each.loadings.index]
    frame = each.loadings.set_axis(names)
    frame.columns = pd.Index(
        [say("component", edition, k=k) for k in each.loadings.columns]
    )
    caption = say("caption_loadings", edition, label=label)
    note = say("note_loadings", edition) if each.loadings.shape[1] > 1 else ""
    most = tops(frame.abs().max(axis=1), edition)
    told = {"note": note, "said": say("loadings_said", edition, names=most)}
    place, digits = f"tab-loadings-{id_of(name)}", within_one(2)
    return table(frame, place, caption, edition, decimals=digits, **told)


def _eigenvalues(name: str, label: str, each: Structure, edition: Edition) -> Piece:
    """Draw the eigenvalues beside those that chance alone would give."""
    figure, axes = canvas(2.6)
    places = each.eigenvalues.index
    found, chance = say("eigenvalue", edition), say("by_chance", edition)
    axes.plot(places, each.eigenvalues, "o-", color=BLUE)
    axes.plot(places, each.by_chance, "s--", color=GREY, ms=4)
    axes.set(xlabel=say("components", edition), ylabel=found, xticks=list(places))
    numbers = pd.DataFrame({found: each.eigenvalues, chance: each.by_chance})
    beside(axes, [(roots.iloc[-1], str(what)) for what, roots in numbers.items()])
    parts = joined([number(root, 2, edition) for root in each.eigenvalues], edition)
    values = {"label": label, "kept": each.loadings.shape[1]}
    caption = say("caption_eigenvalues", edition, **values)
    alt = say("alt_eigenvalues", edition, roots=parts, **values)
    return finished(
        figure,
        f"fig-eigenvalues-{id_of(name)}",
        caption,
        alt,
        edition,
        each.n,
        numbers=numbers,
    )

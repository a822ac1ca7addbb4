"""Two choices: a hypothesis on a cross-table, whole."""

from collections.abc import Mapping

import numpy as np

from ecrm_helpers.answers.read import Answers
from ecrm_helpers.printed import EDITIONS, joined, language, number, say, speaking
from ecrm_helpers.shown.figures import canvas, finished, legend
from ecrm_helpers.shown.hypotheses.crossings import (
    counts_table,
    crossings_table,
    sentence,
    title,
)
from ecrm_helpers.shown.hypotheses.decisions import decided
from ecrm_helpers.shown.hypotheses.further.one import beginning, facts_of
from ecrm_helpers.shown.hypotheses.sentences import listed
from ecrm_helpers.shown.piece import Piece, of_hypothesis
from ecrm_helpers.shown.tables import table
from ecrm_helpers.statistics.analysis import AnalysisError, CrossTable
from ecrm_helpers.study import Bilingual, Study


def crossed(
    every: Mapping[str, CrossTable | AnalysisError],
    alpha: float,
    minimum: int,
    answers: Answers,
) -> list[Piece]:
    """Show each hypothesis on two choices, from its answers to its decision.

    Parameters
    ----------
    every : mapping of hypothesis to CrossTable, or why there is none
        As `analysis.cross_table` gives it: Fisher's p decides where there is one.
    minimum : int
        A table with a smaller count is not shown, nor what tells its counts.
    """
    return [
        piece
        for name, found in every.items()
        for piece in _one(name, found, alpha, minimum, answers)
    ]


def _one(
    name: str,
    found: CrossTable | AnalysisError,
    alpha: float,
    minimum: int,
    answers: Answers,
) -> list[Piece]:
    begun = beginning(name, found, answers)
    if isinstance(found, AnalysisError):
        return begun
    first, second = answers.asked(name)
    pair, study = (str(first), str(second)), answers.study
    counts = counts_table(pair, found, minimum, study)
    confidence = found.cramer_v.confidence
    tests = crossings_table({pair: found}, answers, confidence=confidence)
    shown = [tests, listed([sentence(pair, found, study)], "sentence-crossed")]
    if counts.kind == "table":  # else a count is too small to be told
        shown.insert(0, _shares(pair, found, answers))
        shown.insert(2, _residuals(pair, found, answers))
    p = found.p if found.fisher_p is None else found.fisher_p
    stated = _stated(pair, found, study)
    verdict = decided(
        name, answers, [p], alpha, facts_of(name, found), besides={}, finding=stated
    )
    return [*begun, *of_hypothesis(name, counts, *shown), verdict]


def _stated(pair: tuple[str, str], found: CrossTable, study: Study) -> Bilingual:
    """Write the sentence in each language without the names of the questions."""
    bare = {}
    for edition in EDITIONS:
        with speaking(edition):
            said = sentence(pair, found, study).removeprefix(title(pair, study))
        bare[edition] = said.strip(" :.")
    return Bilingual(fr=bare["fr"], en=bare["en"])


def _residuals(pair: tuple[str, str], found: CrossTable, answers: Answers) -> Piece:
    rows, columns = (answers.study.columns[each].labels(language()) for each in pair)
    frame = found.residuals.rename(index=rows, columns=columns)
    frame = frame.rename_axis(index=None, columns=None).astype(float)
    label = title(pair, answers.study)
    caption = say("caption_residuals", label=label)
    note, values = say("note_residuals"), frame.to_numpy()
    row, column = np.unravel_index(np.abs(values).argmax(), values.shape)
    cell = f"{frame.index[row]} × {frame.columns[column]}"
    said = say("residuals_said", cell=cell, z=number(float(values[row, column]), 2))
    return table(frame, "tab-residuals", caption, note=note, said=said)


def _shares(pair: tuple[str, str], found: CrossTable, answers: Answers) -> Piece:
    """Draw the shares of the second question's levels within each of the first."""
    rows, columns = (answers.study.columns[each].labels(language()) for each in pair)
    shares = found.observed.div(found.observed.sum(axis=1), axis=0).mul(100)
    figure, axes = canvas(1 + 0.45 * len(shares))
    names = [rows[str(level)] for level in shares.index]
    left = np.zeros(len(shares))
    greys = np.linspace(0.25, 0.9, len(shares.columns))
    for level, grey in zip(shares.columns, greys, strict=True):
        width = shares[level].to_numpy()
        drawn = axes.barh(
            names, width, left=left, color=str(grey), label=columns[str(level)]
        )
        texts = [number(share, 0) if share >= 8 else "" for share in width]
        ink = "white" if grey < 0.6 else "black"
        axes.bar_label(drawn, texts, label_type="center", color=ink)
        left += width
    axes.invert_yaxis()
    second = answers.study.name(pair[1])[language()]
    axes.set(xlim=(0, 100), xlabel=say("share_of", label=second))
    legend(figure, *axes.get_legend_handles_labels())
    parts = [
        say(
            "alt_shares_of",
            group=name,
            shares=joined(
                [
                    say(
                        "level_share", level=columns[str(level)], share=number(share, 0)
                    )
                    for level, share in row.items()
                ],
            ),
        )
        for name, (_, row) in zip(names, shares.iterrows(), strict=True)
    ]
    label = title(pair, answers.study)
    caption = say("caption_shares_of", label=label)
    n = int(found.observed.to_numpy().sum())
    alt, told = " ".join(parts), shares.set_axis(names).rename(columns=columns)
    return finished(figure, "fig-shares", caption, alt, n=n, numbers=told)

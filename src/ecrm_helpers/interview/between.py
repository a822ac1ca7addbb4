"""Between themes, and between interviews: overlaps, and codes that are new."""

import numpy as np
import pandas as pd

from ecrm_helpers.interview.matrices import coded, presence, tree
from ecrm_helpers.interview.tables import Interview, each


def overlaps(interview: Interview) -> pd.DataFrame:
    r"""Count where two themes are coded on the same words, however long each passage.

    Returns
    -------
    DataFrame, one row per pair of themes that overlap, most frequent first
        ``first``, ``second`` (ids), ``both`` (stretches of text that bear both),
        ``jaccard``: of the characters that bear either, the share that bears
        both, from above 0 to 1.

    Notes
    -----
    .. math:: J = \frac{n(A \cap B)}{n(A \cup B)}, counted in characters.
    """
    rows = coded(interview)
    themes = [theme for theme in tree(interview).index if theme in set(rows["theme"])]
    bears, lengths = _pieces(rows, themes)
    together = bears.T @ (bears * lengths[:, None])
    # A stretch goes on where both were there just before.
    runs = bears.T @ bears
    on = bears[1:] * bears[:-1]
    runs[:] -= on.T @ on
    alone = together.diagonal()
    found = [
        (themes[i], themes[j], int(runs[i, j]),
         together[i, j] / (alone[i] + alone[j] - together[i, j]))
        for i, j in zip(*np.triu_indices(len(themes), 1), strict=True)
        if together[i, j]
    ]  # fmt: skip
    table = pd.DataFrame(found, columns=["first", "second", "both", "jaccard"])
    return table.sort_values(
        ["both", "jaccard"], ascending=False, kind="stable", ignore_index=True
    )


def _pieces(rows: pd.DataFrame, themes: list[str]) -> tuple["np.ndarray", "np.ndarray"]:
    """Cut the texts where any passage begins or ends; say which themes each bears.

    Returns
    -------
    array of int, shape (pieces, themes)
        0 or 1; nothing is borne between two documents.
    array of int, shape (pieces,)
        Characters.
    """
    tables, lengths = [np.zeros((1, len(themes)), int)], [np.zeros(1, int)]
    for _, of in rows.groupby("doc_id", sort=False):
        ends = np.unique(of[["start", "end"]].to_numpy())
        marks = np.zeros((len(ends), len(themes)), int)
        for row in each(of):
            first, last = np.searchsorted(ends, [row.start, row.end])
            marks[first:last, themes.index(row.theme)] = 1
        tables.append(marks)
        lengths.append(np.append(np.diff(ends), 0))
    return np.concatenate(tables), np.concatenate(lengths)


def new_codes(interview: Interview) -> pd.DataFrame:
    """Count the codes of each interview, and those that none before it had.

    Returns
    -------
    DataFrame, one row per document in its order
        ``codes``, ``new``, ``known`` (met up to here); index ``doc_id``.
    """
    bears = presence(interview, "doc_id")
    bears = bears.reindex(list(interview.texts), fill_value=False)
    met = bears.cummax().sum(axis="columns")
    return pd.DataFrame(
        {
            "codes": bears.sum(axis="columns"),
            "new": met.diff().fillna(met).astype(int),
            "known": met,
        }
    )

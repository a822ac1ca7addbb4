"""Between themes, and between interviews: overlaps, and codes that are new."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

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
    sizes = {doc: len(text) for doc, text in interview.texts.items()}
    (marks,), lengths = pieces([rows], "theme", themes, sizes)
    bears = marks.astype(int)
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


def pieces(
    parts: Sequence[pd.DataFrame],
    column: str,
    codes: list[str],
    sizes: Mapping[str, int],
) -> tuple[list[NDArray[np.bool_]], NDArray[np.int_]]:
    """Cut texts where any passage begins or ends; say which codes each piece bears.

    Parameters
    ----------
    parts : sequence of DataFrame
        Passages, as `matrices.coded` gives them, of each coder.
    column : str
        What is borne: ``code_id`` or ``theme``.
    codes : list of str
        Which of them.
    sizes : mapping of document to int
        The texts that are cut, and their code points.

    Returns
    -------
    list of array of bool, shape (pieces, codes)
        For each part. Nothing is borne between two documents.
    array of int, shape (pieces,)
        The code points of each piece; together those of the texts.
    """
    tables = [[np.zeros((0, len(codes)), bool)] for _ in parts]
    lengths = [np.zeros(0, int)]
    for doc, size in sizes.items():
        here = [of[of["doc_id"] == doc] for of in parts]
        spans = [of[["start", "end"]].to_numpy(int).ravel() for of in here]
        ends = np.append(np.unique([0, size, *np.concatenate(spans)]), size)
        lengths.append(np.diff(ends))
        for table, of in zip(tables, here, strict=True):
            marks = np.zeros((len(ends) - 1, len(codes)), bool)
            for row in each(of):
                first, last = np.searchsorted(ends, [row.start, row.end])
                marks[first:last, codes.index(getattr(row, column))] = True
            table.append(marks)
    return [np.concatenate(table) for table in tables], np.concatenate(lengths)


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

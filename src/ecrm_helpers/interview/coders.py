"""Coders compared, unit by unit, and where they disagree.

For each code and unit a coder says yes or no, or never received the unit. Code
points are compared beside it, for coders who cut the text differently.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from itertools import combinations
from typing import Literal

import numpy as np
import pandas as pd

from ecrm_helpers.interview.between import pieces
from ecrm_helpers.interview.coefficients import Agreement, alpha, measure
from ecrm_helpers.interview.matrices import Level, active, coded
from ecrm_helpers.interview.tables import Interview, InterviewError, each
from ecrm_helpers.interview.units import judged
from ecrm_helpers.printed import told

Unit = Literal["turn", "segment"]


@dataclass(frozen=True)
class Comparison:
    """Two coders compared: by code and over all, and where they disagree.

    `left_out` names the documents that one of them did not receive. With more
    coders `pairs` has every pair over all codes, indexed by the two, and
    `joint` is alpha over all coders.
    """

    first: str
    second: str
    unit: Unit
    by_code: pd.DataFrame
    over_all: Agreement
    over_characters: Agreement
    disagreements: pd.DataFrame
    left_out: tuple[str, ...] = ()
    pairs: pd.DataFrame = field(default_factory=pd.DataFrame)
    joint: float | None = None


def said(interview: Interview) -> pd.DataFrame:
    """Lay out what the first two coders say of each unit and code.

    Returns
    -------
    DataFrame of bool, one row per unit and code
        ``first`` and ``second``: whether the coder gives the unit the code.
        Only units that both received and codes that one of the two used. No
        rows with one coder.
    """
    who = active(interview)[:2]
    if len(who) < 2:
        return pd.DataFrame({"first": [], "second": []}, dtype=bool)
    _, tables = judged(interview, who)
    marks = [table.astype(bool).stack() for table in tables.values()]
    table = pd.concat(marks, axis="columns", keys=["first", "second"])
    return table.rename_axis(["unit", "code_id"])


def compare(
    interview: Interview,
    first: str,
    second: str,
    *,
    level: Level = "code",
    documents: Sequence[str] = (),
    resamples: int = 999,
    seed: int = 1,
) -> Comparison:
    """Compare two coders of one corpus.

    Parameters
    ----------
    interview : Interview
        With codings of both.
    first, second : str
        The coders.
    level : {"code", "theme"}
        Each code by itself, or each theme with all its codes.
    documents : sequence of str, optional
        Only these; all that both received where none are named.
    resamples, seed : int
        Of the bootstrap for alpha.

    Returns
    -------
    Comparison
        Only codes that one of the two used, and units that both received: the
        others would raise or lower every share of agreement. Turned round, the
        numbers are the same.

    Raises
    ------
    InterviewError
        A coder has no coding, a document does not exist, or there is no unit
        that both received.
    """
    _known(interview, (first, second), documents)
    cut, tables = judged(interview, (first, second), level, documents)
    one, two = (table.astype(bool) for table in tables.values())
    both, codes = (one.to_numpy(), two.to_numpy()), list(one.columns)
    rows = [
        asdict(
            measure(both[0][:, [i]], both[1][:, [i]], resamples=resamples, seed=seed)
        )
        for i in range(len(codes))
    ]
    docs = set(cut["doc_id"])
    sizes = {doc: len(t) for doc, t in interview.texts.items() if doc in docs}
    said = [coded(interview, coder) for coder in (first, second)]
    column = "theme" if level == "theme" else "code_id"
    marks, times = pieces(said, column, codes, sizes)
    by_name = np.argsort(interview.names[codes].str.casefold(), kind="stable")
    single = len(codes) == 1
    return Comparison(
        first,
        second,
        cut["by"].iloc[0],
        pd.DataFrame(rows, index=codes),
        measure(
            *(marks[:, by_name] for marks in both),
            resamples=resamples,
            seed=seed,
            independent=single,
        ),
        measure(*marks, resamples=0, independent=False, weights=times),
        _differences(interview, cut, {first: one, second: two}),
        _left_out(interview, (first, second), documents),
    )


def compare_all(
    interview: Interview,
    coders: Sequence[str] = (),
    *,
    level: Level = "code",
    documents: Sequence[str] = (),
    seed: int = 1,
) -> list[Comparison]:
    """Compare every pair of coders, and all of them by alpha.

    Parameters
    ----------
    interview : Interview
        The coded corpus.
    coders : sequence of str, optional
        Two or more; all who coded anything where none are named.
    level, documents, seed
        As for `compare`.

    Returns
    -------
    list of Comparison
        One for each pair, in the order of the coders, each with `pairs` and
        `joint` where there are more than two. None with fewer than two.

    Raises
    ------
    InterviewError
        As `compare` does.
    """
    who = list(coders) or active(interview)
    compared = partial(compare, interview, level=level, documents=documents, seed=seed)
    found = [compared(first, second) for first, second in combinations(who, 2)]
    if len(who) < 3:
        return found
    _, tables = judged(interview, who, level, documents)
    joint = alpha(*(table.to_numpy() for table in tables.values()))
    index = [f"{each.first} – {each.second}" for each in found]
    pairs = pd.DataFrame([asdict(each.over_all) for each in found], index=index)
    return [replace(each, pairs=pairs, joint=joint) for each in found]


def first_two(interview: Interview, *, seed: int = 1) -> Comparison | None:
    """Compare the first two who coded anything, and all by pairs; None with one."""
    return next(iter(compare_all(interview, seed=seed)), None)


def _known(
    interview: Interview, coders: Sequence[str], documents: Sequence[str]
) -> None:
    """Hold coders to have coded, and documents to exist."""
    has, texts = active(interview), list(interview.texts)
    wrong = [told("agreement_coder", coder=c) for c in coders if c not in has]
    wrong += [told("agreement_document", doc=d) for d in documents if d not in texts]
    if wrong:
        known = {"coders": ", ".join(has) or "–", "documents": ", ".join(texts) or "–"}
        raise InterviewError("no_coding", *wrong, told("agreement_known", **known))


def _left_out(
    interview: Interview, coders: Sequence[str], documents: Sequence[str]
) -> tuple[str, ...]:
    """Name the documents that not all of the coders received."""
    given = [interview.received.get(coder) for coder in coders]
    lacking = {
        doc
        for spans in given
        for doc in documents or interview.texts
        if spans is not None and doc not in set(spans["doc_id"])
    }
    return tuple(doc for doc in interview.texts if doc in lacking)


def _differences(
    interview: Interview, cut: pd.DataFrame, pair: Mapping[str, pd.DataFrame]
) -> pd.DataFrame:
    """List each unit and code that one coder gave and the other did not.

    With the words that each marked there, and their codes in brackets.
    """
    where = zip(cut.index, cut["doc_id"], cut["start"], cut["end"], strict=True)
    (one, two), names = pair.values(), interview.names
    passages = [_passages(coded(interview, coder), names) for coder in pair]
    ones, twos = one.to_numpy(), two.to_numpy()
    found = []
    for (unit, doc, a, b), mine, theirs in zip(where, ones, twos, strict=True):
        if (mine == theirs).all():
            continue
        said = [
            " / ".join(w for start, end, w in of.get(doc, ()) if start < b and end > a)
            for of in passages
        ]
        found += [
            (unit, code, "first" if given else "second", doc, *said)
            for code, given, other in zip(one.columns, mine, theirs, strict=True)
            if given != other
        ]
    columns = ["unit", "code_id", "given_by", "doc_id", "first", "second"]
    return pd.DataFrame(found, columns=columns)


def _passages(
    rows: pd.DataFrame, names: "pd.Series[str]"
) -> dict[str, list[tuple[int, int, str]]]:
    """Give what a coder marked in each document, with the codes in brackets."""
    codes: dict[tuple[str, int, int, str], list[str]] = {}
    for row in each(rows):
        span = row.doc_id, row.start, row.end, row.excerpt
        codes.setdefault(span, []).append(names[row.code_id])
    found: dict[str, list[tuple[int, int, str]]] = {}
    for (doc, start, end, words), of in codes.items():
        told = f"{words} [{', '.join(of)}]"
        found.setdefault(doc, []).append((start, end, told))
    return found

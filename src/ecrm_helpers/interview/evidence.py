"""Statements for and against a hypothesis, and what they allow to be said.

The direction of a statement follows from the codes it bears, by the mapping
that ``study.yml`` declares; the ledger ``h1_evidence.csv`` adds the claim, its
kind and weight and the other explanation. No count decides: a hypothesis is
read from the presence of statements, and decided with enough respondents.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Literal

import pandas as pd

from ecrm_helpers.interview.matrices import active, presence
from ecrm_helpers.interview.tables import DIRECTIONS, Interview, InterviewError
from ecrm_helpers.printed import Told, told
from ecrm_helpers.study import Association, Hypothesis, Study

Reading = Literal["illustrated", "challenged", "contradicted", "silent"]

#: A segment with codes of several directions is read with the least favour.
_LEAST_FAVOUR_FIRST = ("against", "nuance", "for")


def stated(study: Study) -> Hypothesis | None:
    """Give hypothesis 1, where a study has one that statements decide."""
    found = study.hypotheses.get("h1")
    return found if found and found.rule == "statements" else None


def respondents(interview: Interview, given: int = 0) -> int:
    """Count who was interviewed: as given, else as named, else one for each text."""
    known = interview.respondents
    if not given and "respondent" in known and len(known) == len(interview.texts):
        return int(known["respondent"].nunique())
    return given or len(interview.texts)


def statements(
    interview: Interview, hypothesis: Hypothesis | None, coder: str | None = None
) -> "pd.Series[str]":
    """Read the direction of every segment that bears on a hypothesis.

    Parameters
    ----------
    hypothesis : Hypothesis
        Its `codes` name the codes that speak for, against, or with a nuance;
        nothing bears on none.
    coder : str, optional
        Whose codings; those of `matrices.whose` where none is named.

    Returns
    -------
    Series of {"against", "nuance", "for"}, indexed by segment
        In the order of the text. A segment with codes of several directions
        has the least favourable: against before nuance before for.

    Raises
    ------
    InterviewError
        The hypothesis names codes that the codebook lacks; all are listed.
    """
    if hypothesis is None:
        return pd.Series([], dtype=str, name="direction")
    _known(interview, hypothesis)
    bears = presence(interview, coder=coder)
    found = pd.Series("", index=bears.index, dtype=str, name="direction")
    by_direction = {str(way): codes for way, codes in hypothesis.codes.items()}
    for direction in reversed(_LEAST_FAVOUR_FIRST):
        codes = by_direction.get(direction, ())
        found[bears[[*codes]].any(axis="columns")] = direction
    return found[found != ""]


def _known(interview: Interview, hypothesis: Hypothesis) -> None:
    """Hold the codes that a hypothesis names to be codes of the codebook."""
    lacking = [
        told("evidence_code", direction=way, code=code)
        for way, codes in hypothesis.codes.items()
        for code in codes
        if code not in set(interview.codebook["code_id"])
    ]
    if lacking:
        has = ", ".join(interview.codebook["code_id"])
        raise InterviewError("evidence_codes", *lacking, k=len(lacking), has=has)


def ledger(
    interview: Interview, hypothesis: Hypothesis, coder: str | None = None
) -> pd.DataFrame:
    """List the statements that bear on a hypothesis, each with its other reading.

    Parameters
    ----------
    interview : Interview
        The coded corpus, with ``h1_evidence.csv`` where it has one.
    hypothesis : Hypothesis
        Maps codes to directions and kinds to weights.

    Returns
    -------
    DataFrame, statements for first, then against, then nuances
        ``segment_id``, ``direction``, ``section``, ``excerpt``, ``claim``,
        ``kind``, ``weight``, ``counter_explanation``; each direction in the
        order of the text. What the ledger lacks is "".

    Raises
    ------
    InterviewError
        For the first coder: the ledger gives a statement another direction
        than its codes, names one whose codes have none, lacks one, has a kind
        that is not declared, or a weight that is not its kind's.
    """
    found = statements(interview, hypothesis, coder)
    noted = interview.h1_evidence.set_index("segment_id")
    faults = _faults(noted, found, hypothesis) if coder is None and len(noted) else []
    if faults:
        raise InterviewError("evidence_faults", *faults, k=len(faults))
    listed = found.rename_axis("segment_id").reset_index()
    texts = interview.segments[["segment_id", "section", "excerpt"]]
    notes = noted.drop(columns="direction").reset_index()
    rows = listed.merge(texts, on="segment_id").merge(
        notes, on="segment_id", how="left"
    )
    place = rows["direction"].map(DIRECTIONS.index).argsort(kind="stable")
    return rows.fillna("").iloc[place].reset_index(drop=True)


def _faults(
    noted: pd.DataFrame, found: "pd.Series[str]", hypothesis: Hypothesis
) -> list[Told]:
    weights = {kind: str(weight) for kind, weight in hypothesis.weights.items()}
    missing = [
        told("evidence_lacking", segment=segment, codes=found[segment])
        for segment in found.index.difference(noted.index)
    ]
    wrong = []
    for segment, row in noted.iterrows():
        told_of = partial(told, segment=segment)
        way, by_codes = row["direction"], found.get(segment)
        if way != by_codes:
            codes = by_codes or told("evidence_no_way")
            wrong.append(told_of("evidence_other_way", noted=way, codes=codes))
        if row["weight"] != weights.get(row["kind"]):
            given = {"kind": row["kind"], "weight": row["weight"]}
            wrong.append(told_of("evidence_weight", known=weights, **given))
    return [*missing, *wrong]


def tally(directions: "pd.Series[str]") -> dict[str, int]:
    """Count the statements of each direction.

    Examples
    --------
    >>> tally(pd.Series(["for", "against", "for"]))
    {'for': 2, 'against': 1, 'nuance': 0}
    """
    return {way: int((directions == way).sum()) for way in DIRECTIONS}


def other_readings(
    interview: Interview, hypothesis: Hypothesis
) -> dict[str, "pd.Series[str]"]:
    """Read the statements by each coder but the first, as `statements` does."""
    others = active(interview)[1:]
    return {coder: statements(interview, hypothesis, coder) for coder in others}


def reading(found: Mapping[str, int]) -> Reading:
    """Read what the statements do to a hypothesis, from their presence alone.

    Examples
    --------
    >>> reading({"for": 3, "against": 2}), reading({"for": 3, "against": 0})
    ('challenged', 'illustrated')
    """
    in_favour, opposed = found.get("for", 0) > 0, found.get("against", 0) > 0
    if in_favour and opposed:
        return "challenged"
    if in_favour:
        return "illustrated"
    return "contradicted" if opposed else "silent"


def weigh(
    hypothesis: Hypothesis, respondents: int, found: Mapping[str, int]
) -> Association:
    """Judge an association by statements for and against, as the study declares.

    Parameters
    ----------
    hypothesis : Hypothesis
        Its rule decides, and the number of respondents it asks for.
    respondents : int
        How many independent respondents the statements come from.
    found : mapping of {"for", "against", "nuance"} to int
        How many there are of each.

    Returns
    -------
    {"supported", "not_supported", "not_assessable"}
        Not assessable with too few respondents; supported when there are
        statements for and none against.

    Examples
    --------
    >>> from ecrm_helpers.study import read_study
    >>> h1 = read_study().hypotheses["h1"]
    >>> weigh(h1, 1, {"for": 3, "against": 0}), weigh(h1, 2, {"for": 3, "against": 1})
    ('not_assessable', 'not_supported')
    """
    if hypothesis.rule != "statements" or respondents < hypothesis.minimum_respondents:
        return "not_assessable"
    return "supported" if reading(found) == "illustrated" else "not_supported"


def sensitivity(
    listed: pd.DataFrame,
    hypothesis: Hypothesis,
    respondents: int,
    others: Mapping[str, "pd.Series[str]"],
) -> pd.DataFrame:
    """Judge again without each statement, without opinions, by each other coder.

    Parameters
    ----------
    listed : DataFrame
        As `ledger` gives it.
    hypothesis : Hypothesis
        Its rule decides.
    respondents : int
        How many independent respondents there are.
    others : mapping of coder to Series
        As `other_readings` gives them.

    Returns
    -------
    DataFrame, one row per variant
        ``variant`` (``"all"``, ``"without"``, ``"facts"`` or ``"coder"``),
        ``what`` (the segment or coder), ``for``, ``against``, ``nuance``,
        ``reading``, ``association``.
    """
    ways = listed.set_index("segment_id")["direction"]
    variants: list[tuple[str, str, pd.Series[str]]] = [("all", "", ways)]
    variants += [("without", str(s), ways.drop(s)) for s in ways.index]
    kept = listed.loc[listed["kind"] != "opinion", "segment_id"]
    variants.append(("facts", "", ways[kept]))
    variants += [("coder", coder, found) for coder, found in others.items()]
    rows = []
    for variant, what, directions in variants:
        found = tally(directions)
        judged = reading(found), weigh(hypothesis, respondents, found)
        rows.append((variant, what, *found.values(), *judged))
    columns = ["variant", "what", *DIRECTIONS, "reading", "association"]
    return pd.DataFrame(rows, columns=columns)


def overturning(listed: pd.DataFrame) -> dict[Reading, Sequence[str]]:
    """Name, for each other reading, the fewest statements that stand in its way.

    Returns
    -------
    dict of reading to list of segments
        Without those segments the statements would read so.

    Examples
    --------
    >>> overturning(pd.DataFrame({"segment_id": ["a", "b"],
    ...                           "direction": ["for", "against"]}))
    {'illustrated': ['b'], 'contradicted': ['a']}
    """
    by_way = {
        way: listed.loc[listed["direction"] == way, "segment_id"].tolist()
        for way in ("against", "for")
    }
    if not all(by_way.values()):
        return {}
    return {"illustrated": by_way["against"], "contradicted": by_way["for"]}

"""One data set that satisfies every printed value, built from a seed.

It stands in for the unpublished answers so that the notebooks can run. It is
one of very many that fit, chosen by the seed and by nothing else: only what
is constant over all of them is knowledge about the survey.

Only Python's own generator and whole numbers are used, so that the bytes are
the same with every version of every library.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from random import Random

from ecrm_helpers.answers.audit import RECONSTRUCTED
from ecrm_helpers.files import comma_separated, write_atomically
from ecrm_helpers.printed import Interval, Wrong, interval
from ecrm_helpers.statistics.admissible import Summary, Table, reason, space
from ecrm_helpers.study import Study, read_study
from ecrm_helpers.study.published import Value, read_values

SEED = 20220707

Pair = tuple[int, int]


def reconstruct(values: Mapping[str, Value], study: Study, seed: int = SEED) -> str:
    """Build the reconstructed answers as CSV text.

    Parameters
    ----------
    seed : int
        Chooses among the data sets that fit.

    Returns
    -------
    str
        Columns ``id, q1, q2, q3, q4, q10, q11, q12``, one row per respondent.

    Raises
    ------
    ValueError
        No data set fits the printed values.
    """
    random = Random(seed)
    columns: dict[str, Sequence[object]] = {
        name: _choices(values, study, name, random) for name in ("q1", "q2", "q12")
    }
    contact, relation = zip(*_correlated(values, random), strict=True)
    follows, satisfied = zip(*_grouped(values, study, random), strict=True)
    columns |= {"q3": contact, "q4": relation, "q10": follows, "q11": satisfied}
    order = sorted(columns, key=lambda name: int(name[1:]))
    rows = zip(*(columns[name] for name in order), strict=True)
    named = ([f"{RECONSTRUCTED}{k:03}", *row] for k, row in enumerate(rows, 1))
    return comma_separated([["id", *order], *named])


def _choices(
    values: Mapping[str, Value], study: Study, name: str, random: Random
) -> list[str]:
    """Write out the printed counts of one question, in random order."""
    levels = study.questions[name].levels
    answers = [
        level.answer
        for key, level in levels.items()
        for _ in range(int(values[f"{name}_{key}_n"].printed))
    ]
    random.shuffle(answers)
    return answers


def _grouped(
    values: Mapping[str, Value], study: Study, random: Random
) -> list[tuple[str, int]]:
    """Draw one admissible histogram for each group of Q10."""
    rows = []
    scale = study.questions["q11"].scale or (1, 7)
    for key, level in study.questions["q10"].levels.items():
        summary = group_summary(values, key, scale)
        fitting = space(summary).histograms()
        if not len(fitting):
            why = reason(summary)
            assert why is not None  # nothing fits, and here it is said why
            raise Wrong("group_unfit", group=key, why=why.told())
        chosen = fitting[random.randrange(len(fitting))]
        rows += [
            (level.answer, summary.low + step)
            for step, count in enumerate(chosen)
            for _ in range(count)
        ]
    random.shuffle(rows)
    return rows


def group_summary(
    values: Mapping[str, Value],
    group: str,
    scale: tuple[int, int],
    *,
    ends: bool = True,
) -> Summary:
    """Give the printed row of one group of Q10, or of the total.

    Parameters
    ----------
    group : str
        The level of Q10, ``"no"`` or ``"yes"``; or ``"total"``.
    scale : (int, int)
        Lowest and highest point of the scale.
    ends : bool
        With the printed minimum and maximum.

    Returns
    -------
    Summary
    """
    names = ("n", "mean", "sd", "min", "max")
    text = {name: values[f"h3_{group}_{name}"].printed for name in names}
    attained = (int(text["min"]), int(text["max"])) if ends else (None, None)
    return Summary(int(text["n"]), text["mean"], text["sd"], *scale, *attained)


def whole_table(
    values: Mapping[str, Value],
    groups: Sequence[str],
    scale: tuple[int, int],
    *,
    ends: bool = True,
) -> Table:
    """Give the printed rows of Q11 by Q10 with their total and their ANOVA.

    Parameters
    ----------
    groups : sequence of str
        The levels of Q10.
    scale : (int, int)
        Lowest and highest point of the scale.
    ends : bool
        With the printed minima and maxima.

    Returns
    -------
    Table
    """
    cells = ("ss_between", "ms_between", "f", "ss_within", "ms_within", "ss_total")
    return Table(
        groups=tuple(group_summary(values, g, scale, ends=ends) for g in groups),
        total=group_summary(values, "total", scale, ends=ends),
        anova={cell: values[f"h3_{cell}"].printed for cell in cells},
    )


def _correlated(values: Mapping[str, Value], random: Random) -> list[Pair]:
    """Move one respondent at a time until r lies in the printed band."""
    band, n = interval(values["h2_r"].printed), int(values["h2_n"].printed)
    pairs = [(point, point) for point in (random.randint(1, 7) for _ in range(n))]
    distance = _distance(pairs, band)
    for proposal in _proposals(pairs, random):
        if distance == 0:
            break
        reached = _distance(proposal, band)
        if reached <= distance:
            pairs[:], distance = proposal, reached
    return pairs


def _proposals(pairs: list[Pair], random: Random) -> Iterator[list[Pair]]:
    while True:
        proposal = list(pairs)
        proposal[random.randrange(len(pairs))] = (
            random.randint(1, 7),
            random.randint(1, 7),
        )
        yield proposal


def _distance(pairs: list[Pair], band: Interval) -> Fraction:
    """Give the exact distance of r|r| from the printed band; 0 inside."""
    n = len(pairs)
    xs, ys = zip(*pairs, strict=True)
    sxy = n * sum(x * y for x, y in pairs) - sum(xs) * sum(ys)
    sxx, syy = (n * sum(v * v for v in vs) - sum(vs) ** 2 for vs in (xs, ys))
    if not sxx * syy:
        return Fraction(4)
    signed = Fraction(sxy * abs(sxy), sxx * syy)
    # Upper end left out: a tie would round up to the next printed number.
    low, high = band.low * abs(band.low), band.high * abs(band.high)
    if low <= signed < high:
        return Fraction(0)
    return max(low - signed, signed - high) or Fraction(1, 10**12)


def build(root: Path) -> Path:
    """Build the compendium's data set: ``data/reconstructed/survey.csv``.

    Parameters
    ----------
    root : path
        The compendium's folder, with ``data/published/`` and ``study.yml``.

    Returns
    -------
    path
        The file written; the same bytes on every machine.
    """
    values = read_values(root / "data/published/values.csv")
    text = reconstruct(values, read_study(root / "study.yml"))
    survey = root / "data/reconstructed/survey.csv"
    write_atomically(survey, text.encode())
    return survey

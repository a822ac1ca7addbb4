"""Tables with a printed r: every table listed by brute force, and by laws."""

from functools import cache, partial
from math import factorial, prod

import numpy as np
import pytest
from conftest import often
from material.brute_force import compositions, prints
from scipy import stats

from ecrm_helpers.statistics.admissible import (
    AdmissibleError,
    Joint,
    highest,
    sample_joint,
)
from ecrm_helpers.statistics.analysis import spearman

MEASURES = ("tables", "ordered")


def every(printed):
    """List every table with the printed r."""
    cells = prod(printed.points)
    tables = [np.reshape(c, printed.points) for c in compositions(printed.n, cells)]
    return [t for t in tables if prints(t, printed.r)]


def ways(table):
    return factorial(int(table.sum())) // prod(factorial(int(n)) for n in table.flat)


def fit(printed, measure, drawn):
    """Compare frequencies of draws with those of a measure; give p of chi²."""
    listed = every(printed)
    place = {tuple(t.ravel()): k for k, t in enumerate(listed)}
    seen = np.bincount(
        [place[tuple(t.ravel())] for t in drawn.reshape(-1, *printed.points)],
        minlength=len(listed),
    )
    weight = np.array([ways(t) if measure == "ordered" else 1 for t in listed], float)
    expected = seen.sum() * weight / weight.sum()
    rare = expected < 8  # pooled, as chi² asks for
    pooled = [np.append(v[~rare], v[rare].sum()) for v in (seen, expected)]
    keep = pooled[1] > 0
    return stats.chisquare(pooled[0][keep], pooled[1][keep]).pvalue


CASES = {
    "positive": Joint(6, ".5", (3, 3)),
    "negative": Joint(6, "-.7", (3, 3)),
    "oblong": Joint(7, ".3", (2, 4)),
    "zero": Joint(6, ".0", (3, 2)),
}


@cache
def drawn(name, measure):
    """Draw so far apart that draws are as good as independent."""
    rng = np.random.default_rng(20)
    return sample_joint(
        CASES[name], measure, chains=800, draws=3, rng=rng, thin=often(400)
    )


@pytest.mark.slow
@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("name", CASES)
def test_draws_have_the_frequencies_of_their_measure(name, measure):
    assert fit(CASES[name], measure, drawn(name, measure)) > 0.001


@pytest.mark.slow
def test_the_measures_can_be_told_apart():
    other = dict(zip(MEASURES, reversed(MEASURES), strict=True))
    for measure in MEASURES:
        assert fit(CASES["positive"], other[measure], drawn("positive", measure)) < 1e-9


@pytest.mark.parametrize("r", [".738", "-.12", ".95"])
@pytest.mark.parametrize("measure", MEASURES)
def test_every_draw_prints_as_r(r, measure):
    rng = np.random.default_rng(3)
    found = sample_joint(
        Joint(73, r, (7, 7)), measure, chains=5, draws=4, rng=rng, thin=5
    )
    assert found.shape == (5, 4, 7, 7)
    for table in found.reshape(-1, 7, 7):
        assert table.min() >= 0
        assert table.sum() == 73
        assert prints(table, r)


def test_whole_numbers_of_any_size_decide_for_many_people():
    # The squares pass 2^63 here.
    rng = np.random.default_rng(5)
    printed = Joint(3000, ".5012", (5, 11))
    found = sample_joint(printed, "ordered", chains=3, draws=2, rng=rng, thin=2)
    assert all(prints(table, ".5012") for table in found.reshape(-1, 5, 11))


def test_a_seed_gives_the_same_draws_and_another_gives_others():
    printed = Joint(20, ".61", (5, 5))
    one, same, other = (
        sample_joint(
            printed,
            "tables",
            chains=3,
            draws=2,
            rng=np.random.default_rng(seed),
            thin=9,
        )
        for seed in (1, 1, 2)
    )
    assert (one == same).all()
    assert (one != other).any()


@pytest.mark.slow
@pytest.mark.parametrize("sign", [-1, 1])
@pytest.mark.parametrize("name", ["positive", "oblong"])
def test_the_search_finds_the_extreme_that_listing_finds(name, sign):
    printed, reached = CASES[name], -1
    best = pytest.approx(max(sign * spearman(np.array(every(printed)))), abs=1e-12)
    for seed in range(6):  # one search alone may miss it
        table = highest(
            printed,
            lambda t: sign * spearman(t),
            chains=100,
            steps=500,
            rng=np.random.default_rng(seed),
        )
        assert prints(table, printed.r)
        reached = max(reached, sign * spearman(table))
        if reached == best:
            break
    assert reached == best


@pytest.mark.slow
@pytest.mark.parametrize(
    "search",
    [
        partial(sample_joint, measure="tables", draws=1),
        partial(highest, score=spearman, steps=50),
    ],
    ids=["sample", "highest"],
)
def test_an_r_that_no_table_has_is_reported(search):
    printed, rng = Joint(4, ".95", (2, 2)), np.random.default_rng(8)
    with pytest.raises(AdmissibleError, match=r"no table found with n = 4 and r .*95"):
        search(printed, chains=4, rng=rng)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"n": 1}, "1 people on 3 by 3 points"),
        ({"points": (3, 1)}, "8 people on 3 by 1 points"),
    ],
)
def test_what_makes_no_table_is_refused(given, told):
    with pytest.raises(AdmissibleError, match=told):
        Joint(**{"n": 8, "r": ".5", "points": (3, 3), **given})

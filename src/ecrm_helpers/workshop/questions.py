"""The questions of the class: each is recomputed from a student's own answers."""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from scipy import stats
from statsmodels.stats.inter_rater import cohens_kappa, to_table

from ecrm_helpers.ledger.checked_text import Checked
from ecrm_helpers.ledger.checked_text import check as checked
from ecrm_helpers.printed import agrees
from ecrm_helpers.printed.numbers import MINUS
from ecrm_helpers.statistics import analysis
from ecrm_helpers.statistics.admissible import Summary, counts, totals

#: Means of which some are none of twelve whole answers.
MEANS = ("2.50", "2.55", "2.58", "2.60", "2.65", "2.67")

#: What is printed as a percentage, and a count that is.
PERCENT, COUNTED = "43", "42.5"

#: Where the scale of question 11 has its middle, and its ends.
MIDPOINT, SCALE = 4, (1, 7)

#: What claim d says that the means are apart.
HALF = 0.5


@dataclass(frozen=True)
class Mine:
    """A student's answers, as the questions need them."""

    frame: pd.DataFrame

    @cached_property
    def no(self) -> pd.Series:
        """Satisfaction of those who do not follow the news."""
        return self.frame.loc[self.frame["q10"] == "Non", "q11"]

    @cached_property
    def yes(self) -> pd.Series:
        """Satisfaction of those who do."""
        return self.frame.loc[self.frame["q10"] == "Oui", "q11"]

    @cached_property
    def r(self) -> str:
        """The correlation of questions 3 and 4, as it is printed."""
        return f"{self.frame['q3'].corr(self.frame['q4']):.3f}"

    @cached_property
    def anova(self) -> analysis.Anova:
        """The analysis of variance of question 11 by question 10."""
        return analysis.anova(self.frame, "q11", "q10")


@dataclass(frozen=True)
class Number:
    """A question answered by a number; without `decimals`, by just this one."""

    of: Callable[[Mine], float]
    decimals: int | None = None

    def key(self, mine: Mine) -> str:
        """Give the answer as a student would write it."""
        return f"{self.of(mine):.{self.decimals or 0}f}"

    def judged(self, value: object, mine: Mine) -> str:
        """Tell ``yes``, ``near`` (not within rounding), ``no`` or ``unread``."""
        text = str(value).replace(",", ".").replace(MINUS, "-").rstrip(" %")
        try:
            given = float(text)
        except ValueError:
            return "unread"
        off = abs(given - self.of(mine))
        if self.decimals is None:
            return "yes" if off < 1e-9 else "no"
        unit = 10.0**-self.decimals
        # A tie may be rounded either way, and a float is not quite its decimal.
        if off <= unit / 2 + 1e-9:
            return "yes"
        return "near" if off <= max(5 * unit, 0.02 * abs(given)) else "no"


@dataclass(frozen=True)
class Letters:
    """A question answered by the letters of the claims that the answers carry."""

    of: Callable[[Mine], Mapping[str, bool]]

    def key(self, mine: Mine) -> str:
        """Give the letters."""
        return "".join(letter for letter, holds in self.of(mine).items() if holds)

    def judged(self, value: object, mine: Mine) -> str:
        """Tell ``yes``, ``no``, or ``unread`` where there are other letters."""
        text = re.sub(r"\b(et|and)\b", " ", str(value).lower())
        given = {sign for sign in text if sign.isalnum()}
        if not given or not given <= set("abcde"):
            return "unread"
        return "yes" if given == set(self.key(mine)) else "no"


class Twice:
    """Two codings of the same sentences, and their kappa."""

    def key(self, mine: Mine) -> str:
        """Give an example: the codes are the student's own."""
        first, second = "abcaabca", "abcabbca"
        return f"{first} {second} {_kappa(first, second):.2f}"

    def judged(self, value: object, mine: Mine) -> str:
        """Tell whether kappa is that of the two codings."""
        codings = re.fullmatch(r"([abc]{8}) ([abc]{8}) (\S+)", str(value).lower())
        if codings is None:
            return "unread"
        kappa = _kappa(codings[1], codings[2])
        return Number(lambda _: kappa, 2).judged(codings[3], mine)


def _kappa(first: str, second: str) -> float:
    """Compute Cohen's kappa; NaN where only one code was given."""
    rows = [
        ["abc".index(code) for code in pair] for pair in zip(first, second, strict=True)
    ]
    table, _ = to_table(np.array(rows), bins=3)
    with np.errstate(invalid="ignore"):
        return float(cohens_kappa(table, return_results=False))


class Sentence:
    """The result of the test in a sentence, read as `ecrm check-text` reads it."""

    def key(self, mine: Mine) -> str:
        """Give the shortest one."""
        found = mine.anova
        return f"F(1, {found.df_within}) = {found.f:.2f}, p = {found.p:.3f}"

    def judged(self, value: object, mine: Mine) -> str:
        """Tell whether F, its degrees of freedom and its p are these answers'."""
        found = checked([str(value)])
        if not found or any(one.verdict == "not_read" for one in found):
            return "unread"
        return "yes" if all(self._holds(one, mine) for one in found) else "no"

    def _holds(self, one: Checked, mine: Mine) -> bool:
        wanted = "F", (1.0, mine.anova.df_within), "consistent"
        read = one.test, one.df, one.verdict
        return read == wanted and agrees(one.value, mine.anova.f)


Question = Number | Letters | Twice | Sentence


def _possible(mine: Mine) -> float:
    rows = (Summary(len(mine.no), mean, None, *SCALE) for mean in MEANS)
    return sum(bool(len(totals(row))) for row in rows)


def _wider(mine: Mine) -> float:
    """Hold the standard error of the difference against that of equal halves."""
    n, half = len(mine.frame), len(mine.frame) // 2
    own = 1 / len(mine.no) + 1 / len(mine.yes)
    return math.sqrt(own / (1 / half + 1 / (n - half)))


def _above(mine: Mine) -> float:
    return float(100 * (mine.frame["q11"] > MIDPOINT).mean())


def _carried(mine: Mine) -> dict[str, bool]:
    """Tell which claims answers carry; b and c no answers to these questions could."""
    apart = float(mine.yes.mean() - mine.no.mean())
    return {
        "a": apart > 0,
        "b": False,  # measured once, in groups that formed themselves
        "c": "loyalty" in mine.frame,
        "d": apart > HALF,
        "e": _above(mine) > 50,
    }


#: Each question under its name: the exercise's number, and a letter for a part.
QUESTIONS: dict[str, Question] = {
    "1a": Number(_possible),
    "1b": Number(lambda mine: float(mine.no.sum())),
    "2a": Number(lambda mine: mine.anova.ss_between, 2),
    "2b": Number(lambda mine: mine.anova.f, 2),
    "2c": Number(lambda mine: mine.anova.eta_squared.value, 3),
    "3a": Number(lambda mine: float(mine.yes.median())),
    "3b": Number(lambda mine: stats.mannwhitneyu(mine.yes, mine.no).pvalue, 4),
    "4a": Number(lambda mine: 100 * float(mine.r) ** 2, 0),
    "4b": Number(lambda mine: math.sqrt(float(mine.r)), 2),
    "5a": Number(lambda mine: -analysis.cohen_d(mine.frame, "q11", "q10").value, 2),
    "5b": Number(_wider, 2),
    "6a": Number(lambda mine: len(counts(PERCENT, len(mine.frame)))),
    "6b": Number(lambda mine: counts(COUNTED, len(mine.frame))[0]),
    "7a": Number(lambda mine: float(mine.frame["q11"].mean()) - MIDPOINT, 2),
    "7b": Number(_above, 1),
    "8": Letters(_carried),
    "9": Twice(),
    "10": Sentence(),
}

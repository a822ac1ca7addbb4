"""Exploring given answers: one, two or three questions, and what fits them.

Two questions make a hypothesis of the moment; the same functions that decide
the study's own hypotheses test it, and say that it was chosen after looking.
"""

from dataclasses import replace
from html import escape
from itertools import combinations
from typing import Any

import pandas as pd

from ecrm_helpers.answers.read import Answers
from ecrm_helpers.ledger import quantities
from ecrm_helpers.printed import (
    EDITIONS,
    Edition,
    Wrong,
    joined,
    language,
    number,
    say,
    spoken,
)
from ecrm_helpers.shown import hypotheses, survey
from ecrm_helpers.shown.figures import bars
from ecrm_helpers.shown.piece import Piece, id_of
from ecrm_helpers.shown.wording import origin, paragraph
from ecrm_helpers.statistics import analysis
from ecrm_helpers.study import Bilingual, Hypothesis
from ecrm_helpers.study.testing import method_of, variables_of

#: Names of the hypotheses of the moment; their sentences begin with them.
NAMES = ("x1", "x2", "x3")

ALPHA, SEED, MINIMUM = 0.05, 1, 5
SURE: dict[str, Any] = {"confidence": 0.95}

#: The same by hand, for each test; the variables stand in braces.
BY_HAND = {
    "one": 'answers.distribution("{0}").describe()',
    "groups": """import pingouin as pg

both = answers.pair("{0}", "{1}").dropna()
pg.anova(both, dv="{1}", between="{0}", detailed=True)
pg.welch_anova(both, dv="{1}", between="{0}")
pg.homoscedasticity(both, dv="{1}", group="{0}")""",
    "correlation": """import pingouin as pg

both = answers.pair("{0}", "{1}").dropna()
pg.corr(both["{0}"], both["{1}"])
both.corr("spearman")""",
    "crossed": """import pandas as pd
from scipy import stats

both = answers.pair("{0}", "{1}").dropna()
stats.chi2_contingency(pd.crosstab(both["{0}"], both["{1}"]), correction=False)""",
    "regression": """import statsmodels.formula.api as smf

every = answers.pair({named}).dropna()
smf.ols("{last} ~ {others}", every).fit().summary()""",
}


def explore(answers: Answers, *questions: str) -> None:
    """Show what fits one, two or three questions; without any, let one choose.

    Parameters
    ----------
    answers : Answers
        Answers that were given, or invented as a whole.
    *questions : str
        Their names; of two, a choice groups a scale. Without any, lists to
        choose from where ipywidgets is at hand, else a fixed example.
    """
    from IPython.display import display

    if not questions and (chooser := _chooser(answers)) is not None:
        display(chooser)  # type: ignore[no-untyped-call]
    else:
        display(*explored(answers, *(questions or example(answers))))  # type: ignore[no-untyped-call]


@spoken
def explored(answers: Answers, *questions: str, edition: Edition) -> list[Piece]:
    """Give the table, figure, test, checks, effect, sentence and decision that fit.

    Parameters
    ----------
    answers : Answers
        Of reconstructed answers there is nothing to explore, and it says so.
    *questions : str
        One to three names of questions, items or scores. Three that no one test
        takes together are shown two by two.

    Raises
    ------
    Wrong
        A question is not there, or there are not one to three.
    """
    if answers.basis == "reconstructed":
        return [paragraph("explore-none", "explore_none", edition)]
    known = choosable(answers)
    if not set(questions) <= set(known) or not 1 <= len(set(questions)) <= 3:
        raise Wrong(
            "explore_choice", found=", ".join(questions), known=", ".join(known)
        )
    # Each once; a choice comes before the scale that it groups.
    questions = tuple(sorted(dict.fromkeys(questions), key=answers.study.role))
    shown, hand = [origin(answers, edition)], []
    if len(questions) == 1:
        shown += _one(answers, questions[0], edition)
        return [*shown, _code(questions, [_by_hand("one", questions)], edition)]
    asked, taken = _asking(answers, NAMES[0], questions), [questions]
    if method_of(asked.study, NAMES[0]) is None:
        shown.append(_apart(answers, questions, edition))
        taken = [*combinations(questions, 2)]
    for name, chosen in zip(NAMES, taken, strict=False):
        asked = _asking(answers, name, chosen)
        test = str(method_of(asked.study, name))
        shown += _tested(test, name, asked)
        hand.append(_by_hand(test, variables_of(asked.study, name)))
    return [*shown, _code(questions, hand, edition)]


def choosable(answers: Answers) -> list[str]:
    """Name the questions, items and scores that can be explored."""
    names = [*answers.frame.columns, *answers.scores]
    return [str(name) for name in names if answers.study.role(str(name))]


def example(answers: Answers) -> tuple[str, ...]:
    """Choose the example: a choice and a scale, as far as there are such."""
    roles = {answers.study.role(name): name for name in reversed(choosable(answers))}
    return tuple(roles[role] for role in ("choice", "scale") if role in roles)


def _apart(answers: Answers, questions: tuple[str, ...], edition: Edition) -> Piece:
    """Say that three questions are taken two by two, and what becomes of p."""
    said = {"of": _named(answers, questions, edition)}
    said["alpha"] = number(ALPHA, 2, edition, lead=False)
    said["third"] = number(ALPHA / 3, 3, edition, lead=False)
    return paragraph("explore-apart", "explore_apart", edition, **said)


def _asking(answers: Answers, name: str, questions: tuple[str, ...]) -> Answers:
    """Let the study ask for what was chosen, and nothing else."""
    asked = Hypothesis(
        claim=_both("explore_claim", answers, questions),
        variables=questions,
        tested_as_worded=False,
        reason=_both("explore_reason", answers, questions),
    )
    study = answers.study.model_copy(update={"hypotheses": {name: asked}})
    return replace(answers, published=replace(answers.published, study=study))


def _named(answers: Answers, questions: tuple[str, ...], edition: Edition) -> str:
    return joined([answers.study.name(name)[edition] for name in questions], edition)


def _both(key: str, answers: Answers, questions: tuple[str, ...]) -> Bilingual:
    fr, en = (say(key, e, of=_named(answers, questions, e)) for e in EDITIONS)
    return Bilingual(fr=fr, en=en)


def _one(answers: Answers, name: str, edition: Edition) -> list[Piece]:
    given, role = answers.distribution(name), answers.study.role(name)
    if role == "choice":
        counts = analysis.attempt(analysis.frequencies, given, **SURE)
        return survey.choices(answers, {name: counts})
    moments = analysis.moments(given.to_frame(name))
    shown = [survey.scales_table(moments, answers)]
    if answers.study.range_of(name) and name not in answers.scores:
        points = given.astype("Int64").astype("category")
        counts = analysis.attempt(analysis.frequencies, points)
        if isinstance(counts, pd.DataFrame):
            label = answers.study.label(name)[edition]
            shown.append(bars(counts, label, f"fig-{id_of(name)}", edition))
    return shown


def _tested(test: str, name: str, answers: Answers) -> list[Piece]:
    """Show a test as notebooks 02, 03 and 05 show a further hypothesis."""
    asked, given = answers.asked(name), (ALPHA, answers)
    seeded = {**SURE, "seed": SEED}
    found: Any
    if test == "groups":
        by, of = map(str, asked)
        found = analysis.attempt(analysis.comparison, asked, of, by, **SURE)
        facts = quantities.compared(name, found)
        return hypotheses.grouped(name, found, facts, *given, **seeded)
    if test == "correlation":
        found = analysis.associations(asked, *asked, **SURE)
        r = found["pearson"]
        facts = quantities.correlation(name, answers, r, [r])
        return hypotheses.correlated(name, found, facts, *given)
    if test == "crossed":
        found = analysis.attempt(analysis.cross_table, asked, *asked, **seeded)
        return hypotheses.crossed({name: found}, ALPHA, MINIMUM, *given[1:])
    found = analysis.attempt(analysis.regression, asked, *asked, **SURE)
    return hypotheses.regressed({name: found}, *given)


def _by_hand(test: str, questions: tuple[str, ...]) -> str:
    """Write the same by hand, with what was chosen in place of the braces."""
    *others, last = questions
    named = ", ".join(f'"{name}"' for name in questions)
    return BY_HAND[test].format(
        *questions, named=named, last=last, others=" + ".join(others)
    )


def _code(questions: tuple[str, ...], hand: list[str], edition: Edition) -> Piece:
    """Show the line that gives all this, and the same by hand."""
    named = ", ".join(f'"{name}"' for name in questions)
    text = f"explore(answers, {named})\n\n# {say('plain', edition)}\n"
    text += "\n\n".join(hand)
    return Piece("text", "explore-code", f"<pre>{escape(text)}</pre>", text)


def _chooser(answers: Answers) -> object | None:
    """Give lists to choose from, with what fits below; None without ipywidgets."""
    try:
        import ipywidgets as widgets
    except ImportError:
        return None
    from IPython.display import display

    edition, names = language(), choosable(answers)
    options = [(answers.study.label(name)[edition], name) for name in names]
    first, second = (*example(answers), None, None)[:2]
    lists = [
        widgets.Dropdown(
            options=[*([("–", None)] * bool(place)), *options],
            value=chosen,
            description=str(place + 1),
        )
        for place, chosen in enumerate((first, second, None))
    ]

    def show(**chosen: str | None) -> None:
        display(*explored(answers, *filter(None, chosen.values())))  # type: ignore[no-untyped-call]

    named = {f"list{place}": each for place, each in enumerate(lists)}
    return widgets.VBox([*lists, widgets.interactive_output(show, named)])

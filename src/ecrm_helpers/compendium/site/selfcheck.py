"""What the index needs to verify itself in a browser, without the network.

The data go into the page as JSON and are recomputed there by
``render/templates/selfcheck.js``, which shares nothing with this package. Only what
the thesis printed of the reconstructed answers goes in: distributions by
themselves and pairs by themselves, each sorted, so that no cross-table of
columns whose association is unknown can be read out of the page. An author's
own answers never go in.
"""

from collections.abc import Mapping, Sequence, Set
from pathlib import Path
from typing import Any

import pandas as pd

from ecrm_helpers.answers.read import Answers, read_answers
from ecrm_helpers.compendium.render.exporters import scripted
from ecrm_helpers.ledger.agreement import item, place
from ecrm_helpers.ledger.terms import AGREEMENT, WITHIN_ONE
from ecrm_helpers.printed import Edition, keyed, say, typeset
from ecrm_helpers.study import Published
from ecrm_helpers.study.published import Value

#: What this browser finds of a value.
OUTCOME = keyed(
    "outcome_",
    "outcome_agrees outcome_built_in outcome_declared "
    "outcome_differs_from_package outcome_differs_from_print",
)

SURVEY = "data/reconstructed/survey.csv"


def selfcheck(
    root: Path,
    published: Published,
    ledger: Sequence[Mapping[str, Any]],
    origins: Set[str],
    edition: Edition,
) -> dict[str, str]:
    """Give the index its self-check.

    Parameters
    ----------
    published : Published
        Its study, and what is printed.
    ledger : sequence of mapping
        The rows of the ledger.
    origins : set of {"reconstructed", "own"}
        Of the answers the notebooks used.

    Returns
    -------
    dict of str to str
        ``script``, its ``hash`` for the page's policy, ``data`` as JSON and
        ``intro``; with any of an author's own answers only ``withheld``,
        since the page must not hold them; empty where there are no answers.

    Raises
    ------
    AnswersError
        The reconstructed answers are missing or not those of the study.

    Examples
    --------
    >>> from ecrm_helpers.files import project_folder
    >>> from ecrm_helpers.study import read_published, read_study
    >>> root, published = project_folder(), read_published(read_study())
    >>> sorted(selfcheck(root, published, [], {"reconstructed"}, "en"))
    ['data', 'hash', 'intro', 'script']
    >>> list(selfcheck(root, published, [], {"reconstructed", "own"}, "en"))
    ['withheld']
    """
    if origins != {"reconstructed"}:
        return {"withheld": say("selfcheck_own", edition)} if origins else {}
    answers = read_answers(root / SURVEY, published)
    n = len(answers.frame)
    block = {
        "edition": edition,
        "note": typeset(say("origin_reconstructed", edition, n=n), edition),
        "words": _words(edition),
        "rows": _rows(published.values, ledger, edition),
        **_answers(answers),
    }
    intro = say("selfcheck_intro", edition, n=n)
    return {**scripted("selfcheck.js", block), "intro": intro}


def _answers(answers: Answers) -> dict[str, Any]:
    """Take what was published of the answers, through the doors that hold to it."""
    questions = answers.study.questions
    known = [name for name, q in questions.items() if q.published == "distribution"]
    (first, second), (by, of) = (
        answers.study.hypotheses[name].variables for name in ("h2", "h3")
    )
    return {
        "levels": {name: list(questions[name].levels) for name in known}
        | {"compared": list(questions[by].levels)},
        "distributions": {name: sorted(answers.distribution(name)) for name in known},
        "correlated": _pairs(answers.pair(first, second)),
        "compared": _pairs(answers.pair(by, of)),
    }


def _pairs(both: pd.DataFrame) -> list[tuple[Any, ...]]:
    columns = (answers.convert_dtypes().tolist() for _, answers in both.items())
    return sorted(zip(*columns, strict=True))


def _rows(
    values: Mapping[str, Value], ledger: Sequence[Mapping[str, Any]], edition: Edition
) -> list[dict[str, Any]]:
    """Take printed numbers and the package's; the script picks those it knows."""
    return [
        {
            "id": row["id"],
            "item": typeset(item(values[row["id"]], edition), edition),
            "place": typeset(place(values[row["id"]], edition), edition),
            "printed": row["printed"],
            "quantity": values[row["id"]].quantity,
            "packaged": [
                end
                for end in (row["recomputed"], row["recomputed_to"])
                if end is not None
            ],
            "agrees": row["verdict"] in AGREEMENT,
            "lead": row["statistic"] not in WITHIN_ONE,
            "built_in": row["known"] == "built_in",
        }
        for row in ledger
        # A bound ("more than 50 %", a word) is not recomputed in the browser.
        if row["recomputed"] is not None and not row["statistic"].endswith("_bound")
    ]


def _words(edition: Edition) -> dict[str, str]:
    """Give the script its words; it fills their blanks itself."""
    numbers = ("n", "agree", "built_in", "declared", "wrong")
    blanks = {name: f"{{{name}}}" for name in (*numbers, "low", "high")}
    words = {
        **{name: say(OUTCOME[name], edition) for name in OUTCOME},
        "total": say("selfcheck_total", edition, **{k: blanks[k] for k in numbers}),
        "range": say("range", edition, low=blanks["low"], high=blanks["high"]),
    }
    return {name: typeset(text, edition) for name, text in words.items()}

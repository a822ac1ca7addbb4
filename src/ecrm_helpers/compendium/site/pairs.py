"""Every pair of distributions that the printed table allows, one at a time.

Made from the published values alone: no answer of anyone goes in. The script
of the page only picks from the block of data, and asks the network for nothing.
"""

from pathlib import Path
from typing import Any

import numpy as np

from ecrm_helpers.answers.reconstruct import whole_table
from ecrm_helpers.compendium.render.exporters import rendered, scripted
from ecrm_helpers.compendium.render.finishing import finish
from ecrm_helpers.printed import Edition, Wrong, fine_p, number, say, typeset
from ecrm_helpers.statistics.robustness import LOCATION, Pairs, estimates, pairs
from ecrm_helpers.study import Published, read_published, read_study

#: More pairs than this are drawn from, not gone through.
MOST = 400

#: Pairs stand in the order of this p.
BY = "mann_whitney_exact_p"


def pairs_page(root: Path, study: str, edition: Edition) -> str:
    """Write the page that steps through the pairs of distributions.

    Parameters
    ----------
    root : path
        The project's folder, with its printed values.
    study : str
        The study's file, from `root`.

    Returns
    -------
    str
        One file; where no pair fits the printed table, it says so.
    """
    try:
        published = read_published(read_study(root / study), root)
        block = _block(published, edition)
    except Wrong as none:
        block, why = {}, none.said(edition)
    else:
        why = ""
    values = {**scripted("pairs.js", block), "block": block, "why": why}
    html = rendered("pairs.html.j2", edition, **values)
    return str(finish(html, edition, "pairs"))


def _block(published: Published, edition: Edition) -> dict[str, Any]:
    """Give what the script shows, each number as it is written."""
    if "h3" not in published.study.hypotheses:
        raise Wrong("value_none", name="h3_f")
    by, of = published.study.hypotheses["h3"].variables
    questions = published.study.questions
    low, high = questions[of].scale or (1, 1)
    groups = questions[by].labels(edition)
    table = whole_table(published.values, list(groups), (low, high))
    possible = pairs(table, most=MOST, draws=MOST)
    every = estimates(possible)
    order = np.argsort(every[BY], kind="stable")
    tests = [BY, *(name for name in LOCATION if name != BY)]
    return {
        "groups": list(groups.values()),
        "points": list(range(low, high + 1)),
        "printed": [
            [say("quoted", edition, text=text) for text in (group.mean, group.sd)]
            for group in table.groups
        ],
        "compared": say(
            "stepped_compared",
            edition,
            of=questions[of].label[edition],
            by=questions[by].label[edition],
        ),
        "named": [
            say(
                "label_and_n",
                edition,
                label=f"{questions[by].label[edition]} – {label}",
                n=group.n,
            )
            for label, group in zip(groups.values(), table.groups, strict=True)
        ],
        "caption": typeset(_caption(possible, edition), edition),
        "heads": {
            key: say(key, edition) for key in ("n", "mean", "sd", "median", "printed")
        },
        "tests": [say(name, edition) for name in tests],
        "pairs": [
            {
                "counts": [side[i].tolist() for side in possible.groups],
                "groups": [
                    _described(side[i], low, edition) for side in possible.groups
                ],
                "p": [fine_p(every[name].iloc[i], edition) for name in tests],
            }
            for i in order
        ],
        "status": say("stepped_status", edition, i="{i}", k="{k}", p="{p}"),
        "bar": say("stepped_bar", edition, n="{n}", point="{point}", group="{group}"),
    }


def _caption(possible: Pairs, edition: Edition) -> str:
    key = "stepped_drawn" if possible.drawn else "stepped_all"
    return say(key, edition, k=len(possible))


def _described(counts: Any, low: int, edition: Edition) -> list[str]:
    """Write n, mean, standard deviation and median of one distribution."""
    answers = np.repeat(np.arange(low, low + len(counts)), counts)
    written = (
        number(answers.mean(), 2, edition),
        number(answers.std(ddof=1), 3, edition),
    )
    return [str(len(answers)), *written, number(float(np.median(answers)), 1, edition)]

"""The finding, for who reads one page: a headline, cards, a bar, a conclusion.

All of it is composed from the records of the pages and of the ledger.
"""

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from ecrm_helpers.compendium.render.record import Decision, Page
from ecrm_helpers.compendium.render.screen import badges
from ecrm_helpers.compendium.site.report import counted
from ecrm_helpers.compendium.site.run_account import small_table
from ecrm_helpers.printed import Edition, joined, keyed, label_of, say
from ecrm_helpers.study import Study, read_published

#: How many associations are supported, and how many hypotheses are tested.
ASSOCIATIONS = keyed(
    "headline_", "headline_none headline_one headline_some headline_all"
)
TESTED = keyed("tested_", "tested_none tested_one tested_some tested_all")

#: What became of the printed values, in the bar's words.
LEGEND = keyed(
    "legend_",
    "legend_by_construction legend_follows legend_explained "
    "legend_not_reproducible legend_not_reproduced",
)

#: What a conclusion is made of.
CONCLUDED = keyed(
    "concluded_", "concluded_holds concluded_holds_not concluded_not_known"
)


def decided(pages: Sequence[Page]) -> list[Decision]:
    """Give what the pages decide, by hypothesis."""
    found = (decision for page in pages for decision in page.decisions)
    return sorted(found, key=lambda decision: decision.name)


def headline(decisions: Sequence[Decision], edition: Edition) -> str:
    """Say in one line how many associations are supported and hypotheses tested."""
    n = len(decisions)
    supported = sum(each.association == "supported" for each in decisions)
    tested = sum(each.worded == "tested" for each in decisions)
    told = [
        say(keys[_amount(k, n)], edition, k=_word(k, edition), n=_word(n, edition))
        for keys, k in ((ASSOCIATIONS, supported), (TESTED, tested))
        if keys is ASSOCIATIONS or "taken" not in {each.worded for each in decisions}
    ]
    said = joined(told, edition)
    return said[:1].upper() + said[1:]


def _word(k: int, edition: Edition) -> str:
    """Write a small number in words."""
    words = say("small_numbers", edition).split()
    return words[k] if k < len(words) else str(k)


def _amount(k: int, n: int) -> str:
    return "none" if not k else "one" if k == 1 else "all" if k == n else "some"


def cards(pages: Sequence[Page], edition: Edition) -> str:
    """Set a card for each hypothesis: claim, number, verdicts, limit."""
    where = {d.name: page.name for page in pages for d in page.decisions}
    items = (
        f'<li class="card"><h2><a href="html/{where[d.name]}.html">'
        f"{label_of(d.name)}</a>. {escape(d.claim)}</h2>"
        f'<p class="big">{escape(d.number)}</p>'
        f"{badges(d.thesis, d.association, d.worded, edition)}"
        f"<p>{escape(d.limit)}</p></li>"
        for d in decided(pages)
    )
    return f'<ul class="cards">{"".join(items)}</ul>'


def bar(ledger: Sequence[Mapping[str, Any]], edition: Edition) -> str:
    """Draw the printed values as one bar, its parts named below it."""
    counts = counted(ledger)
    parts = "".join(
        f'<span class="{name}" style="flex:{k}">{k}</span>'
        for name, k in counts.items()
    )
    legend = "".join(
        f'<li class="{name}">{escape(words)}</li>'
        for name, words in zip(counts, legends(counts, edition), strict=True)
    )
    return (
        f'<div class="bar" aria-hidden="true">{parts}</div>'
        f'<ul class="legend">{legend}</ul>'
    )


def legends(counts: Mapping[str, int], edition: Edition) -> list[str]:
    """Say each part of the bar in words."""
    return [say(LEGEND[name], edition, k=k) for name, k in counts.items()]


def summary(pages: Sequence[Page], edition: Edition) -> str:
    """Write the table of a one-page summary: what is claimed, and both answers."""
    decisions = decided(pages)
    columns = {
        "the_claim": [d.claim for d in decisions],
        "rests_on": [d.number for d in decisions],
        "thesis_verdict": [say(d.thesis, edition) for d in decisions],
        "association": [say(d.association, edition) for d in decisions],
        "as_worded": [say(d.worded, edition) for d in decisions],
    }
    if all(d.thesis == "none" for d in decisions):
        del columns["thesis_verdict"]
    named = [label_of(d.name) for d in decisions]
    return small_table("hypotheses", columns, named, edition).html


def concluded(
    pages: Sequence[Page], ledger: Sequence[Mapping[str, Any]], edition: Edition
) -> dict[str, list[str]]:
    """Say what holds, what does not, and what is not known, each as sentences.

    Returns
    -------
    dict of part of the conclusion to list of str
        ``holds``, ``holds_not`` and ``not_known``; those that are empty left out.
    """
    told: dict[str, list[str]] = {name: [] for name in CONCLUDED}
    for d in decided(pages):
        known = {"supported": "holds", "not_assessable": "not_known"}
        key = known.get(d.association, "holds_not")
        answer = say(d.association, edition)
        told[key].append(f"{label_of(d.name)} – {answer} ({d.number}).")
        if d.worded == "not_tested":
            untested = say("not_tested", edition)
            told["holds_not"].append(f"{label_of(d.name)} – {untested}. {d.limit}")
    finding = [sentence for page in pages for sentence in page.finding]
    told["holds"] += finding[:1]
    told["not_known"] += finding[1:]
    counts = counted(ledger)
    kinds = {
        "holds": ("follows", "by_construction", "explained"),
        "holds_not": ("not_reproduced",),
        "not_known": ("not_reproducible",),
    }
    for key, names in kinds.items():
        listed = legends(
            {name: counts[name] for name in names if name in counts}, edition
        )
        if listed:
            told[key].append(say("of_values", edition, what=joined(listed, edition)))
    return {key: sentences for key, sentences in told.items() if sentences}


def touching(asked: Study, root: Path, edition: Edition) -> str:
    """Say how many errata touch a conclusion; nothing where none are kept."""
    if not (root / str(asked.published) / "errata.csv").exists():
        return ""
    errata = read_published(asked, root).errata
    k = sum(bool(erratum.effect_fr) for erratum in errata)
    return say("errata_counted", edition, k=k, rest=len(errata) - k)

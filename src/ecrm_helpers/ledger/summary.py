"""The ledger in a few lines, for a shell: counts, what does not agree, what fails.

Works on records as `ledger.record` gives them and as ``output/results`` keeps
them, so that saying them again loads nothing slow.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from ecrm_helpers.ledger.terms import AGREEMENT, VERDICT, written
from ecrm_helpers.printed import Edition, joined, say

Records = Sequence[Mapping[str, Any]]


def read_results(paths: Iterable[Path]) -> dict[str, Any]:
    """Join the notebooks' results: origins of answers, decisions, the ledger."""
    read = [json.loads(path.read_text(encoding="utf-8")) for path in paths]
    return {
        "origins": {part["origin"] for part in read} - {None},
        "decisions": {k: v for part in read for k, v in part["decisions"].items()},
        "ledger": [row for part in read for row in part["ledger"]],
    }


def answered(answer: Mapping[str, Any], edition: Edition) -> str:
    """Say whether an association is supported, and whether with a reserve."""
    said = say(answer["association"], edition)
    if not answer.get("reserve"):
        return said
    return f"{said} ({say('with_reserve', edition)})"


def counted(records: Records, edition: Edition) -> list[str]:
    """Say how many values agree, how many by construction, and the rest by class."""
    agree = [row for row in records if row["verdict"] in AGREEMENT]
    judged = (*AGREEMENT, "undeclared", "not_derivable")
    free = [r for r in records if not (r["verdict"] in judged or r["reason_fr"])]
    built_in = sum(row["known"] == "built_in" for row in agree)
    roads = sum(row["second_road"] is not None for row in records)
    others = Counter(row["verdict"] for row in records if row not in agree)
    return [
        say("sum_values", edition, n=len(records), agree=len(agree), built_in=built_in),
        *(f"  {k} {say(VERDICT[name], edition)}" for name, k in others.items()),
        *([say("two_roads", edition, n=roads)] if roads else []),
        *([say("own_findings", edition)] if free else []),
    ]


def disagreements(records: Records, edition: Edition) -> list[str]:
    """Name every row that does not agree, with its reason."""
    return [
        say(
            "row_disagrees",
            edition,
            name=row["id"],
            where=_where(row["section"], edition),
            printed=row["printed"],
            found=_found(row, edition),
            verdict=say(VERDICT[row["verdict"]], edition),
            reason=row[f"reason_{edition}"],
        ).rstrip()
        for row in records
        if row["verdict"] not in AGREEMENT
    ]


def _where(section: str, edition: Edition) -> str:
    named = section.endswith("conclusion")
    return say(section, edition) if named else f"§ {section}"


def _found(row: Mapping[str, Any], edition: Edition) -> str:
    """Write what was recomputed, by both roads where they part."""
    parted = row["second_road"] is not None and row["verdict"] == "undeclared"
    roads = ("recomputed", "second_road") if parted else ("recomputed",)
    return joined(
        [_road(row, name, 8 if parted else 2, edition) for name in roads], edition
    )


def _road(row: Mapping[str, Any], name: str, finer: int, edition: Edition) -> str:
    ends = (row[name], row[f"{name}_to"])
    return written(ends, row["decimals"], edition, row["statistic"], finer=finer) or "–"


def undeclared(records: Records) -> list[str]:
    """Name the rows that disagree without a declared reason."""
    return [str(row["id"]) for row in records if row["verdict"] == "undeclared"]

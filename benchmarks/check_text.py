"""How well reported results are read: the corpus and the battery, beside statcheck.

Run: .venv/bin/python benchmarks/check_text.py. statcheck (Debian: r-cran-statcheck)
is asked where R has it.
"""

import json
import re
import subprocess
from collections import Counter
from pathlib import Path

from ecrm_helpers.ledger.checked_text import Checked, check

CASES = Path(__file__).resolve().parents[1] / "tests/material/reported"
WRONG = ("inconsistent", "decision_error")
#: statcheck's rows: which text, and whether it flags it.
R = """
library(statcheck)
texts <- readLines(file("stdin"), encoding = "UTF-8")
for (i in seq_along(texts)) {
  found <- tryCatch(statcheck(texts[i], messages = FALSE), error = function(e) NULL)
  if (!is.null(found)) cat("\\n", paste(i, found$error), sep = "\\n")
}
"""


def score(cases: list[dict], found: list[list[tuple[bool, bool]]]) -> dict[str, int]:
    """Count cases by (recomputed, flagged) of what was found in each."""
    counts: Counter[str] = Counter()
    for case, results in zip(cases, found, strict=True):
        wrong = any(r["verdict"] != "consistent" for r in case["results"])
        flagged = any(flag for _, flag in results)
        counts["cases"] += 1
        counts["recomputed"] += sum(done for done, _ in results) >= len(case["results"])
        counts["errors"] += wrong
        counts["errors flagged"] += wrong and flagged
        counts["false alarms"] += flagged and not wrong
        counts["missed without a word"] += not results and bool(case["results"])
    return dict(counts)


def ours(case: dict) -> list[tuple[bool, bool]]:
    """Read one text; a result that is impossible is judged, and flagged."""
    return [_said(found) for found in check([case["text"]])]


def _said(found: Checked) -> tuple[bool, bool]:
    flagged = found.verdict in (*WRONG, "impossible")
    return found.p is not None or found.verdict == "impossible", flagged


def statcheck(cases: list[dict]) -> list[list[tuple[bool, bool]]] | None:
    """Let statcheck read the texts; None where R has none."""
    texts = "\n".join(case["text"] for case in cases)
    told = subprocess.run(
        ["Rscript", "-e", R], input=texts, capture_output=True, text=True, check=False
    )
    if told.returncode:
        return None
    rows = re.findall(r"(?m)^(\d+) (TRUE|FALSE)$", told.stdout)
    return [
        [(True, error == "TRUE") for source, error in rows if int(source) == number]
        for number in range(1, len(cases) + 1)
    ]


def main() -> None:
    """Print a line for each body of texts and each reader."""
    read = {
        name: json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
        for name in ("corpus", "battery")
    }
    bodies = {
        "French": [case for case in read["corpus"] if case["id"].startswith("fr")],
        "English": [case for case in read["corpus"] if case["id"].startswith("en")],
        "battery": read["battery"],
    }
    for name, cases in bodies.items():
        print(f"{name}, ours:", score(cases, [ours(case) for case in cases]))
        theirs = statcheck(cases)
        print(f"{name}, statcheck:", score(cases, theirs) if theirs else "not at hand")


if __name__ == "__main__":
    main()

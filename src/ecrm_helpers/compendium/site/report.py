"""The form a reviewer fills in, prepared: what was run, on what, with which findings.

It is the compendium's own account and no certificate: it says so, and leaves
the reviewer's lines blank. Everything in it comes from the record of the run,
the notebooks' results and the pages; nothing is typed by hand.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from ecrm_helpers.compendium.plan import notebook
from ecrm_helpers.compendium.plan.project import Project
from ecrm_helpers.compendium.render import pdf
from ecrm_helpers.compendium.render.exporters import sections
from ecrm_helpers.compendium.render.paper import on_paper
from ecrm_helpers.compendium.render.record import read_page
from ecrm_helpers.compendium.site.navigation import placed
from ecrm_helpers.compendium.site.run_account import environment, small_table, steps
from ecrm_helpers.files import write_atomically
from ecrm_helpers.ledger.terms import AGREEMENT, CONCLUSIONS, written
from ecrm_helpers.printed import Edition, keyed, say
from ecrm_helpers.study import read_study

#: What the report is on, of this study and of another.
SUBJECT = keyed("report_", "report_subject report_subject_other")

#: Where the data are, by whose answers were computed.
DATA = keyed(
    "report_data_",
    "report_data_reconstructed report_data_synthetic report_data_own "
    "report_data_printed",
)
#: Of another study, by what was given.
OTHER = keyed("report_given_", "report_given_answers report_given_interviews")

#: Heads of the sections.
HEAD = keyed(
    "head_",
    "head_subject head_availability head_environment head_steps head_classes "
    "head_shown head_in_text head_reviewer",
)

#: Classes of reproduction.
CLASS = keyed(
    "class_",
    "class_follows class_by_construction class_explained class_not_reproducible "
    "class_not_reproduced",
)

#: What each class means; where answers were given, and where only printed values are.
MEANS = keyed(
    "means_",
    "means_by_construction means_follows means_explained means_not_reproducible "
    "means_not_reproduced",
)
MEANS_GIVEN = MEANS | keyed(
    "means_given_",
    "means_given_follows means_given_not_reproducible means_given_not_reproduced",
)

#: Class of reproduction of each verdict; a match by construction is apart.
CLASSES = {
    **dict.fromkeys(AGREEMENT, "follows"),
    "other_rounding": "explained",
    "rounded_twice": "explained",
    "different_n": "explained",
    "depends_on_definition": "explained",
    "contradicted": "not_reproduced",
    "claim_not_supported": "not_reproduced",
    "undeclared": "not_reproduced",
    "not_derivable": "not_reproducible",
}

#: Classes, from a table's best to its worst.
ORDER = tuple(CLASS)

#: Places of the ledger that are no table of the thesis.
IN_TEXT = ("text", "list", "questionnaire")

Row = Mapping[str, Any]


def reproduction(row: Row) -> str:
    """Give the class of reproduction of a row of the ledger.

    Parameters
    ----------
    row : mapping
        At least ``verdict`` and ``known``.

    Returns
    -------
    str
        One of `ORDER`.

    Examples
    --------
    >>> reproduction({"verdict": "exact", "known": "built_in"})
    'by_construction'
    >>> reproduction({"verdict": "contradicted", "known": "built_in"})
    'not_reproduced'
    """
    found = CLASSES[row["verdict"]]
    by_construction = found == "follows" and row["known"] == "built_in"
    return "by_construction" if by_construction else found


def counted(ledger: Sequence[Row]) -> dict[str, int]:
    """Count the printed values by what became of them, from best to worst."""
    counts = Counter(map(reproduction, ledger))
    return {name: counts[name] for name in ORDER if counts[name]}


def write(project: Project, run: Mapping[str, Any], edition: Edition) -> list[Path]:
    """Write the report of a run as HTML and PDF.

    Parameters
    ----------
    project : Project
        The compendium, its results and pages made.
    run : mapping
        The record of the run (`provenance.record`).

    Returns
    -------
    list of path
        The two files.
    """
    found = [_part(project, book, edition) for book in project.notebooks]
    rows = [row for part in found for row in part["ledger"]]
    pieces = [piece for part in found for piece in part["pieces"]]
    title = read_study(project.root / project.study).title[edition]
    origins = {part["origin"] for part in found} - {None, "reconstructed"}
    origin = next(iter(sorted(origins)), "reconstructed")
    subject = SUBJECT["subject" if project.rebuilt else "subject_other"]
    subject = escape(say(subject, edition, title=title))
    talks = any(piece["where"].startswith("04") for piece in pieces)
    given = {"answers": bool(origins), "interviews": talks}
    told = [say(key, edition) for name, key in OTHER.items() if given[name]]
    if project.published:
        key = DATA[origin if project.rebuilt else "printed"]
        told = [*([] if project.rebuilt else told), say(key, edition)]
    parts = {
        "subject": f"{_read(project.read.get(edition, ()))}<p>{subject}</p>",
        "availability": f"<p>{escape(' '.join(told))}</p>",
        "environment": environment(run, edition),
        "steps": steps(run, edition, given=bool(origins)),
        "classes": _classes(rows, edition, given=bool(origins)) if rows else "",
        "shown": _shown(pieces, edition),
        "in_text": _numbers([r for r in rows if r["place"] in IN_TEXT], edition),
        "reviewer": _blanks(edition),
    }
    page = sections(
        say("report_title", edition),
        [(say(HEAD[name], edition), part) for name, part in parts.items() if part],
        edition,
        notice=say("report_notice", edition),
        synthetic=origin == "synthetic",
    )
    html = placed(str(page), "reviewer-report.html", project, edition)
    home = project.output / edition
    made = [home / "reviewer-report.html", home / "reviewer-report.pdf"]
    write_atomically(made[0], html.encode())
    write_atomically(made[1], pdf.from_paper(on_paper([page])))
    return made


def _read(lines: Sequence[str]) -> str:
    """List how many rows of given answers were read and used."""
    listed = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f"<ul>{listed}</ul>" if listed else ""


def _blanks(edition: Edition) -> str:
    """Leave the reviewer's lines open."""
    keys = ("blank_name", "blank_affiliation", "blank_remarks", "blank_signature")
    lines = [f'<div class="blank">{say(key, edition)}</div>' for key in keys]
    return "\n".join(lines)


def _part(project: Project, book: Path, edition: Edition) -> dict[str, Any]:
    """Join what one notebook declares, what it left, and its page's captions."""
    path = project.output / "results" / f"{book.stem}.json"
    result = json.loads(path.read_text(encoding="utf-8"))
    page = read_page(project.output / edition, book.stem)
    cells = result["cells"]
    places = {piece: place for place, piece in notebook.named(book, "shows").items()}
    compared = next((cells[p] for p in cells if p.startswith("agreement")), "")
    pieces = []
    for part in (part for part in page.shown if part.caption):
        here = result["ledger"]
        if cells[part.id] != compared:
            here = [row for row in here if row["place"] == places.get(part.id)]
        pieces.append(
            {
                "caption": part.label + part.caption,
                "where": f"{book.stem}, {cells[part.id]}",
                "rows": here,
            }
        )
    ledger = [{**row, "where": f"{book.stem}, {compared}"} for row in result["ledger"]]
    return {"pieces": pieces, "ledger": ledger, "origin": result["origin"]}


def _classes(rows: Sequence[Row], edition: Edition, *, given: bool) -> str:
    """Define the classes of reproduction that there are, and count their rows."""
    counts, means = counted(rows), MEANS_GIVEN if given else MEANS
    columns: dict[str, Sequence[object]] = {
        "meaning": [say(means[c], edition) for c in counts],
        "n": list(counts.values()),
    }
    named = [say(CLASS[c], edition) for c in counts]
    return small_table("caption_classes", columns, named, edition, "class_of").html


def _shown(pieces: Sequence[Mapping[str, Any]], edition: Edition) -> str:
    """List what holds printed values, with its program and finding; count the rest."""
    held = [piece for piece in pieces if piece["rows"]]
    told = f"<p>{escape(say('added', edition, k=len(pieces) - len(held)))}</p>"
    if not held:
        return told
    columns = {
        "program_cell": [piece["where"] for piece in held],
        "finding": [_finding(piece["rows"], edition) for piece in held],
    }
    captions = [piece["caption"] for piece in held]
    note = say("note_programs", edition)
    shown = small_table("caption_shown", columns, captions, edition, "shown", note=note)
    return told + shown.html


def _finding(rows: Sequence[Row], edition: Edition) -> str:
    """Count the classes of a table's printed numbers."""
    return ", ".join(
        say("counted", edition, n=n, what=say(CLASS[c], edition))
        for c, n in counted(rows).items()
    )


def _numbers(rows: Sequence[Row], edition: Edition) -> str:
    """List in-text numbers and claims, those first that are not reproduced."""
    if not rows:
        return ""
    rows = sorted(rows, key=lambda row: -ORDER.index(reproduction(row)))
    columns = {
        "item": [
            f"{row[f'item_{edition}']}, {say(row['statistic'], edition)}"
            for row in rows
        ],
        "printed": [row["printed"] for row in rows],
        "recomputed": [_recomputed(row, edition) for row in rows],
        "class_of": [say(CLASS[reproduction(row)], edition) for row in rows],
        "program_cell": [row["where"] for row in rows],
    }
    places = [
        say(CONCLUSIONS[name], edition) if name in CONCLUSIONS else name
        for name in (row["section"] for row in rows)
    ]
    note = say("note_programs", edition)
    shown = small_table("caption_numbers", columns, places, edition, "place", note=note)
    return shown.html


def _recomputed(row: Row, edition: Edition) -> str:
    ends = row["recomputed"], row["recomputed_to"]
    return written(ends, row["decimals"], edition, row["statistic"])

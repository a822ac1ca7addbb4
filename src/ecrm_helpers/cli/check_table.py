"""The verb ``check-table``: what an article prints, checked row by row and together."""

import argparse
import json
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from ecrm_helpers.cli.admissible import assumption
from ecrm_helpers.cli.check_text import verdict_of
from ecrm_helpers.cli.robustness import held, statistic
from ecrm_helpers.cli.shell.options import FILE, add_shared
from ecrm_helpers.files import write_atomically
from ecrm_helpers.printed import Edition, joined, language, say

if TYPE_CHECKING:
    from ecrm_helpers.ledger.checked_table import GroupsChecked, RowChecked

#: A heading and what is said below it.
Part = tuple[str, list[str]]


def add(verb: argparse.ArgumentParser) -> None:
    """Add the options of the verb."""
    verb.description = "help_check_table_more"
    verb.add_argument("file", type=Path, help="help_table_file")
    verb.add_argument("--page", help="help_page", **FILE)
    verb.add_argument("--json", action="store_true", help="help_json")
    add_shared(verb, "--alpha", "--lang")
    verb.set_defaults(verb=_check)


def _check(options: argparse.Namespace) -> int:
    from ecrm_helpers.ledger.checked_table import check_groups, check_row, read_table

    edition = language()
    rows = [check_row(row) for row in read_table(options.file)]
    groups = check_groups(rows)
    parts = [_row(number, row, edition) for number, row in enumerate(rows, 1)]
    parts += [_groups(each, options.alpha, edition) for each in groups]
    if options.page:
        write_atomically(options.page, _page(parts, options.file.name, edition))
    if options.json:
        told = [{"of": head, "found": lines} for head, lines in parts]
        print(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        print("\n".join(f"{head}\n  " + "\n  ".join(lines) for head, lines in parts))
    return 0


def _row(number: int, checked: "RowChecked", edition: Edition) -> Part:
    row, lines = checked.row, []
    head = say("table_row", edition, number=number, label=row.get("label", "–"))
    if checked.counts is not None:
        key = "percentage_counts" if checked.counts else "percentage_impossible"
        listed = joined(map(str, checked.counts), edition)
        values = {"percentage": row["percent"], "n": row["n"], "counts": listed}
        lines.append(say(key, edition, **values))
    if checked.why and checked.summary:
        lines.append(checked.why.told().said(edition))
        lines.append(assumption(checked.summary, edition))
    elif checked.count is not None:
        lines.append(say("admissible_count", edition, count=checked.count))
    elif checked.summary:
        lines.append(say("table_possible", edition))
    lines += [verdict_of(result, edition) for result in checked.results]
    return head, lines or [say("table_nothing", edition)]


def _groups(groups: "GroupsChecked", alpha: float, edition: Edition) -> Part:
    labels = joined(groups.labels, edition)
    head = say("table_groups", edition, table=groups.table or "–", labels=labels)
    if groups.every.empty:
        return head, [say("table_no_groups", edition)]
    key = "table_sets_drawn" if groups.drawn else "table_sets"
    lines = [say(key, edition, k=len(groups.every))]
    if groups.f is not None:
        lines.append(say("table_f" if groups.f else "table_f_not", edition))
    lines += [
        statistic(str(name), values, edition).strip()
        for name, values in groups.every.items()
    ]
    return head, [*lines, *held(groups.every, alpha, edition)]


def _page(parts: list[Part], name: str, edition: Edition) -> bytes:
    from ecrm_helpers.compendium.render.exporters import sections

    lists = [
        (head, "<ul>" + "".join(f"<li>{escape(line)}</li>" for line in lines) + "</ul>")
        for head, lines in parts
    ]
    title = say("table_title", edition, file=name)
    intro = [say("table_note", edition)]
    return sections(title, lists, edition, intro=intro).encode()

"""The verb ``check-table``: what an article prints, checked row by row and together."""

import argparse
import json
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from ecrm_helpers.cli.admissible import assumption
from ecrm_helpers.cli.check_text import verdict_of
from ecrm_helpers.cli.robustness import held, statistic
from ecrm_helpers.cli.shell.options import add_language, add_level
from ecrm_helpers.files import write_atomically
from ecrm_helpers.printed import Edition, joined, say, shell_language

if TYPE_CHECKING:
    from ecrm_helpers.ledger.checked_table import GroupsChecked, RowChecked

#: A heading and what is said below it.
Part = tuple[str, list[str]]


def add(verb: argparse.ArgumentParser) -> None:
    """Add the options of the verb."""
    verb.description = "help_check_table_more"
    verb.add_argument("file", type=Path, help="help_table_file")
    verb.add_argument("--page", type=Path, metavar="FILE", help="help_page")
    add_level(verb)
    verb.add_argument("--json", action="store_true", help="help_json")
    add_language(verb)
    verb.set_defaults(verb=_check)


def _check(options: argparse.Namespace) -> int:
    from ecrm_helpers.ledger.checked_table import check_groups, check_row, read_table

    language: Edition = options.lang or shell_language()
    rows = [check_row(row) for row in read_table(options.file)]
    groups = check_groups(rows)
    parts = [_row(number, row, language) for number, row in enumerate(rows, 1)]
    parts += [_groups(each, options.alpha, language) for each in groups]
    if options.page:
        write_atomically(options.page, _page(parts, options.file.name, language))
    if options.json:
        told = [{"of": head, "found": lines} for head, lines in parts]
        print(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        print("\n".join(f"{head}\n  " + "\n  ".join(lines) for head, lines in parts))
    return 0


def _row(number: int, checked: "RowChecked", language: Edition) -> Part:
    row, lines = checked.row, []
    head = say("table_row", language, number=number, label=row.get("label", "–"))
    if checked.counts is not None:
        key = "percentage_counts" if checked.counts else "percentage_impossible"
        listed = joined(map(str, checked.counts), language)
        values = {"percentage": row["percent"], "n": row["n"], "counts": listed}
        lines.append(say(key, language, **values))
    if checked.why and checked.summary:
        lines.append(checked.why.told().said(language))
        lines.append(assumption(checked.summary, language))
    elif checked.count is not None:
        lines.append(say("admissible_count", language, count=checked.count))
    elif checked.summary:
        lines.append(say("table_possible", language))
    lines += [verdict_of(result, language) for result in checked.results]
    return head, lines or [say("table_nothing", language)]


def _groups(groups: "GroupsChecked", alpha: float, language: Edition) -> Part:
    labels = joined(groups.labels, language)
    head = say("table_groups", language, table=groups.table or "–", labels=labels)
    if groups.every.empty:
        return head, [say("table_no_groups", language)]
    key = "table_sets_drawn" if groups.drawn else "table_sets"
    lines = [say(key, language, k=len(groups.every))]
    if groups.f is not None:
        lines.append(say("table_f" if groups.f else "table_f_not", language))
    lines += [
        statistic(str(name), values, language).strip()
        for name, values in groups.every.items()
    ]
    return head, [*lines, *held(groups.every, alpha, language)]


def _page(parts: list[Part], name: str, language: Edition) -> bytes:
    from ecrm_helpers.compendium.render.exporters import sections

    lists = [
        (head, "<ul>" + "".join(f"<li>{escape(line)}</li>" for line in lines) + "</ul>")
        for head, lines in parts
    ]
    title = say("table_title", language, file=name)
    intro = [say("table_note", language)]
    return sections(title, lists, language, intro=intro).encode()

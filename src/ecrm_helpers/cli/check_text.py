"""The verb ``check-text``: each p that a document reports, recomputed from a shell."""

import argparse
import json
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from ecrm_helpers.cli.shell.options import add_shared, tell
from ecrm_helpers.printed import Edition, fine_p, joined, keyed, language, say, spanned

if TYPE_CHECKING:
    from ecrm_helpers.ledger.checked_text import Checked, Place

#: Verdicts on a reported result.
VERDICT = keyed(
    "check_",
    "check_consistent check_inconsistent check_decision_error check_impossible "
    "check_not_read check_not_recomputable",
)

#: Notes beside a verdict.
NOTE = keyed(
    "check_note_",
    "check_note_no_formula check_note_df_unclear check_note_out_of_range "
    "check_note_one_sided check_note_if_one_sided check_note_p_zero "
    "check_note_p_outside check_note_from_n check_note_no_p check_note_alone "
    "check_note_cut check_note_word",
)

#: Parts of a place in a document.
AT = keyed("check_at_", "check_at_page check_at_paragraph check_at_table check_at_row")


def add(verb: argparse.ArgumentParser) -> None:
    """Add the options of the verb."""
    verb.description = "help_check_text_more"
    verb.add_argument("file", type=Path, help="help_document")
    verb.add_argument("--json", action="store_true", help="help_json")
    add_shared(verb, "--alpha", "--lang")
    verb.set_defaults(verb=_check)


def _check(options: argparse.Namespace) -> int:
    from ecrm_helpers.ledger.checked_text import check, read_blocks

    found = check(read_blocks(options.file), alpha=options.alpha)
    if options.json:
        records = [asdict(result) for result in found]
        print(json.dumps(records, ensure_ascii=False, indent=1))
        return 0
    edition = language()
    if not found:
        tell("check_none", file=options.file)
        return 0
    for result in found:
        print(_line(result, edition))
    print(_sum(found, edition))
    return 0


def _sum(found: "list[Checked]", edition: Edition) -> str:
    counts = Counter(result.verdict for result in found)
    unread = counts.pop("not_read", 0)
    parts = [
        say("check_count", edition, verdict=say(VERDICT[verdict], edition), n=n)
        for verdict, n in counts.items()
    ]
    listed = joined(parts, edition) or "0"
    read = counts.total()
    return say("check_sum", edition, n=read, counts=listed, unread=unread)


def _line(result: "Checked", edition: Edition) -> str:
    place = _place(result.place, edition)
    return say("check_line", edition, place=place, said=verdict_of(result, edition))


def verdict_of(result: "Checked", edition: Edition) -> str:
    """Write a result, its verdict and the reason."""
    p = note = ""
    if result.p:
        ends = (fine_p(end, edition) for end in result.p)
        p = say("check_p", edition, p=spanned(ends, edition))
    if result.note:
        said = say(NOTE[result.note], edition)
        note = say("check_note", edition, note=said)
    verdict = say(VERDICT[result.verdict], edition)
    return say(
        "check_verdict", edition, text=result.text, verdict=verdict, p=p, note=note
    )


def _place(place: "Place", edition: Edition) -> str:
    """Say where: page, table and row, or paragraph; and the first words."""
    told = [
        say(AT[name], edition, n=number)
        for name in ("page", "paragraph", "table", "row")
        if (number := getattr(place, name))
    ]
    told += [say("check_at_note", edition)] * place.note
    return say("check_at", edition, place=", ".join(told), words=place.words)

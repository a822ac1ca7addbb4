"""What a reviewer's report says of the run: with what it was made, and how long.

Tables of pages that are no notebook's are written here too.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from ecrm_helpers.printed import Edition, keyed, number, say
from ecrm_helpers.shown.piece import Piece
from ecrm_helpers.shown.tables import table

#: Steps of a run.
STEP = keyed(
    "step_",
    "step_data step_run step_page step_check step_errata step_dictionary step_chapter "
    "step_site",
)


def environment(run: Mapping[str, Any], edition: Edition) -> str:
    """Show what the run was made with: commit, lock, Python, machine, libraries."""
    differs = {True: "changed_yes", False: "changed_no", None: "unknown"}
    given = ", ".join(f"{k} = {v}" for k, v in run["parameters"].items())
    facts = {
        say("commit", edition): run["commit"] or say("unknown", edition),
        say("changed_since", edition): say(
            differs[run["changed_since_commit"]], edition
        ),
        say("lock_hash", edition): run["lock"],
        "Python": run["python"],
        say("machine", edition): run["platform"],
        say("cores", edition): str(run["cores"]),
        **run["libraries"],
        say("given_parameters", edition): given or say("none", edition),
    }
    shown = {"value": list(facts.values())}
    return small_table("caption_environment", shown, list(facts), edition, "part").html


def steps(run: Mapping[str, Any], edition: Edition, *, given: bool = False) -> str:
    """Show the time of each step, and the total and disk of this run.

    Where answers were `given`, the reconstructed ones serve no page.
    """
    made = {k: s for k, s in run["steps"].items() if not (given and k == "data")}
    note = say(
        "note_steps",
        edition,
        seconds=number(run["seconds"], 1, edition),
        output=number(run["disk"]["output"] / 1e6, 1, edition),
        environment=number(run["disk"]["environment"] / 1e6, 1, edition),
    )
    named = [_step(name, edition) for name in made]
    times = {"seconds": [float(s) for s in made.values()]}
    shown = small_table(
        "caption_steps", times, named, edition, "step", decimals=1, note=note
    )
    return shown.html.replace('class="table"', 'class="table annex"', 1)


def _step(name: str, edition: Edition) -> str:
    """Name a step in words: what is made, of which notebook, in which edition."""
    parts = name.split("/")
    made = say(STEP[parts[min(1, len(parts) - 1)]], edition)
    return " ".join([made, *parts[2:]]) + (f" ({parts[0]})" if parts[1:] else "")


def small_table(
    caption: str,
    columns: Mapping[str, Sequence[object]],
    rows: Sequence[str],
    edition: Edition,
    head: str = "",
    **more: Any,
) -> Piece:
    """Show columns as a table; caption and heads are keys of phrases, `head` of rows'.

    The table's id is its caption's key without ``caption_``; `more` is `table`'s.
    """
    frame = pd.DataFrame(dict(columns), index=list(rows))
    frame = frame.rename(columns=lambda key: say(key, edition))
    frame.index.name = say(head, edition) if head else None
    name = caption.removeprefix("caption_")
    return table(frame, name, say(caption, edition), edition, **more)

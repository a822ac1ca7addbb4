"""What a reviewer's report says of the run: with what it was made, and how long.

Its tables are small, and are written here too.
"""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from ecrm_helpers.printed import Edition, keyed, number, say
from ecrm_helpers.shown.tables import table

#: Captions of the tables.
CAPTION = keyed(
    "caption_",
    "caption_environment caption_steps caption_classes caption_shown caption_numbers",
)

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
    frame = pd.DataFrame({say("value", edition): facts})
    return small_table(frame, "environment", edition)


def steps(run: Mapping[str, Any], edition: Edition, *, given: bool = False) -> str:
    """Show the time of each step, and the total and disk of this run.

    Where answers were `given`, the reconstructed ones serve no page.
    """
    made = {k: s for k, s in run["steps"].items() if not (given and k == "data")}
    times = {_step(name, edition): s for name, s in made.items()}
    frame = pd.DataFrame({say("seconds", edition): times}, dtype=float)
    note = say(
        "note_steps",
        edition,
        seconds=number(run["seconds"], 1, edition),
        output=_megabytes(run["disk"]["output"], edition),
        environment=_megabytes(run["disk"]["environment"], edition),
    )
    shown = small_table(frame, "steps", edition, decimals=1, note=note)
    return shown.replace('class="table"', 'class="table annex"', 1)


def _step(name: str, edition: Edition) -> str:
    """Name a step in words: what is made, of which notebook, in which edition."""
    parts = name.split("/")
    made = say(STEP[parts[min(1, len(parts) - 1)]], edition)
    return " ".join([made, *parts[2:]]) + (f" ({parts[0]})" if parts[1:] else "")


def _megabytes(size: int, edition: Edition) -> str:
    return number(size / 1e6, 1, edition)


def small_table(
    frame: pd.DataFrame,
    name: str,
    edition: Edition,
    *,
    decimals: int = 2,
    note: str = "",
) -> str:
    """Show a table of the report, its caption by its name."""
    caption = say(CAPTION[name], edition)
    return table(frame, name, caption, edition, decimals=decimals, note=note).html

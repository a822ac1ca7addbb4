"""The tables a reviewer would add to the thesis's own."""

from collections.abc import Sequence

import pandas as pd

from ecrm_helpers.answers.read import Answers
from ecrm_helpers.printed import number, say, scientific, within_one
from ecrm_helpers.shown.hypotheses.layouts import labelled
from ecrm_helpers.shown.piece import Piece
from ecrm_helpers.shown.tables import Digits, Written, table
from ecrm_helpers.statistics.analysis import AnalysisError, Anova, Correlation, Estimate


def rounding_table(ends: Sequence[Correlation]) -> Piece:
    """Show what follows from a printed r, at both ends of its rounding.

    Parameters
    ----------
    ends : sequence of Correlation
        From the lowest to the highest r that rounds to the one printed.

    Returns
    -------
    Piece
        A quantity is called identified where both ends are written alike.
    """

    def no_lead(value: float, decimals: int) -> str:
        return number(value, decimals, lead=False)

    ends = [ends[0], ends[-1]]
    rows = {
        say("t_of", df=ends[0].df): [Written(end.t, number(end.t, 2)) for end in ends],
        "p": [Written(end.p, scientific(end.p)) for end in ends],
        say("ci_low"): [Written(e.low, no_lead(e.low, 3)) for e in ends],
        say("ci_high"): [Written(e.high, no_lead(e.high, 3)) for e in ends],
        say("r_squared_percent"): [
            Written(100 * e.r_squared, number(100 * e.r_squared, 1)) for e in ends
        ],
    }
    columns = [f"r = {no_lead(end.r, 4)}" for end in ends]
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=columns)
    frame[say("known")] = [
        say("identified" if low.text == high.text else "identified_band")
        for low, high in rows.values()
    ]
    note = say(
        "note_r_band",
        low=no_lead(ends[0].r, 4),
        high=no_lead(ends[1].r, 4),
        n=ends[0].n,
        level=f"{100 * ends[0].confidence:g}",
    )
    caption = say("caption_r_band")
    return table(frame, "tab-r-band", caption, note=note)


def effects_table(
    result: Anova,
    d: Estimate | AnalysisError,
    rows: pd.DataFrame,
    answers: Answers,
) -> Piece:
    """Show measures of effect with their intervals.

    Parameters
    ----------
    answers : Answers
        Give the labels of the groups.
    """
    level = f"{100 * result.eta_squared.confidence:g}"
    note = say("note_effects", level=level)
    effects = {
        say("eta_squared"): result.eta_squared,
        say("omega_squared"): result.omega_squared,
    }
    if not isinstance(d, AnalysisError):
        first, second, _ = labelled(rows, answers).index
        effects[say("cohen_d", first=first, second=second)] = d
        note += f" {say('note_d')}"
    frame = pd.DataFrame(
        [(effect.value, effect.low, effect.high) for effect in effects.values()],
        index=list(effects),
        columns=[say(key) for key in ("value", "low", "high")],
    )
    caption = say("caption_effects")
    written: dict[str, Digits] = {
        label: 3 if effect is d else within_one(3) for label, effect in effects.items()
    }
    return table(frame, "tab-effects", caption, decimals=written, note=note)

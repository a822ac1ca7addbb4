"""Files of SPSS, Stata and SAS: read with their labels, and SPSS's written."""

import pickle
import struct
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pyreadstat

from ecrm_helpers.answers.audit import Refused, quoted
from ecrm_helpers.answers.formats.tables import (
    Sheet,
    cell_text,
    require_once_encoded,
    require_table,
)
from ecrm_helpers.printed import Told, Wrong, told
from ecrm_helpers.programs import own_folder

#: Reads a statistics program's file and hands it over; longest wait, in seconds.
_APART = """
import pickle, sys, pyreadstat
more = {"output_format": "dict"}  # without pandas, which would take half the time
more |= {"user_missing": True} if sys.argv[2] in ("sav", "dta") else {}
read = getattr(pyreadstat, "read_" + {"xpt": "xport"}.get(sys.argv[2], sys.argv[2]))
pickle.dump(read(sys.argv[1], **more), sys.stdout.buffer)
"""
_PATIENCE = 300

#: Where an SPSS file tells its order of bytes, and how many cases it has.
_SAV_ORDER, _SAV_CASES = slice(64, 68), slice(80, 84)
#: Where an SPSS file has the moment of its making, and what stands there instead.
_SAV_MOMENT, _NO_MOMENT = slice(92, 109), b"01 Jan 3100:00:00"


def read_statistical(path: Path, found: bytes, form: str) -> Sheet:
    """Read SPSS, Stata or SAS: codes as they stand, their labels beside them.

    What the file declares missing is missing; what it does not is an answer.

    Raises
    ------
    Refused
        The file is damaged, or has another number of cases than it says.
    """
    found, said = _uncounted(found) if form == "sav" else (found, None)
    frame, meta = _apart(path, found, form)
    if said not in (None, len(frame)):
        raise Refused(str(path), [told("fault_cases", said=said, held=len(frame))])
    names = [str(name) for name in frame.columns]
    header = [meta.column_names_to_labels.get(name) or name for name in names]
    columns, declared = [], 0
    for name in names:
        gone = _declared_missing(frame[name], meta.missing_ranges.get(name, []))
        gone |= frame[name].isin(meta.missing_user_values.get(name, []))
        declared += int(gone.sum())
        texts = map(cell_text, frame[name])
        columns.append(
            ["" if out else text for out, text in zip(gone, texts, strict=True)]
        )
    labels = [
        {cell_text(code): str(label) for code, label in given.items()}
        for given in (meta.variable_value_labels.get(name, {}) for name in names)
    ]
    rows = [list(row) for row in zip(*columns, strict=True)]
    words = [(0, "\n".join([*header, *(v for each in labels for v in each.values())]))]
    require_once_encoded(
        path, words + [(case, "\n".join(row)) for case, row in enumerate(rows, 1)]
    )
    notes: list[Told] = [told("read_declared", k=declared)] if declared else []
    cases = range(1, len(rows) + 1)
    sheet = Sheet(
        form, header, rows, cases, meta.file_encoding, None, names, labels, notes
    )
    return require_table(path, sheet)


def _uncounted(found: bytes) -> tuple[bytes, int | None]:
    """Leave open how many cases an SPSS file has, and give what it says of that.

    Its reader stops at that number, whatever comes behind.
    """
    little = found[_SAV_ORDER][:1] in (b"\2", b"\3")
    said = struct.unpack("<i" if little else ">i", found[_SAV_CASES])[0]
    start, end = _SAV_CASES.start, _SAV_CASES.stop
    return found[:start] + b"\xff" * 4 + found[end:], said if said >= 0 else None


def _apart(path: Path, found: bytes, form: str) -> tuple[pd.DataFrame, Any]:
    """Read in a process of its own: a damaged file may end the library's process."""
    try:
        with tempfile.TemporaryDirectory(dir=own_folder()) as folder:
            copy = Path(folder) / f"answers.{form}"
            copy.write_bytes(found)
            read = subprocess.run(
                [sys.executable, "-c", _APART, copy, form],
                capture_output=True,
                check=True,
                timeout=_PATIENCE,
            )
        columns, meta = pickle.loads(read.stdout)
    except (subprocess.SubprocessError, pickle.UnpicklingError, EOFError) as error:
        said = (getattr(error, "stderr", None) or b"").decode(errors="replace")
        last = said.strip().splitlines()[-1:]
        why = (
            told("fault_damaged", form=form.upper(), why=quoted(last[0]))
            if last
            else None
        )
        raise Refused(
            str(path), [why or told("fault_broken", form=form.upper())]
        ) from None
    return pd.DataFrame(columns), meta


def _declared_missing(column: pd.Series, ranges: Sequence[Any]) -> pd.Series:
    gone = pd.Series(False, index=column.index)
    for span in ranges:
        low, high = span["lo"], span["hi"]
        if isinstance(low, str):
            gone |= column.astype("string").fillna("").str.strip() == low.strip()
        else:
            gone |= pd.to_numeric(column, errors="coerce").between(low, high)
    return gone


def sav_bytes(table: pd.DataFrame, **labels: Any) -> bytes:
    """Write an SPSS file without the moment of its making.

    Parameters
    ----------
    table : DataFrame
        Its cases.
    **labels
        Of file, variables and values, as `pyreadstat.write_sav` takes them.

    Returns
    -------
    bytes

    Raises
    ------
    Wrong
        There is no room for it.
    """
    with tempfile.TemporaryDirectory(dir=own_folder()) as folder:
        path = Path(folder) / "answers.sav"
        try:
            pyreadstat.write_sav(table, str(path), **labels)
        except pyreadstat.ReadstatError as error:
            raise Wrong("no_room", file=path.name, why=error, folder=folder) from None
        content = bytearray(path.read_bytes())
    content[_SAV_MOMENT] = _NO_MOMENT
    return bytes(content)

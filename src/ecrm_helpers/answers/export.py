"""Clean answers for a spreadsheet or a statistics program, with their labels.

An SPSS syntax file reruns the chapter's tables on the SPSS file. What was not
answered by anyone says so in every row and at the head of the file. The same
answers give the same bytes.
"""

import datetime
import io
import math
import re
from collections.abc import Iterator

import pandas as pd
import xlsxwriter

from ecrm_helpers.answers.dictionary import answers
from ecrm_helpers.answers.door import as_csv
from ecrm_helpers.answers.formats.statistical import sav_bytes
from ecrm_helpers.answers.scores import with_scores
from ecrm_helpers.files import AS_TEXT, packed, safe_cell, unpacked
from ecrm_helpers.printed import Edition, Wrong, keyed, say
from ecrm_helpers.study import Question, Study
from ecrm_helpers.study.testing import variables_of

#: What rows that are nobody's answers are stamped with.
STAMP = keyed("export_stamp_", "export_stamp_reconstructed export_stamp_synthetic")

#: Heads of the columns of the dictionary.
HEAD = keyed(
    "export_head_",
    "export_head_variable export_head_label export_head_value export_head_value_label",
)

#: Every workbook is made at this moment, so that its bytes tell of its content.
_MADE = datetime.datetime(1980, 1, 1)
_MEASURE = {"scale": "scale", "matrix": "ordinal", "number": "scale", "date": "scale"}
_FORMAT = {"number": "F12.2", "date": "DATE11"}
_BREAK = "\n    "
_SCALE = "/STATISTICS=MEAN STDDEV MEDIAN MINIMUM MAXIMUM"


def stamp(origin: str, edition: Edition) -> str:
    """Say what the rows are when they are nobody's answers; else nothing."""
    return "" if origin == "own" else say(STAMP[origin], edition)


def stamped(frame: pd.DataFrame, mark: str) -> pd.DataFrame:
    """Let every row say what it is."""
    return frame.assign(provenance=mark) if mark else frame


#: What SPSS takes as the name of a variable: 64 bytes, a letter first.
_NAME = re.compile(r"[A-Za-z@][\w.$#@]{0,62}[\w$#@]?", re.ASCII)


def to_csv(frame: pd.DataFrame, study: Study, mark: str, edition: Edition) -> bytes:
    """Write answers as CSV: levels as texts, points as numbers.

    Parameters
    ----------
    frame : DataFrame
        As `door.read_file` gives it; columns may be absent.
    mark : str
        What `stamp` gives.
    edition : {"fr", "en"}
        The language of labels.

    Returns
    -------
    bytes
    """
    return as_csv(stamped(with_scores(frame, study), mark))


def to_xlsx(frame: pd.DataFrame, study: Study, mark: str, edition: Edition) -> bytes:
    """Write them as a workbook, the dictionary on a second sheet; see `to_csv`."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, AS_TEXT)
    book.set_properties({"created": _MADE, "title": mark, "comments": mark})
    sheet = book.add_worksheet(say("export_answers", edition))
    frame = with_scores(frame, study)
    table = stamped(frame, mark).reset_index()
    sheet.write_row(0, 0, table.columns)
    for line, row in enumerate(table.itertuples(index=False), 1):
        cells = (None if pd.isna(cell) else _plainly(cell) for cell in row)
        safe = [safe_cell(c) if isinstance(c, str) else c for c in cells]
        sheet.write_row(line, 0, safe)
    described = book.add_worksheet(say("export_dictionary", edition))
    for line, about in enumerate(_described(frame, study, edition)):
        described.write_row(line, 0, about)
    book.close()
    return packed(unpacked(out.getvalue()), smaller=False)


def _plainly(cell: object) -> object:
    """Write a day as text, as the CSV has it."""
    return cell.date().isoformat() if isinstance(cell, pd.Timestamp) else cell


def _described(
    frame: pd.DataFrame, study: Study, edition: Edition
) -> Iterator[tuple[str | int, ...]]:
    heads = ("variable", "label", "value", "value_label")
    yield tuple(say(HEAD[head], edition) for head in heads)
    for name in frame.columns:
        label = study.label(name)[edition]
        valued = answers(study.columns[name], study) if name in study.columns else {}
        for value, text in valued.items():
            yield name, label, value, text[edition]
        if not valued:
            yield name, label


def to_sav(frame: pd.DataFrame, study: Study, mark: str, edition: Edition) -> bytes:
    """Write them as SPSS does: levels as codes from 1; see `to_csv`.

    The labels of codes are the answers as given in the French edition, so that
    the file can be read again; in the English one they are translated.

    Raises
    ------
    Wrong
        SPSS does not allow some of the names; all are listed.
    """
    named = [*map(str, frame.columns), *study.scores]
    if bad := [name for name in named if not _NAME.fullmatch(name)]:
        raise Wrong("export_names", names=", ".join(bad))
    questions = {name: study.columns[name] for name in frame.columns}
    table = pd.DataFrame({"id": frame.index.astype(object)})
    for name, question in questions.items():
        table[name] = (
            frame[name].dt.date.to_numpy()
            if question.kind == "date"
            else codes(frame[name]).to_numpy(float, na_value=math.nan)
        )
    made = with_scores(frame, study).drop(columns=[*questions])
    labels = {name: study.label(name)[edition] for name in (*questions, *made)}
    return sav_bytes(
        stamped(table.assign(**made.reset_index(drop=True)), mark),
        file_label=mark,
        column_labels=labels,
        variable_value_labels={
            name: _value_labels(question, study, edition)
            for name, question in questions.items()
        },
        variable_measure={
            name: _MEASURE.get(question.kind, "nominal")
            for name, question in questions.items()
        }
        | dict.fromkeys(made, "scale"),
        variable_format={
            name: _FORMAT.get(question.kind, "F2.0")
            for name, question in questions.items()
        }
        | dict.fromkeys(made, "F12.2"),
    )


def codes(column: pd.Series) -> pd.Series:
    """Give the numbers of answers: levels from 1 in their order, points as such.

    Examples
    --------
    >>> said = pd.Categorical(["Oui", None], ["Non", "Oui"], ordered=True)
    >>> codes(pd.Series(said)).tolist()
    [2, <NA>]
    """
    if not isinstance(column.dtype, pd.CategoricalDtype):
        return column
    return (column.cat.codes.astype("Int64") + 1).mask(column.isna())


def _value_labels(
    question: Question, study: Study, edition: Edition
) -> dict[float, str]:
    labels = answers(question, study)
    if not question.closed:
        return {float(point): text[edition] for point, text in labels.items()}
    return {
        float(code): str(answer) if edition == "fr" else text.en
        for code, (answer, text) in enumerate(labels.items(), 1)
    }


def syntax(
    frame: pd.DataFrame, study: Study, file: str, origin: str, edition: Edition
) -> bytes:
    """Write SPSS syntax that reruns the chapter's tables; PSPP runs it too.

    Of reconstructed answers it asks for nothing that was not published.

    Parameters
    ----------
    frame : DataFrame
        What the SPSS file holds.
    study : Study
        The questionnaire and its hypotheses.
    file : str
        The name of the SPSS file, beside the syntax.
    origin : str
        ``"own"``, ``"synthetic"`` or ``"reconstructed"``.
    edition : {"fr", "en"}
        The language of comments.

    Returns
    -------
    bytes
        UTF-8 with a byte order mark, by which SPSS knows it.
    """
    heads = [say("export_syntax", edition), say("export_folder", edition)]
    mark = stamp(origin, edition)
    told = "\n".join(f"* {line}." for line in (*heads, mark) if line)
    quoted = file.replace("'", "''")
    commands = [told, f"GET FILE='{quoted}'.", *_frequencies(frame, study, origin)]
    made = _scores(frame, study, edition) if origin != "reconstructed" else {}
    commands += made.values()
    for key in study.hypotheses:
        variables = variables_of(study, key)
        if len(variables) == 2 and {*variables} <= {*frame, *made}:
            commands.append(f"* {key.upper()}.")
            commands += _association(frame, study, *variables)
    if origin != "reconstructed":
        commands += _reliabilities(frame, study)
    return ("\ufeff" + "\n\n".join(commands) + "\n").encode()


def _frequencies(frame: pd.DataFrame, study: Study, origin: str) -> Iterator[str]:
    shown = [
        name
        for name in frame.columns
        if origin != "reconstructed" or study.columns[name].published == "distribution"
    ]
    closed = [name for name in shown if study.columns[name].closed]
    points = [name for name in shown if name not in closed]
    if closed:
        yield f"FREQUENCIES /VARIABLES={_names(closed)}\n  /FORMAT=AVALUE."
    if points:
        yield f"FREQUENCIES /VARIABLES={_names(points)}\n  {_SCALE}."


def _scores(frame: pd.DataFrame, study: Study, edition: Edition) -> dict[str, str]:
    """Compute each score whose answers the file holds, as the chapter does."""
    commands = {}
    for name, score in study.scores.items():
        items, turned = study.score_items(name), study.turned(name)
        if {*items} <= {*frame}:
            of = [f"{turned[i]:g} - {i}" if i in turned else i for i in items]
            times = f"{len(items)} * " if score.kind == "sum" else ""
            mean = f"MEAN.{score.needs or len(items)}({f',{_BREAK}'.join(of)})"
            label = score.label[edition].replace("'", "''")
            commands[name] = (
                f"COMPUTE {name} = {times}{mean}.\nVARIABLE LABELS {name} '{label}'.\n"
                f"DESCRIPTIVES /VARIABLES={name}."
            )
    return commands


def _association(
    frame: pd.DataFrame, study: Study, first: str, second: str
) -> Iterator[str]:
    """Correlate two scales, or compare a scale by the levels of a question."""
    roles = study.role(first), study.role(second)
    if roles == ("scale", "scale"):
        yield f"CORRELATIONS /VARIABLES={first} {second}\n  /PRINT=TWOTAIL NOSIG."
    elif roles == ("choice", "scale"):
        levels = len(study.columns[first].points)
        answered = codes(frame[first])
        if second in frame:
            answered = answered[frame[second].notna()]
        if answered[answered <= levels].nunique() > 1:
            # Free answers are no group of the chapter's.
            yield f"TEMPORARY.\nSELECT IF ({first} <= {levels})."
            yield f"ONEWAY {second} BY {first}\n  /STATISTICS=DESCRIPTIVES HOMOGENEITY."


def _reliabilities(frame: pd.DataFrame, study: Study) -> Iterator[str]:
    for name, question in study.questions.items():
        if question.reliability and set(question.items) <= set(frame):
            # Turned round for this command alone.
            if turned := study.turned(name).items():
                made = [f"COMPUTE {key} = {ends:g} - {key}." for key, ends in turned]
                yield "\n".join(["TEMPORARY.", *made])
            yield (
                f"RELIABILITY /VARIABLES={_names(list(question.items))}\n"
                f"  /SCALE('{name}')=ALL /MODEL=ALPHA."
            )


def _names(columns: list[str]) -> str:
    return _BREAK.join(
        " ".join(columns[start : start + 8]) for start in range(0, len(columns), 8)
    )

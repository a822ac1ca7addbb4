"""A workbook, for people and for a second coder, and a page to read.

The sheet ``coding`` has one row per segment and its codes by name in cells
with a list to choose from; the workbook carries texts and codebook, so that a
returned one can be read by itself.
"""

import io
from collections.abc import Iterator
from datetime import datetime
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd

from ecrm_helpers.files import AS_TEXT
from ecrm_helpers.interview.exchange.archives import book_of, members, sound
from ecrm_helpers.interview.exchange.carried import Carried, Code, Quotation, lost
from ecrm_helpers.interview.matrices import first_coder, tree
from ecrm_helpers.interview.tables import (
    COLUMNS,
    Interview,
    InterviewError,
    each,
    records,
)
from ecrm_helpers.printed import Edition, say, told

#: Cells for codes in each row of the sheet, at the least.
CELLS = 6
_ABOUT = ["segment_id", "doc_id", "start", "turn", "speaker", "section", "excerpt"]
_SHEETS = {
    "coding": _ABOUT,
    "codebook": COLUMNS["codebook"],
    "text": ("doc_id", "line"),
    "coders": COLUMNS["coders"],
    "codings": COLUMNS["codings"],
}


def workbook(interview: Interview) -> bytes:
    """Write the corpus as ``.xlsx``: the first coder's codes, and all tables.

    Returns
    -------
    bytes
        The same for the same tables. Where nobody has coded yet, the cells
        for codes are empty: a sheet for blind recoding.
    """
    lines = [
        (doc, line)
        for doc, text in interview.texts.items()
        for line in text.split("\n")
    ]
    sheets = {
        "coding": _wide(interview),
        "codebook": interview.codebook,
        "text": pd.DataFrame(lines, columns=["doc_id", "line"]),
        "coders": interview.coders,
        "codings": interview.codings,
        "documents": interview.documents,
    }
    out = io.BytesIO()
    with pd.ExcelWriter(
        out, engine="xlsxwriter", engine_kwargs={"options": AS_TEXT}
    ) as writer:
        writer.book.set_properties({"created": datetime(2000, 1, 1)})
        for name, frame in sheets.items():
            frame.to_excel(writer, sheet_name=name, index=False)
            _dress(writer, name, frame)
        last, cells = len(sheets["coding"]), len(sheets["coding"].columns)
        names = f"=codebook!$C$2:$C${len(interview.codebook) + 1}"
        choice = {"validate": "list", "source": names}
        writer.sheets["coding"].data_validation(
            1, len(_ABOUT), max(last, 1), cells - 1, choice
        )
    return out.getvalue()


def _wide(interview: Interview) -> pd.DataFrame:
    """One row per segment, the first coder's codes in cells beside it."""
    rows = interview.segments[_ABOUT].copy()
    theirs = interview.codings
    if len(theirs):
        theirs = theirs[theirs["coder_id"] == first_coder(interview)]
    named = theirs.assign(name=theirs["code_id"].map(interview.names))
    codes = named.groupby("segment_id", sort=False)["name"].agg(list)
    given = [codes.get(segment, []) for segment in rows["segment_id"]]
    for cell in range(max([CELLS, *map(len, given)])):
        rows[f"code {cell + 1}"] = [c[cell] if cell < len(c) else "" for c in given]
    return rows


def _dress(writer: pd.ExcelWriter, name: str, frame: pd.DataFrame) -> None:
    """Set widths, wrap long cells, keep the header in sight."""
    book: Any = writer.book
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet = writer.sheets[name]
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(frame.columns):
        longest = max([len(str(column)), *frame[column].astype(str).str.len()])
        sheet.set_column(place, place, min(60, max(9, longest + 1)), wrapped)


def is_workbook(path: Path) -> bool:
    """Tell whether a file has the sheets of a workbook that `workbook` wrote."""
    found = members(path, lambda name: name == "xl/workbook.xml").values()
    parts = [part for xml in found for part in sound(xml, str(path)).iter()]
    names = {part.get("name") for part in parts if part.tag.endswith("}sheet")}
    return {"coding", "codebook"} <= names


def read_workbook(path: Path) -> Carried:
    """Read a workbook that `workbook` wrote and a coder filled in.

    Raises
    ------
    InterviewError
        It is no such workbook, or names a code that its codebook lacks; all
        such cells are listed.
    """
    sheets = _sheets(path)
    rows, codebook, coders = (sheets[n] for n in ("coding", "codebook", "coders"))
    codebook = codebook.assign(
        code_id=codebook["code_id"].where(codebook["code_id"] != "", codebook["name"])
    )
    ids = {" ".join(row.name.split()): row.code_id for row in each(codebook)}
    text = sheets["text"].groupby("doc_id", sort=False)["line"].agg("\n".join)
    texts = {str(doc): str(lines) for doc, lines in text.items()}
    _complete(rows, texts, path)
    codings = sheets["codings"]
    who = _whose(coders, codings)
    given = _codes_given(rows, ids, path)
    noted: dict[str, dict[tuple[str, str], dict[str, str]]] = {}
    for r in each(codings):
        about = {"round": r.round, "date": r.date, "memo": r.memo}
        noted.setdefault(r.segment_id, {})[r.code_id, r.coder_id] = about
    codes = tuple(
        Code(
            r["code_id"],
            r["parent_id"],
            r["name"],
            r["definition"],
            {k: v for k, v in r.items() if k != "code_id" or v != r["name"]},
        )
        for r in records(codebook)
    )
    quotations = tuple(
        Quotation(
            row["doc_id"],
            int(row["start"]) if row["start"] else None,
            row["excerpt"],
            tuple(_said(noted.get(row["segment_id"], {}), found, who)),
            row,
        )
        for row, found in zip(records(rows), given, strict=True)
    )
    names = {who: (who, "")} | {r.coder_id: (r.coder_id, r.name) for r in each(coders)}
    present = set(rows["segment_id"])
    gone = tuple(
        lost("", r.segment_id, "lost_words", r.code_id, r.coder_id)
        for r in each(codings)
        if r.segment_id not in present
    )
    return Carried(texts, codes, quotations, names, lost=gone, listed=codings.empty)


def _whose(coders: pd.DataFrame, codings: pd.DataFrame) -> str:
    """Tell whose codes the cells hold: the first's who had coded, or is named."""
    active = [c for c in coders["coder_id"] if c in set(codings["coder_id"])]
    return next(iter([*active, *coders["coder_id"]]), "second")


def _said(
    noted: dict[tuple[str, str], dict[str, str]], found: list[str], who: str
) -> Iterator[dict[str, str]]:
    """Give the codings of a row: the cells' by one coder, the others' as noted."""
    others = [key for key in noted if key[1] != who]
    for code, coder in [*((code, who) for code in found), *others]:
        yield noted.get((code, coder), {}) | {"code": code, "coder": coder}


def _complete(rows: pd.DataFrame, texts: dict[str, str], path: Path) -> None:
    """Refuse rows whose passage cannot be looked for; all of them are listed."""
    wrong = []
    for line, row in enumerate(records(rows), 2):
        if row["start"] and not row["start"].isdecimal():
            wrong.append(told("sheets_start", line=line, found=row["start"]))
        if not row["excerpt"].strip() or row["doc_id"] not in texts:
            wrong.append(told("sheets_empty", line=line))
    if wrong:
        raise InterviewError("sheets_rows", *wrong, path=path, k=len(wrong))


def _sheets(path: Path) -> dict[str, pd.DataFrame]:
    """Read the sheets that matter, with the columns they must have."""
    try:
        found: dict[str, pd.DataFrame] = pd.read_excel(
            book_of(path), list(_SHEETS), dtype=str, keep_default_na=False
        )
        for name, columns in _SHEETS.items():
            found[name][list(columns)]  # KeyError names those that are missing
    except (ValueError, KeyError) as error:
        needed = ", ".join(_SHEETS)
        raise InterviewError(
            "sheets_unsound", path=path, sheets=needed, why=error
        ) from None
    return found


def _codes_given(
    rows: pd.DataFrame, ids: dict[str, str], path: Path
) -> list[list[str]]:
    """Collect each row's codes from their names; refuse those that do not exist."""
    cells = [c for c in rows.columns if str(c).startswith("code ")]
    given = [
        [" ".join(c.split()) for c in row if c.strip()]
        for row in rows[cells].to_numpy()
    ]
    wrong = [
        told("sheets_code", segment=segment, code=code)
        for segment, codes in zip(rows["segment_id"], given, strict=True)
        for code in codes
        if code not in ids
    ]
    if wrong:
        raise InterviewError("sheets_codes", *wrong, path=path, k=len(wrong))
    return [[ids[code] for code in codes] for codes in given]


def page(interview: Interview, edition: Edition) -> bytes:
    """Write the corpus as one page of HTML: texts with their codes, codebook."""
    outline, names = tree(interview), interview.names
    codes = interview.codings.groupby("segment_id")["code_id"].agg(
        lambda found: "; ".join(names[list(dict.fromkeys(found))])
    )
    parts = []
    for doc in interview.texts:
        rows = interview.segments[interview.segments["doc_id"] == doc]
        parts.append(f"<h2>{escape(doc)}</h2>")
        parts += [
            f'<p id="{escape(row.segment_id)}"><b>{escape(row.segment_id)}</b> '
            f"{escape(row.excerpt)} <small>[{escape(row.section)}] "
            f"{escape(codes.get(row.segment_id, ''))}</small></p>"
            for row in each(rows)
        ]
    book = interview.codebook.assign(
        path=interview.codebook["code_id"].map(outline["path"])
    )
    parts.append(f"<h2>{escape(say('caption_codebook', edition))}</h2>")
    parts += [
        f"<p><b>{escape(row.path)}</b> {escape(row.definition)} "
        f"{escape(row.include_if)} / {escape(row.exclude_if)}</p>"
        for row in each(book)
    ]
    return document(say("caption_segments", edition), "\n".join(parts), edition)


def document(title: str, body: str, edition: Edition) -> bytes:
    """Write a plain page of HTML."""
    return (
        f'<!DOCTYPE html>\n<html lang="{edition}">\n<head><meta charset="utf-8">'
        f"<title>{escape(title)}</title></head>\n<body>\n{body}\n</body>\n</html>\n"
    ).encode()

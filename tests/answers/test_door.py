"""One case for each way in which answers arrive, and each in which they go wrong.

What must come out is written beside what goes in: the answers that `forms`
drew, before any file was made of them.
"""

import csv
import datetime
import io
import json
import unicodedata

import openpyxl
import pandas as pd
import pyreadstat
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from material.forms import (
    AGREEMENT,
    COLUMNS,
    STUDY,
    csv_text,
    header,
    rows,
    sav,
    texts,
    xlsx,
)

from ecrm_helpers.answers.audit import Refused, safe_cell
from ecrm_helpers.answers.door import as_csv, read_file
from ecrm_helpers.answers.formats import workbooks
from ecrm_helpers.cli import main

GIVEN = rows()
HEAD, BODY = texts(GIVEN)


def wanted(given=GIVEN):
    """Give what each column must hold: points of agreement as their rank."""
    return {
        column: [
            AGREEMENT.index(row[column]) + 1
            if STUDY.columns[column].items
            else int(row[column])
            if not STUDY.columns[column].closed
            else row[column]
            for row in given
        ]
        for column in COLUMNS
    }


def held(frame):
    return {column: frame[column].tolist() for column in frame.columns}


def save(folder, content, name="export.csv"):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def read(folder, head=HEAD, body=BODY, **form):
    return read_file(save(folder, csv_text(head, body, **form)), STUDY)


def refused(folder, content, name="export.csv", edition="en"):
    """Give the words of a refusal."""
    with pytest.raises(Refused) as caught:
        read_file(save(folder, content, name), STUDY)
    return caught.value.said(edition)


def changed(column, text, row=0, body=BODY):
    """Give the rows with one answer changed."""
    place = 1 + COLUMNS.index(column)
    return [
        [*cells[:place], text, *cells[place + 1 :]] if n == row else cells
        for n, cells in enumerate(body)
    ]


# --- What is read

WELL = csv_text(HEAD, BODY)
DIRECT = csv_text(
    HEAD,
    texts(GIVEN, "%Y/%m/%d %I:%M:%S %p UTC+1")[1],
    quoting=csv.QUOTE_ALL,
    lineterminator="\n",
)
READABLE = {
    "through Sheets": (WELL.encode(), "utf-8", ","),
    "with a mark": (WELL.encode("utf-8-sig"), "utf-8-sig", ","),
    "direct download": (DIRECT.encode(), "utf-8", ","),
    "French Excel": (
        csv_text(HEAD, BODY, delimiter=";").encode("cp1252"),
        "cp1252",
        ";",
    ),
    "latin-1": (WELL.encode("latin-1"), "cp1252", ","),
    "UTF-16": (csv_text(HEAD, BODY, delimiter="\t").encode("utf-16"), "utf-16", "\t"),
    "UTF-16 without a mark": (WELL.encode("utf-16-le"), "utf-16-le", ","),
    "Excel's own first line": (
        ("sep=;\r\n" + csv_text(HEAD, BODY, delimiter=";")).encode(),
        "utf-8",
        ";",
    ),
    "decomposed accents": (unicodedata.normalize("NFD", WELL).encode(), "utf-8", ","),
    "old line ends": (WELL.replace("\r\n", "\r").encode(), "utf-8", ","),
    "English": (WELL.replace("Horodateur", "Timestamp").encode(), "utf-8", ","),
}


@pytest.mark.parametrize(
    ("content", "encoding", "delimiter"), READABLE.values(), ids=list(READABLE)
)
def test_a_file_is_read_whatever_its_encoding_and_separator(
    tmp_path, content, encoding, delimiter
):
    frame, audit = read_file(save(tmp_path, content), STUDY)
    assert held(frame) == wanted()
    assert (audit.encoding, audit.delimiter) == (encoding, delimiter)
    assert (audit.rows, audit.valid, list(audit.flags)) == (12, 12, [])
    assert list(audit.personal) in (["Horodateur"], ["Timestamp"])
    assert "dates that cannot be read" not in audit.said("en")


def test_a_workbook_and_an_spss_file_give_the_same_answers(tmp_path):
    from_xlsx, audit = read_file(xlsx(tmp_path / "a.xlsx", GIVEN), STUDY)
    assert held(from_xlsx) == wanted()
    assert list(audit.personal) == ["Horodateur"]
    for alphabetical in (True, False):
        path = sav(tmp_path / "a.sav", GIVEN, alphabetical=alphabetical)
        assert held(read_file(path, STUDY)[0]) == wanted()


def test_headers_are_known_by_their_text_in_any_order_and_with_any_number(tmp_path):
    head = [name.replace("3.", "4.").replace("'", "’") + " \xa0" for name in HEAD]
    head[1:] = head[:0:-1]
    body = [[cells[0], *cells[:0:-1]] for cells in BODY]
    frame, audit = read(tmp_path, head, body)
    assert held(frame) == wanted()
    said = audit.said("en")
    assert "q3 recognised by its text; its number differs" in said
    assert "not in the order of the questionnaire" in said


def test_our_own_labels_are_recognised(tmp_path):
    head = ["id"]
    for column, question in STUDY.columns.items():
        label = question.label.fr
        item = question.items.get(column)
        head.append(f"{label} [{item.fr}]" if item else label)
    body = [[f"A{n}", *cells[1:]] for n, cells in enumerate(BODY)]
    assert held(read(tmp_path, head, body)[0]) == wanted()


@pytest.mark.parametrize("text", ["Tout fait d'accord", "Tout à fait d’accord", "7"])
def test_the_misprinted_level_and_both_apostrophes_are_one_level(tmp_path, text):
    frame, _ = read(tmp_path, body=changed("q5_1", text))
    assert frame["q5_1"].iloc[0] == 7


@pytest.mark.parametrize("text", ["Oui, mais rarement", "Oui;un peu", "Par un ami"])
def test_a_free_answer_stays_other_with_its_text_apart(tmp_path, text):
    frame, audit = read(tmp_path, body=changed("q10", text))
    assert frame["q10"].iloc[0] == "Autre"
    assert [tuple(other) for other in audit.others] == [(2, "q10", text)]


def test_a_table_recodes_answers_and_says_so(tmp_path):
    table = "question,answer,becomes,reason\n"
    save(
        tmp_path,
        table + "q10,Oui mais rarement,Oui,a yes\nq3,99,,no answer\nq3,88,,as well\n",
        "recodes.csv",
    )
    body = changed("q3", "99", body=changed("q10", "Oui, mais rarement"))
    frame, audit = read(tmp_path, body=body)
    assert frame["q10"].iloc[0] == "Oui"
    assert frame["q3"].iloc[0] is pd.NA
    assert not audit.others
    assert "q3: answers recoded by the table: 1" in audit.said("en")
    assert "q3: recodes of the table that match no answer: 88" in audit.said("en")


def test_missing_answers_are_counted_not_filled(tmp_path):
    frame, audit = read(tmp_path, body=changed("q3", " ", body=changed("q12", "")))
    assert frame["q3"].iloc[0] is pd.NA
    assert frame["q3"].dtype == "Int64"
    assert frame["q12"].isna().iloc[0]
    assert {k for k, v in audit.missing.items() if v} == {"q3", "q12"}
    assert frame["q12"].cat.ordered


# --- Rows that need a decision

MESSY = [
    *BODY,
    ["08/07/2022 09:03:25", *BODY[0][1:]],  # twenty seconds after the first
    ["01/07/2022 10:00:00", *BODY[1][1:]],  # before the survey
    *changed("q10", "Oui, Non", body=[["20/07/2022 10:00:00", *BODY[2][1:]]]),
    *changed("q3", "7", body=[["21/07/2022 10:00:00", *BODY[5][1:]]]),
    *changed("q3", "1", body=[["21/07/2022 10:04:00", *BODY[5][1:]]]),
]
RULES = [
    (14, "double"),
    (15, "before_opening"),
    (16, "contradictory"),
    (17, "similar"),
]


def test_rows_are_flagged_by_line_and_rules_set_them_aside(tmp_path):
    frame, audit = read(tmp_path, body=MESSY)
    assert [(flag.line, flag.rule) for flag in audit.flags] == RULES
    assert {line: one.rule for line, one in audit.excluded.items()} == dict(RULES[:3])
    assert (audit.rows, audit.valid, len(frame)) == (17, 14, 14)


MOMENTS = {
    "Sheets": "%d/%m/%Y %H:%M:%S",
    "direct download": "%Y/%m/%d %I:%M:%S %p UTC+1",
    "narrow space": "%Y/%m/%d %I:%M:%S\u202f%p GMT+01:00",
    "ISO": "%Y-%m-%dT%H:%M:%S+01:00",
    "ISO, universal": "%Y-%m-%dT%H:%M:%SZ",
    "a day": "%Y-%m-%d",
    "month first": "%m/%d/%Y %H:%M:%S",
}


@pytest.mark.parametrize("moment", MOMENTS.values(), ids=list(MOMENTS))
def test_what_was_sent_before_the_survey_is_known_however_moments_are_written(
    tmp_path, moment
):
    early = [{**GIVEN[0], "Horodateur": datetime.datetime(2022, 6, 30, 13, 5)}]
    later = [{**row, "Horodateur": row["Horodateur"].replace(day=20)} for row in GIVEN]
    _, audit = read(tmp_path, *texts([*later, *early], moment))
    flags = [(flag.line, flag.rule) for flag in audit.flags]
    assert (14, "before_opening") in flags
    assert len([rule for _, rule in flags if rule == "before_opening"]) == 1
    assert ("month first" in audit.said("en")) is moment.startswith("%m")


def test_a_table_keeps_a_row_or_sets_another_aside_with_its_reason(tmp_path):
    table = "row,decision,reason\n16,keep,asked again\n3,exclude,an employee\n"
    save(tmp_path, table, "exclusions.csv")
    frame, audit = read(tmp_path, body=MESSY)
    assert list(audit.excluded) == [3, 14, 15]
    assert audit.excluded[3] == ("table", "an employee")
    assert frame.loc["L16"].isna()["q10"]
    assert len(frame) == 14


def test_without_moments_the_same_answers_are_flagged_and_kept(tmp_path):
    body = [cells[1:] for cells in (*BODY, BODY[3])]
    frame, audit = read(tmp_path, HEAD[1:], body)
    assert [(flag.line, flag.rule) for flag in audit.flags] == [(14, "identical")]
    assert (len(frame), dict(audit.excluded)) == (13, {})


def test_the_same_sender_is_the_same_respondent(tmp_path):
    body = [[*cells, f"p{n % 11}@example.org"] for n, cells in enumerate(BODY)]
    frame, audit = read(tmp_path, [*HEAD, "Adresse e-mail"], body)
    assert [(flag.line, flag.rule) for flag in audit.flags] == [(2, "earlier_version")]
    assert "Adresse e-mail" in audit.personal
    assert "example" not in audit.json("en") + as_csv(frame).decode()


def test_a_table_of_exclusions_without_a_reason_or_a_row_is_refused(tmp_path):
    table = "row,decision,reason\n3,exclude,\n400,keep,x\n4,perhaps,x\n"
    save(tmp_path, table, "exclusions.csv")
    said = refused(tmp_path, WELL)
    assert "reasons: 3" in said
    for words in ("reason is missing", 'row 400, "keep"', 'row 4, "perhaps"'):
        assert words in said


def test_line_numbers_are_those_of_the_file_past_answers_of_several_lines(tmp_path):
    body = changed("q1", "Un ami\nm'en a parlé\nhier")
    _, audit = read(tmp_path, body=changed("q10", "Oui, Non", 1, body))
    assert [flag.line for flag in audit.flags] == [5]


# --- What is refused


def with_column(name, cell="x"):
    return csv_text([*HEAD, name], [[*cells, cell] for cells in BODY])


TWICE = WELL.encode().decode("cp1252", "replace").encode()
REFUSED = {
    "nothing": (b"", ["empty"]),
    "blanks alone": (b"\xef\xbb\xbf \r\n\r\n", ["empty"]),
    "a header alone": (csv_text(HEAD, []), ["no answers below the header"]),
    "a page": ("<!DOCTYPE html><html>Sign in</html>", ["content is HTML"]),
    "a workbook by another name": (b"PK\x03\x04" + bytes(30), ["content is XLSX"]),
    "other columns": ("a~b\n1~2\n", ["separator cannot be settled", 'begins "a~b"']),
    "letters encoded twice": (TWICE, ["encoded twice", "lines: 1, 2, 3"]),
    "letters lost": (WELL.replace("é", "\ufffd"), ["encoded twice or spoilt"]),
    "an encoding that is not settled": (
        WELL.encode("mac_roman", "replace"),
        ["encoding cannot be settled"],
    ),
    "a header twice": (with_column(HEAD[3] + " "), ["header given 2 times"]),
    "a question twice": (
        with_column("Êtes-vous content du contact ?", "4"),
        ["q3 is in several columns"],
    ),
    "no such question": (
        WELL.replace(header("q9"), "9. Que dire du contact et de sa qualité"),
        ["q9 (Rating of the quality of contact) has no column", "Que dire du contact"],
    ),
    "a column that may be two": (
        WELL.replace(header("q11"), "Satisfait de la relation et des médias"),
        ['column "Satisfait de la relation et des médias" may be: q11, q4', "q11 ("],
    ),
    "ragged rows": (
        csv_text(HEAD, [BODY[0][:-1], BODY[1], [*BODY[2], "x"]]),
        ["longer or shorter than the header (27 cells): 2, 4"],
    ),
    "a quote left open": (WELL + '"', ["line 14: malformed quotes"]),
    "answers that cannot be": (
        csv_text(
            HEAD,
            changed(
                "q3", "99", 1, changed("q4", "beaucoup", 2, changed("q8", "3,5", 3))
            ),
        ),
        [
            "reasons: 3",
            'q3: "99" (allowed: 1–7), lines: 3',
            'q4: "beaucoup" (allowed: 1–7), lines: 4',
            'q8: "3,5" (allowed: 1–7), lines: 5',
        ],
    ),
    "a point between two": (csv_text(HEAD, changed("q3", "4.5")), ['q3: "4.5"']),
    "a code for a level": (
        csv_text(HEAD, changed("q12", "2")),
        ['q12: "2" (allowed: Emp'],
    ),
    "no such level": (
        csv_text(HEAD, changed("q5_1", "Bof")),
        ['q5_1: "Bof" (allowed: 1–7, Pas'],
    ),
    "rows all set aside": (
        csv_text(HEAD, changed("q10", "Oui;Non", body=BODY[:1])),
        ["no valid row: 1 rows read"],
    ),
}


@pytest.mark.parametrize(("content", "words"), REFUSED.values(), ids=list(REFUSED))
def test_a_file_that_cannot_be_used_is_refused_with_every_reason(
    tmp_path, content, words
):
    said = refused(tmp_path, content)
    for word in words:
        assert word in said
    assert "Nothing was written" in said


def test_what_an_spss_file_leaves_undeclared_is_refused_and_what_it_declares_is_missing(
    tmp_path,
):
    odd = [dict(row) for row in GIVEN]
    odd[4]["q3"] = "99"
    with pytest.raises(Refused, match=r'q3: "99".*lines: 5'):
        read_file(sav(tmp_path / "a.sav", odd), STUDY)
    path = sav(tmp_path / "b.sav", odd, missing_ranges={"V3": [99]})
    frame, audit = read_file(path, STUDY)
    assert frame["q3"].isna().sum() == audit.missing["q3"] == 1
    assert "values that the file declares missing: 1" in audit.said("en")


@pytest.mark.parametrize(
    "end", ["import os; os.abort()", "raise MemoryError", "print('no table')"]
)
def test_a_library_that_breaks_down_on_an_spss_file_ends_in_a_refusal(
    tmp_path, monkeypatch, end
):
    path = sav(tmp_path / "a.sav", GIVEN)
    monkeypatch.setattr(workbooks, "_APART", end)
    with pytest.raises(Refused, match="SAV file damaged"):
        read_file(path, STUDY)


def test_a_scale_turned_round_in_spss_is_refused(tmp_path):
    path = sav(tmp_path / "a.sav", GIVEN)
    frame, meta = pyreadstat.read_sav(str(path))
    low, high = STUDY.columns["q3"].ends
    labels = {**meta.variable_value_labels, "V3": {1: high.fr, 7: low.fr}}
    frame.loc[0, "V3"] = 1
    pyreadstat.write_sav(
        frame,
        str(path),
        column_labels=meta.column_names_to_labels,
        variable_value_labels=labels,
    )
    with pytest.raises(Refused, match='q3: "1"'):
        read_file(path, STUDY)


def test_a_workbook_with_the_questionnaire_twice_or_not_at_all_is_refused(tmp_path):
    path = xlsx(tmp_path / "a.xlsx", GIVEN)
    book = openpyxl.load_workbook(path)
    book["Feuil2"].append(HEAD)
    book.save(path)
    with pytest.raises(Refused, match="2 sheets hold the questionnaire"):
        read_file(path, STUDY)
    book = openpyxl.Workbook()
    book.active.append(["a", "b"])
    book.save(path)
    with pytest.raises(Refused, match="0 sheets hold the questionnaire"):
        read_file(path, STUDY)


def test_a_workbook_of_formulas_that_were_never_computed_is_refused(tmp_path):
    path = xlsx(tmp_path / "a.xlsx", GIVEN)
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["D3"] = "=1+3"
    book.save(path)
    with pytest.raises(Refused, match="formulas without a saved value"):
        read_file(path, STUDY)


# --- Hostile and personal


def test_persons_stay_outside(tmp_path):
    head = ["Horodateur", *HEAD[1:], "Quel est votre nom ?", "Remarques", "Score"]
    body = [[*cells, "X Y", "appelez le 0550 12 34 56", "0"] for cells in BODY]
    free = "écrire à someone@example.org"
    frame, audit = read(tmp_path, head, changed("q1", free, body=body))
    assert list(audit.personal) == ["Horodateur", "Quel est votre nom ?", "Remarques"]
    assert list(audit.ignored) == ["Score"]
    assert audit.others[0].text == "écrire à […]"
    for out in (audit.json("fr"), audit.said("fr"), as_csv(frame).decode()):
        assert "example" not in out
        assert "0550" not in out


HOSTILE = [
    "=1+1",
    "+1 ami",
    "-x",
    "@SUM(A1)",
    "\t=1",
    "<script>",
    "\\input{x}",
    "#a *b*",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_free_text_is_no_formula_in_what_is_written(tmp_path, text):
    head = ["id", *HEAD[1:]]
    body = [[f"{text}{n}", *cells[1:]] for n, cells in enumerate(BODY)]
    frame, _ = read(tmp_path, head, changed("q1", text, body=body))
    written = list(csv.reader(io.StringIO(as_csv(frame).decode())))
    assert not any(
        cell.startswith(("=", "+", "-", "@", "\t")) for row in written for cell in row
    )
    assert frame["q1"].iloc[0] == "Autre"


@given(st.text(max_size=5))
def test_no_safe_cell_begins_as_a_formula(text):
    assert not safe_cell(text).lstrip().startswith(("=", "+", "-", "@"))


def test_nul_is_dropped_and_a_long_cell_cut_with_notice(tmp_path):
    body = changed("q1", "x" * 200_000, body=changed("q2", "ab\0c", 1))
    frame, audit = read(tmp_path, body=body)
    said = audit.said("en")
    assert "NUL characters taken out: 1" in said
    assert "cells cut to 10000 characters: 1" in said
    assert [len(other.text) for other in audit.others] == [10_000, 3]
    assert len(said) < 10_000
    assert len(frame) == 12


# --- From a shell


def shell(*arguments, capsys):
    status = main(["read", *map(str, arguments)])
    return status, *capsys.readouterr()


def test_the_verb_writes_what_it_reads_and_reads_what_it_wrote(tmp_path, capsys):
    path, clean, again = (tmp_path / name for name in ("a.csv", "b.csv", "c.csv"))
    path.write_text(csv_text(HEAD, changed("q1", "Par un ami")), encoding="utf-8")
    assert shell(path, "--to", clean, "--lang", "fr", capsys=capsys)[0] == 0
    status, out, _ = shell(clean, "--to", again, "--json", capsys=capsys)
    assert (status, again.read_bytes()) == (0, clean.read_bytes())
    told = json.loads(out)
    assert (told["rows"], told["valid"], told["errors"]) == (12, 12, [])
    table = pd.read_csv(clean)
    assert list(table.columns) == ["id", *COLUMNS]
    assert {k: v for k, v in held(table).items() if k not in ("id", "q1")} == {
        k: v for k, v in wanted().items() if k != "q1"
    }


def test_the_verb_gives_flags_as_json(tmp_path, capsys):
    path = save(tmp_path, csv_text(HEAD, MESSY))
    told = json.loads(shell(path, "--json", capsys=capsys)[1])
    assert [(flag["row"], flag["rule"]) for flag in told["flags"]] == RULES
    assert [flag["excluded"] for flag in told["flags"]] == [True, True, True, False]
    assert all(flag["reason"] for flag in told["flags"])
    assert told["missing"]["q7_7"] == 0
    assert told["delimiter"] == ","


@pytest.mark.parametrize(
    ("language", "words"),
    [("fr", "ne peut pas être utilisé"), ("en", "cannot be used")],
)
def test_the_verb_writes_nothing_of_what_it_refuses(tmp_path, capsys, language, words):
    path, clean = save(tmp_path, csv_text(HEAD, changed("q3", "8"))), tmp_path / "b.csv"
    status, out, err = shell(
        path, "--to", clean, "--json", "--lang", language, capsys=capsys
    )
    assert (status, clean.exists(), words in err) == (2, False, True)
    assert len(json.loads(out)["errors"]) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["none.csv"],
        ["."],
        ["export.csv", "--study", "none.yml"],
        ["export.csv", "--to", "."],
    ],
    ids=["no file", "a folder", "no study", "into a folder"],
)
def test_the_verb_says_what_it_cannot_open(tmp_path, monkeypatch, capsys, arguments):
    save(tmp_path, WELL)
    monkeypatch.chdir(tmp_path)
    status, _, err = shell(*arguments, capsys=capsys)
    assert status == 2
    assert "Traceback" not in err
    assert err.strip()


def test_the_verb_never_overwrites_what_it_reads(tmp_path, capsys):
    path = save(tmp_path, WELL)
    status, _, err = shell(path, "--to", path, capsys=capsys)
    assert (status, "name another" in err) == (2, True)
    assert path.read_bytes() == WELL.encode()


# --- Fuzz: mutated files give data or a clear refusal


@pytest.fixture(scope="module")
def seeds(tmp_path_factory):
    folder = tmp_path_factory.mktemp("seeds")
    few = rows(3)
    return {
        "a.csv": csv_text(*texts(few)).encode(),
        "b.csv": csv_text(*texts(few), delimiter=";").encode("cp1252"),
        "c.xlsx": xlsx(folder / "c.xlsx", few).read_bytes(),
        "d.sav": sav(folder / "d.sav", few).read_bytes(),
    }


CHANGES = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 40), st.binary(max_size=6)),
    min_size=1,
    max_size=8,
)


def require_data_or_refusal(seeds, folder, name, changes):
    content = seeds[name]
    for where, dropped, put in changes:
        place = int(where * len(content))
        content = content[:place] + put + content[place + dropped :]
    path = save(folder, content, name)
    refusal = None
    try:
        frame, audit = read_file(path, STUDY)
    except Refused as error:
        refusal = error
    if refusal is not None:
        assert refusal.faults
        assert all(refusal.said(edition) for edition in ("fr", "en"))
        return
    assert len(frame) == audit.valid > 0
    assert list(frame.columns) == COLUMNS
    assert json.loads(audit.json("fr"))["valid"] == audit.valid


MUTATED = {
    "deadline": None,
    "derandomize": True,
    "suppress_health_check": [HealthCheck.function_scoped_fixture],
}


@settings(max_examples=300, **MUTATED)
@given(name=st.sampled_from(["a.csv", "b.csv", "c.xlsx"]), changes=CHANGES)
def test_a_mutated_file_gives_data_or_a_refusal_and_nothing_else(
    seeds, tmp_path, name, changes
):
    require_data_or_refusal(seeds, tmp_path, name, changes)


@settings(max_examples=15, **MUTATED)
@given(changes=CHANGES)
def test_a_mutated_spss_file_gives_data_or_a_refusal_and_nothing_else(
    seeds, tmp_path, changes
):
    require_data_or_refusal(seeds, tmp_path, "d.sav", changes)

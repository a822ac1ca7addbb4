"""What an article prints, in a small file: each row, groups together, the page."""

import json

import pytest

from ecrm_helpers.cli import main

#: The thesis's two groups and its F; shares; a mean over items.
ROWS = """\
label;table;n;mean;sd;low;high;min;max;items;percent;result
non;3;12;2.58;,900;1;7;1;4;;;
oui;3;61;3.41;1,006;1;7;1;5;;;
ANOVA;3;;;;;;;;;;"F(1 ; 71) = 6,980 ; p = ,010"
Sites;;73;;;;;;;;21.9;
Score;;14;5.18;1.50;1;7;;;;;
Score 2;;14;5.18;1.50;1;7;;;2;;
"""
YAML = """\
- {label: carrots, n: 45, mean: "19.4", sd: 19.90, low: 0, high: 60}
- {label: r, result: "r = .738 ; N = 73 ; p < .01"}
- {label: nothing}
"""


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "printed.csv"
    path.write_text(ROWS, encoding="utf-8")
    return path


def test_rows_alone_and_groups_together(table, capsys):
    assert main(["check-table", str(table), "--lang", "en", "--json"]) == 0
    told = {each["of"]: each["found"] for each in json.loads(capsys.readouterr().out)}
    assert told["Row 2: oui"] == ["67 histograms fit."]
    assert told["Row 3: ANOVA"][0].startswith("F(1 ; 71) = 6,980 ; p = ,010 → consis")
    assert told["Row 4: Sites"] == ["21.9% of 73: 16."]
    assert told["Row 5: Score"][1].startswith("Assumed: each of the 14 answers is one")
    assert told["Row 6: Score 2"] == ["632 histograms fit."]
    together = told["Groups of table 3: non; oui"]
    assert together[0] == "Data sets that fit all rows: 134. In all of them:"
    assert together[1] == "The printed F agrees with the means and SDs."
    assert together[-1].startswith("p < .05 in each of them: ANOVA, p")


def test_a_printed_f_that_the_means_forbid_is_said(table, capsys):
    table.write_text(ROWS.replace("6,980", "6,890"), encoding="utf-8")
    assert main(["check-table", str(table), "--lang", "fr"]) == 0
    assert "Le F publié est incompatible avec les moyennes" in capsys.readouterr().out


@pytest.mark.parametrize(("lang", "said"), [("fr", "Ligne 4"), ("en", "Row 4")])
def test_the_page_is_in_the_reader_s_language(table, lang, said):
    page = table.with_suffix(".html")
    assert main(["check-table", str(table), "--lang", lang, "--page", str(page)]) == 0
    text = page.read_text(encoding="utf-8")
    assert f'<html lang="{lang}">' in text
    mark = "\N{NO-BREAK SPACE}:" if lang == "fr" else ":"
    assert f">{said}{mark} Sites</h2>" in text
    assert 'name="color-scheme"' in text, "the look of the other pages"


def test_yaml_keeps_decimals_and_long_scales_are_possible(tmp_path, capsys):
    path = tmp_path / "printed.yml"
    path.write_text(YAML, encoding="utf-8")
    assert main(["check-table", str(path), "--lang", "en", "--json"]) == 0
    found = [each["found"] for each in json.loads(capsys.readouterr().out)]
    assert found[0] == ["Possible."]
    assert "degrees of freedom: N − 2" in found[1][0]
    assert found[2] == ["Nothing to check: no mean, percentage or result."]


#: A file, and what is said of it in English and in French.
REFUSED = [
    ("a.csv", "label;mittel\nx;3\n", "unknown columns (mittel)", "(mittel)"),
    ("a.csv", "label;n;mean\nx;viele;3\n", "(x): n must be a whole number", "entier"),
    ("a.csv", "n;mean\n12;3\n", "row 1 (–): low must be a whole", "ligne 1 (–) : low"),
    (
        "a.csv",
        "n;percent\n0;3\n",
        "n must be a whole number of at least 1",
        "d'au moins",
    ),
    (
        "a.csv",
        "n;mean;low;high\n12;3;1;7\n12;x;1;7\n",
        "row 2 (–): mean",
        "ligne 2 (–)",
    ),
    (
        "a.csv",
        "n,mean,low\n12,2,58,1\n",
        "line 2: 4 cells (the header has 3)",
        "ligne 2",
    ),
    ("a.csv", "n;mean\n12;3;1\n9\n", "line 3: 1 cells", "ligne 3 : 1 cellules"),
    ("a.txt", "", ".csv, .yml or .yaml", ".csv, .yml ou .yaml"),
    ("a.yml", "label: x", "a list of rows is needed", "une liste de lignes"),
    ("a.yml", "- {n: '3'}\n- {n: [1]}", "row 2 is something else", "ligne 2 : autre"),
    ("a.yml", "- {n: 3", "line 1: this is no YAML", "pas du YAML"),
]


@pytest.mark.parametrize(("name", "text", "english", "french"), REFUSED)
def test_what_says_something_else_is_refused(
    tmp_path, capsys, name, text, english, french
):
    (tmp_path / name).write_text(text, encoding="utf-8")
    for lang, said in (("en", english), ("fr", french)):
        assert main(["check-table", str(tmp_path / name), "--lang", lang]) == 2
        told = capsys.readouterr()
        assert said in told.err.replace("\u00a0", " ").replace("\u202f", " ")
        assert not told.out


def test_every_cell_that_is_no_number_is_listed(tmp_path, capsys):
    path = tmp_path / "a.csv"
    path.write_text(
        "n;mean;sd;low;high\n9;drei;1;1;7\n9;3;;;sieben\n", encoding="utf-8"
    )
    assert main(["check-table", str(path), "--lang", "en"]) == 2
    said = capsys.readouterr().err
    assert "3 fault(s)" in said
    assert [line.split(" must")[0].strip() for line in said.splitlines()[1:]] == [
        *("row 1 (–): mean", "row 2 (–): low", "row 2 (–): high"),
    ]

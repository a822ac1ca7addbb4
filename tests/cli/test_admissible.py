"""The command: counts, reasons, lists and draws, and refusals without a file."""

import csv
import json

import numpy as np
import pytest

from ecrm_helpers.cli import main

pytestmark = pytest.mark.usefixtures("english")

ROW = ["admissible", "--n", "12", "--mean", "2.58", "--sd", ",900", "--scale", "1", "7"]


def table(path):
    with path.open(newline="") as file:
        rows = list(csv.reader(file))
    return rows[0], np.array(rows[1:], dtype=int)


def test_the_count_of_the_thesis_s_larger_group(capsys):
    row = "--n 61 --mean 3.41 --sd 1.006 --scale 1 7 --min 1 --max 5"
    assert main(["admissible", *row.split()]) == 0
    assert capsys.readouterr().out == "67 histograms fit.\n"


def test_json_has_count_and_where_nothing_fits_the_reason(capsys):
    assert main([*ROW, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"count": 4}
    row = "--n 28 --mean 5.19 --sd 1.00 --scale 1 7 --json"
    assert main(["admissible", *row.split()]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["count"], told["value"]) == (0, "mean")
    assert told["reason"].startswith("The printed mean is impossible; the nearest")
    assert told["nearest"] == ["5.18", "5.21"]


def test_a_printed_minimum_alone_is_taken_and_named_where_it_cannot_be(capsys):
    assert main([*ROW, "--min", "2", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"count": 2}
    assert main([*ROW, "--min", "3", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["value"], told["nearest"]) == ("min", ["2"])
    assert told["reason"].startswith("The printed minimum is impossible")


def test_usage_errors_are_one_line_that_names_the_help(capsys):
    with pytest.raises(SystemExit) as stop:
        main(["admissible", "--mean", "3"])
    assert stop.value.code == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "required: --n (see ecrm admissible --help)" in said


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("--n 12", "either --mean (with --sd, or alone) or --percent is needed"),
        ("--n 12 --mean 3", "--mean needs --scale LOW HIGH"),
        ("--n 12 --mean 3 --scale 1 7 --list a.csv", "--list and --sample need one"),
        ("--n 12 --mean 3 --sd 1 --scale 1 7 --min 1.5", "in steps of 1/1"),
        ("--n 45 --mean 19.4 --sd 9 --scale 0 60 --list a.csv", "up to 21; beyond"),
    ],
)
def test_what_does_not_go_together_is_refused(row, said, capsys):
    assert main(["admissible", *row.split()]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("row", "told"),
    [
        # 145/28 and 47 whole numbers of rows published by pysprite's author.
        ("--n 14 --mean 5.18 --scale 1 7 --items 2", {"sums": [145], "possible": True}),
        (
            "--n 45 --mean 19.4 --sd 19.9 --scale 0 60",
            {"count": None, "possible": True},
        ),
        ("--n 73 --percent 17.8 17.9", {"counts": {"17.8": [13], "17.9": []}}),
        # The four shares of the thesis's first table: of these sizes 73 alone.
        ("--n 60-90 --percent 17.8 12.3 21.9 47.9", {"sizes": [73]}),
        # By hand: 5.19 n lies within 0.005 n of a whole number.
        ("--n 20-32 --mean 5.19 --scale 1 7", {"sizes": [21, 26, 27, 31, 32]}),
    ],
)
def test_means_of_items_means_alone_percentages_and_unknown_sizes(row, told, capsys):
    assert main(["admissible", *row.split(), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == told


def test_impossible_says_under_which_assumption(capsys):
    row = "admissible --n 14 --mean 5.18 --sd 1.50 --scale 1 7".split()
    assert main(row) == 0
    said = capsys.readouterr().out
    assert "Assumed: each of the 14 answers is one whole number from 1 to 7." in said
    assert main([*row, "--items", "2"]) == 0
    assert "632 histograms fit." in capsys.readouterr().out
    assert main([*row, "--items", "3", "--lang", "fr"]) == 0
    assert "chacune des 14 personnes a répondu à 3 items" in capsys.readouterr().out


def test_messages_follow_the_language_of_the_shell(capsys, monkeypatch):
    monkeypatch.setenv("LANG", "fr_DZ.UTF-8")
    assert main(ROW) == 0
    assert capsys.readouterr().out == "4 histogrammes compatibles.\n"


def test_a_list_holds_every_histogram_under_its_points(tmp_path):
    assert main([*ROW, "--list", str(tmp_path / "all.csv")]) == 0
    header, rows = table(tmp_path / "all.csv")
    assert header == list("1234567")
    assert len(np.unique(rows, axis=0)) == 4
    points = np.arange(1, 8)
    assert set(rows @ points) == {31}
    assert set(rows @ points**2) == {89}


def test_draws_are_those_of_the_seed(tmp_path):
    drawn = []
    for name, seed in (("a", "3"), ("b", "3"), ("c", "4")):
        path = tmp_path / f"{name}.csv"
        assert main([*ROW, "--sample", "50", "--seed", seed, "--out", str(path)]) == 0
        drawn.append(path.read_text())
    assert drawn[0] == drawn[1] != drawn[2]


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (["--sample", "5"], "--sample K and --out FILE go together"),
        (["--min", "0", "--max", "5"], "must lie in order on the scale 1 to 7"),
        (["--list", "FILE", "--limit", "3"], "more than the limit of 3 to list"),
    ],
)
def test_wrong_usage_ends_with_2_one_line_and_no_file(tmp_path, capsys, more, words):
    path = tmp_path / "none.csv"
    assert main([*ROW, *[str(path) if m == "FILE" else m for m in more]]) == 2
    said = capsys.readouterr().err
    assert words in said
    assert said.count("\n") == 1
    assert not path.exists()


@pytest.mark.parametrize("wrong", ["x", "3.4.1", "", "3,", "1e3", "nan"])
def test_what_is_no_printed_number_is_refused(capsys, wrong):
    with pytest.raises(SystemExit) as stop:
        main(
            [
                "admissible",
                "--n",
                "9",
                f"--mean={wrong}",
                "--sd",
                "1",
                "--scale",
                "1",
                "5",
            ]
        )
    assert stop.value.code == 2
    assert "is not a number, such as 3.41 or ,9" in capsys.readouterr().err


def test_a_count_that_can_be_long_says_so_before_it_begins(capsys):
    row = "--mean 2.00 --sd 0.50 --scale 1 3"
    assert main(["admissible", "--n", "300", *row.split()]) == 0
    assert "fourth power of the number of answers" in capsys.readouterr().err
    assert main(["admissible", "--n", "30", *row.split()]) == 0
    assert capsys.readouterr().err == ""

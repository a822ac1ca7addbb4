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
        main(["admissible", "--n", "12"])
    assert stop.value.code == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "required: --mean, --sd, --scale (see ecrm admissible --help)" in said


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

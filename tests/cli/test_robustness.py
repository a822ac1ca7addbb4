"""The command: ranges in words and as JSON, estimates as a file, refusals."""

import json

import pandas as pd
import pytest
from oracles import print_out

from ecrm_helpers.cli import main

pytestmark = pytest.mark.usefixtures("english")

ROWS = (
    "robustness --group 12 2.58 ,900 1 4 --group 61 3.41 1,006 1 5 --scale 1 7".split()
)


def test_the_thesis_s_rows_in_words(capsys):
    assert main(ROWS) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "134 pairs of distributions fit; each statistic in all of them:"
    assert "  Mann–Whitney exact, p: from .00079 to .01831" in said
    assert said[-1].startswith("p < .05 in each of them: ANOVA, p; Welch, p; Mann")
    assert main([*ROWS, "--alpha", "0,015"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[-2] == "p < .015 in each of them: ANOVA, p; Welch, p."
    assert said[-1].startswith(
        "p ≥ .015 in one of them at least: Mann–Whitney exact, p;"
    )


def test_json_and_file_hold_the_estimates(capsys, tmp_path):
    path = tmp_path / "all.csv"
    assert main([*ROWS, "--json", "--out", str(path), "--jobs", "2"]) == 0
    told = json.loads(capsys.readouterr().out)
    every = pd.read_csv(path)
    assert (told["pairs"], told["drawn"], len(every)) == (134, None, 134)
    for name, ends in told["ranges"].items():
        assert ends == pytest.approx([every[name].min(), every[name].max()])
    assert all(told["below_in_all"].values())


def test_too_many_pairs_are_drawn_and_said_so(capsys):
    drawn = [*ROWS, "--most", "100", "--draws", "50", "--measure", "ordered"]
    assert main(drawn) == 0
    said = capsys.readouterr().out
    assert said.startswith("Too many pairs of distributions to go through: 50 drawn at")
    assert "(ordered); each statistic in these draws, not in all:" in said


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("--group 12 2.58 ,900", "--group is given for each of two groups or more"),
        ("--group 12 x 1 --group 9 3 1", "--group 12 x 1: n, mean and SD are needed"),
        ("--group 12 3 1 1 --group 9 3 1", "minimum and maximum or neither"),
        ("--group 28 5.19 1.00 --group 9 3 1", "nothing fits the printed rows"),
        pytest.param(
            "--group 9 3 1 --group 9 3 1 --scheduler tcp://127.0.0.1:9",
            "no Dask sched",
            marks=pytest.mark.slow,
        ),
    ],
)
def test_wrong_usage_ends_with_2_one_line_and_no_file(words, message, capsys, tmp_path):
    path = tmp_path / "none.csv"
    given = ["robustness", *words.split(), "--scale", "1", "7", "--out", str(path)]
    assert main(given) == 2
    said = capsys.readouterr().err
    assert message in said
    assert said.count("\n") == 1
    assert not path.exists()


@pytest.mark.slow
def test_undefined_statistics_are_counted_and_json_is_json(capsys):
    """56 and 190 of 352: counted by an enumeration of our own, and by R."""
    row = "robustness --group 4 2 1 --group 4 4 1 --scale 1 7".split()
    assert main(row) == 0
    said = capsys.readouterr().out
    assert "Brunner–Munzel, p: from .00004 to .33428 (undefined in 56 of 352)" in said
    assert said.count("(undefined in 190 of 352)") == 3
    row = "robustness --group 5 1.00 0.00 --group 5 5.00 0.00 --scale 1 7 --json"
    assert main(row.split()) == 0
    told = json.loads(capsys.readouterr().out, parse_constant=pytest.fail)
    assert told["ranges"]["brunner_munzel_p"] == [None, None]
    assert told["undefined"]["odds_ratio"] == 1
    assert told["ranges"]["anova_f"] == told["ranges"]["anova_p"] == [None, None]
    assert main(row.removesuffix(" --json").split()) == 0
    assert "ANOVA, F: undefined in each of the 1" in capsys.readouterr().out


@pytest.mark.slow
def test_three_groups_are_compared_in_all_combinations(capsys):
    row = "robustness --group 5 1.6 0.5 --group 6 4 1 --group 5 3 1 --scale 1 5"
    assert main(row.split()) == 0
    said, r = capsys.readouterr().out, print_out("three_groups")
    assert said.startswith(f"{r['combinations']:.0f} combinations of distributions fit")
    least, most = r["anova_f.least"], r["anova_f.most"]
    assert f"ANOVA, F: from {least:.2f} to {most:.2f}" in said


def test_a_level_lies_between_0_and_1(capsys):
    with pytest.raises(SystemExit) as stop:
        main([*ROWS, "--alpha", "5"])
    assert stop.value.code == 2
    assert "'5' is not a level between 0 and 1" in capsys.readouterr().err
